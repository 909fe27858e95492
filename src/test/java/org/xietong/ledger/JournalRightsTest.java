package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each database role may do to the journal, tried as that role (I6). */
class JournalRightsTest {
    private static final String DENIED = "42501";
    private static final String APPEND_ONLY = "55000";
    private static final List<String> TABLES = List.of(
            "journal_body",
            "journal_entry",
            "journal_part",
            "journal_pending",
            "exchange_index",
            "exchange_touched",
            "exchange_participant",
            "blind_index",
            "reported_reading",
            "nonce");

    private static JournalDatabase database;

    @BeforeAll
    static void write() throws Exception {
        database = JournalDatabase.shared();
        try (AgroalDataSource store = database.pool("xietong_app");
                Journal journal = new Journal(store, Records.CONFIG, new SimpleMeterRegistry())) {
            journal.appendGrouped(Records.any());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xietong_app|blind_index=I exchange_index=SI exchange_participant=SI exchange_touched=SI journal_body=SI journal_entry=SI journal_part=SI journal_pending=I nonce=SI reported_reading=SI",
                "xietong_sequencer|journal_entry=S journal_pending=SD",
                "xietong_eraser|blind_index=SD exchange_index=SD exchange_participant=SD exchange_touched=SD journal_body=SD journal_entry=S journal_part=SD reported_reading=SD",
                "xietong_auditor|blind_index=S exchange_index=S exchange_participant=S exchange_touched=S journal_entry=S journal_part=S reported_reading=S",
                "public|''"
            })
    void eachRoleHasTheseRightsAndNoOthers(String role, String expected) throws SQLException {
        assertEquals(expected, rightsOnJournal(role));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "xietong_owner"})
    void neitherOwnerNorSuperuserChangesTheJournal(String role) {
        for (String table : List.of("journal_entry", "journal_part")) {
            assertEquals(APPEND_ONLY, failure(role, "UPDATE " + table + " SET bytes = '\\x00'"));
            assertEquals(APPEND_ONLY, failure(role, "DELETE FROM " + table));
            assertEquals(APPEND_ONLY, failure(role, "TRUNCATE " + table));
        }
    }

    @Test
    void triggersHoldInReplicaSessionsToo() {
        assertEquals(
                APPEND_ONLY,
                failure("postgres", "SET session_replication_role = replica; DELETE FROM xietong.journal_entry"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xietong_app", "xietong_sequencer", "xietong_eraser", "xietong_auditor"})
    void nobodyElseChangesAnEntry(String role) {
        assertEquals(refused(role), failure(role, "UPDATE journal_entry SET bytes = '\\x00'"));
        assertEquals(refused(role), failure(role, "DELETE FROM journal_entry"));
        assertEquals(refused(role), failure(role, "TRUNCATE journal_entry"));
        assertEquals(refused(role), failure(role, "DROP TABLE journal_entry"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xietong_app", "xietong_sequencer", "xietong_auditor"})
    void onlyTheEraserDeletesParts(String role) {
        assertEquals(refused(role), failure(role, "DELETE FROM journal_part"));
    }

    @Test
    void eraserDeletesPartsButNeverChangesThem() throws SQLException {
        try (Connection eraser = database.connect("xietong_eraser");
                Statement statement = eraser.createStatement()) {
            eraser.setAutoCommit(false);
            statement.execute("DELETE FROM journal_part WHERE name = 'disclosed'");
            statement.execute("DELETE FROM exchange_touched");
            statement.execute("DELETE FROM exchange_index");
            eraser.rollback();
        }
        assertEquals(DENIED, failure("xietong_eraser", "UPDATE journal_part SET bytes = '\\x00'"));
    }

    @Test
    void sequencerTakesPendingEntries() throws SQLException {
        try (Connection sequencer = database.connect("xietong_sequencer");
                Statement statement = sequencer.createStatement()) {
            sequencer.setAutoCommit(false);
            statement.execute("DELETE FROM journal_pending RETURNING entry_id");
            sequencer.rollback();
        }
    }

    @Test
    void auditorSeesNothingElseInTheSchema() throws SQLException {
        try (Connection auditor = database.connect("xietong_auditor");
                Statement statement = auditor.createStatement()) {
            for (String table : List.of("journal_entry", "journal_part", "exchange_index", "exchange_touched")) {
                statement.executeQuery("SELECT * FROM " + table + " LIMIT 1").close();
            }
        }
        Set<String> readable = new TreeSet<>();
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet tables = statement.executeQuery("""
                        SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
                        WHERE nspname = 'xietong' AND relkind IN ('r', 'p', 'v', 'm', 'S')
                          AND has_any_column_privilege('xietong_auditor', c.oid, 'SELECT')
                        """)) {
            while (tables.next()) {
                readable.add(tables.getString(1));
            }
        }
        assertEquals(
                Set.of(
                        "journal_entry",
                        "journal_part",
                        "exchange_index",
                        "exchange_touched",
                        "ledger_day",
                        "exchange_participant",
                        "blind_index",
                        "blind_index_key",
                        "reported_reading",
                        "platform_certificate",
                        "ledger_head",
                        "ledger_leaf",
                        "ledger_tile",
                        "ledger_checkpoint",
                        "ledger_cosignature",
                        "ledger_witness_alarm",
                        "ledger_lost_checkpoint",
                        "ledger_vouched",
                        "ledger_timestamp",
                        "ledger_time_certificate",
                        "ledger_witness_key",
                        "revocation_data"),
                readable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xietong_app", "xietong_sequencer", "xietong_eraser", "xietong_auditor"})
    void nobodyButTheOwnerCreatesAnything(String role) {
        assertEquals(refused(role), failure(role, "CREATE TABLE mine (a int)"));
        assertEquals(refused(role), failure(role, "CREATE TABLE public.mine (a int)"));
        assertEquals(refused(role), failure(role, "CREATE TEMPORARY TABLE mine (a int)"));
    }

    @Test
    void onlyTheApplicationEmptiesNonceSlots() throws SQLException {
        for (String role : List.of("xietong_sequencer", "xietong_eraser", "xietong_auditor")) {
            assertEquals(DENIED, failure(role, "SELECT empty_old_nonce_slot()"));
        }
        assertEquals(DENIED, failure("xietong_app", "DELETE FROM nonce"));
        assertEquals(DENIED, failure("xietong_app", "TRUNCATE nonce_3"));
        assertEquals(DENIED, failure("xietong_app", "SELECT * FROM nonce_3"));
    }

    @Test
    void commitsOfTheApplicationAreDurableWhateverTheServersDefault() throws SQLException {
        try (Connection app = database.connect("xietong_app");
                Statement statement = app.createStatement();
                ResultSet setting = statement.executeQuery(
                        "SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'")) {
            setting.next();
            assertEquals("on", setting.getString(1));
            assertEquals("database user", setting.getString(2));
        }
    }

    @Test
    void storeRefusesAnEntryPast65535Bytes() {
        assertEquals(
                "23514",
                failure(
                        "xietong_app",
                        "INSERT INTO journal_entry VALUES (gen_random_uuid(), now(), 'A', convert_to(repeat('x', 65536), 'UTF8'))"));
    }

    /** A read-only session says so before it says that the right is missing. */
    private static String refused(String role) {
        return role.equals("xietong_auditor") ? "25006" : DENIED;
    }

    @Test
    void auditorHasNoRightsWhenHisSessionIsMadeWritable() {
        String writable =
                "SET default_transaction_read_only = off; SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE";
        for (String act : List.of(
                "DELETE FROM journal_entry",
                "DELETE FROM journal_part",
                "INSERT INTO journal_pending VALUES (gen_random_uuid())",
                "CREATE TABLE mine (a int)")) {
            SQLException refused = assertThrows(SQLException.class, () -> {
                try (Connection auditor = database.connect("xietong_auditor");
                        Statement statement = auditor.createStatement()) {
                    statement.execute(writable);
                    statement.execute(act);
                }
            });
            assertEquals(DENIED, refused.getSQLState(), act);
        }
    }

    private static String failure(String role, String sql) {
        return assertThrows(
                        SQLException.class,
                        () -> {
                            try (Connection connection = database.connect(role);
                                    Statement statement = connection.createStatement()) {
                                if (role.equals("postgres")) {
                                    statement.execute("SET search_path = xietong");
                                }
                                statement.execute(sql);
                            }
                        },
                        role + " may: " + sql)
                .getSQLState();
    }

    private static String rightsOnJournal(String role) throws SQLException {
        Map<String, String> rights = new TreeMap<>();
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            for (String table : TABLES) {
                String found = "";
                for (String right :
                        List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")) {
                    try (ResultSet has = statement.executeQuery(
                            "SELECT has_table_privilege('%s', 'xietong.%s', '%s')".formatted(role, table, right))) {
                        has.next();
                        found += has.getBoolean(1) ? right.substring(0, 1) : "";
                    }
                }
                if (!found.isEmpty()) {
                    rights.put(table, found);
                }
            }
        }
        return String.join(" ", rights.entrySet().stream().map(Object::toString).toList());
    }
}
