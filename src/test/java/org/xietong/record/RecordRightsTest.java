package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.TestDatabase;

/** What the service's database role may do to records, tried as that role: nothing is overwritten (I5). */
class RecordRightsTest {
    private static final String DENIED = "42501";

    private static TestDatabase server;
    private static String database;

    @BeforeAll
    static void migrate() throws SQLException {
        server = TestDatabase.get();
        database = server.fresh();
        server.migrate(database);
    }

    @Test
    void theServiceAddsAndReadsAndDeletesNoRecord() throws SQLException {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "sight_change", "SIUD",
                "change_sequencer", "SU",
                "cursor_key", "S",
                "matter_invitation", "SI",
                "matter_removal", "SI",
                "matter_link", "SI",
                "correction", "SI",
                "record_number", "SID"));
        expected.putAll(Map.of(
                "matter", "SI",
                "matter_member", "SID",
                "participant", "SI",
                "handover", "SID",
                "milestone", "SI",
                "record", "SI",
                "record_version", "SI",
                "idempotency", "SI",
                "record_sight", "SIUD",
                "sight_state", "SIU"));
        expected.putAll(Map.of("packet", "SI", "packet_bytes", "SI", "packet_receipt", "SI"));
        expected.putAll(
                Map.of("attachment", "SI", "matter_link_person", "SI", "label_lowering", "SI", "record_grant", "SI"));
        assertEquals(expected, rights());
    }

    /** Owner, kind, matter and source are a record's identity; a version never changes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE record SET owner_unit = 'MSA-421200'",
                "UPDATE record SET system = 'MSA-421200-cms'",
                "UPDATE record SET kind = 'filing'",
                "UPDATE record SET recorded_at = now()",
                "UPDATE record_version SET content = '{}'",
                "UPDATE record_version SET by_unit = 'MSA-421200'",
                "UPDATE milestone SET set_by = 'MSA-421200'",
                "UPDATE handover SET from_unit = 'MSA-421200'",
                "UPDATE record_grant SET until = now()",
                "UPDATE record_grant SET caveats = '{}'",
                "UPDATE label_lowering SET label = '{}'",
                "DELETE FROM record_grant",
                "UPDATE idempotency SET status = 200",
                "UPDATE attachment SET sha256 = sm3",
                "UPDATE attachment SET by_unit = 'MSA-421200'",
                "DELETE FROM attachment",
                "UPDATE packet SET sha256 = sm3",
                "UPDATE packet SET opened = '{}'",
                "UPDATE packet_bytes SET bytes = ''",
                "DELETE FROM packet_bytes",
                "UPDATE packet_receipt SET outcome = 'RECEIVED'",
                "UPDATE packet_receipt SET reason = ''",
                "DELETE FROM packet_receipt",
                "DELETE FROM record",
                "DELETE FROM record_version",
                "DELETE FROM milestone",
                "TRUNCATE record_version"
            })
    void theServiceOverwritesNothing(String statement) {
        assertEquals(DENIED, state(DatabaseRole.APP, statement));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record",
                "record_version",
                "record_sight",
                "participant",
                "matter",
                "idempotency",
                "sight_change",
                "cursor_key",
                "record_grant",
                "label_lowering",
                "packet",
                "packet_bytes",
                "packet_receipt"
            })
    void theAuditorReadsNoCase(String table) {
        assertEquals(DENIED, state(DatabaseRole.AUDITOR, "SELECT 1 FROM " + table));
        assertEquals(DENIED, state(DatabaseRole.SEQUENCER, "SELECT 1 FROM " + table));
        assertEquals(DENIED, state(DatabaseRole.ERASER, "SELECT 1 FROM " + table));
    }

    private static Map<String, String> rights() throws SQLException {
        Map<String, String> rights = new TreeMap<>();
        try (Connection owner = server.superuser(database).getConnection();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT t.name, has_table_privilege('xietong_app', 'xietong.' || t.name, p.privilege), p.letter
                        FROM unnest(ARRAY['matter', 'matter_member', 'participant', 'handover', 'milestone', 'record',
                            'record_version', 'idempotency', 'record_sight', 'sight_state', 'sight_change', 'change_sequencer',
                            'cursor_key', 'matter_invitation', 'matter_removal', 'matter_link', 'matter_link_person', 'record_number', 'correction', 'attachment',
                            'label_lowering', 'record_grant', 'packet', 'packet_bytes', 'packet_receipt']) AS t (name)
                        CROSS JOIN (VALUES (1, 'SELECT', 'S'), (2, 'INSERT', 'I'), (3, 'UPDATE', 'U'), (4, 'DELETE', 'D'),
                            (5, 'TRUNCATE', 'T')) AS p (place, privilege, letter)
                        ORDER BY t.name, p.place
                        """)) {
            while (row.next()) {
                rights.merge(row.getString(1), row.getBoolean(2) ? row.getString(3) : "", String::concat);
            }
        }
        return rights;
    }

    private static String state(DatabaseRole role, String sql) {
        try (Connection connection = server.as(role, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "done";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
