package org.xietong.agency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.TestDatabase;

class DirectoryAdminTest {
    private static final TestDatabase DATABASE = TestDatabase.get();
    private static final List<String> TABLES =
            List.of("unit", "case_system", "officer", "registered_key", "trusted_authority", "directory_state");

    @TempDir
    Path folder;

    private static String database;
    private DirectoryAdmin admin;
    private DirectoryFolder files;

    @BeforeAll
    static void migrate() {
        database = DATABASE.fresh();
        DATABASE.migrate(database);
    }

    @BeforeEach
    void fill() throws Exception {
        DataSource owner = DATABASE.as(DatabaseRole.OWNER, database);
        DirectoryFolder.empty(owner);
        files = new DirectoryFolder(folder);
        new DirectoryImport(owner, Clock.systemUTC()).run(files.read());
        admin = new DirectoryAdmin(owner);
    }

    @Test
    void suspendsAndResumesWhatItIsAskedToAndNothingElse() throws SQLException {
        assertSwitches(Subject.UNIT, "MSA-421200", "unit");
        assertSwitches(Subject.SYSTEM, "MSA-421200-cms", "case_system");
        assertSwitches(Subject.OFFICER, "MSA-421200-007", "officer");
        assertSwitches(Subject.KEY, files.keyId("msa-cms"), "registered_key");
    }

    /** Whoever stole the private key signs under whichever certificate still stands. */
    @Test
    void suspendsAPrivateKeyUnderAllItsCertificates() throws Exception {
        String first = files.keyId("msa-007");
        files.write("msa-007", TestKeys.renewed(files.key("msa-007")));
        new DirectoryImport(DATABASE.as(DatabaseRole.OWNER, database), Clock.systemUTC()).run(files.read());
        int active = active();
        admin.suspend(Subject.KEY, first);
        assertEquals(active - 2, active());
        admin.resume(Subject.KEY, first);
        assertEquals(active - 1, active());
    }

    @Test
    void refusesAnUnknownId() {
        for (Subject subject : Subject.values()) {
            assertThrows(DirectoryException.class, () -> admin.suspend(subject, "nobody"));
        }
    }

    @Test
    void resumesNoUnitWithoutResponsiblePerson() {
        assertThrows(DirectoryException.class, () -> admin.resume(Subject.UNIT, "MED-421200"));
    }

    @Test
    void everyChangeMovesTheVersion() throws SQLException {
        long before = version();
        admin.suspend(Subject.OFFICER, "MSA-421200-007");
        assertTrue(version() > before);
    }

    @Test
    void theServiceItselfCanReadAndNotWrite() throws SQLException {
        DataSource app = DATABASE.as(DatabaseRole.APP, database);
        for (String table : TABLES) {
            execute(app, "SELECT * FROM " + table);
            for (String sql : List.of(
                    "UPDATE " + table + " SET " + (table.equals("directory_state") ? "version = 0" : "active = true"),
                    "INSERT INTO " + table + " SELECT * FROM " + table,
                    "DELETE FROM " + table,
                    "TRUNCATE " + table)) {
                SQLException refused = assertThrows(SQLException.class, () -> execute(app, sql), sql);
                assertTrue(List.of("42501", "42703").contains(refused.getSQLState()), sql);
            }
        }
    }

    @Test
    void noOtherRoleReadsTheDirectory() {
        for (DatabaseRole role : List.of(DatabaseRole.AUDITOR, DatabaseRole.SEQUENCER, DatabaseRole.ERASER)) {
            for (String table : TABLES) {
                assertEquals(
                        "42501",
                        assertThrows(
                                        SQLException.class,
                                        () -> execute(DATABASE.as(role, database), "SELECT * FROM " + table))
                                .getSQLState());
            }
        }
    }

    /** What the import checks, the tables hold too. */
    @Test
    void theTablesRefuseWhatTheImportWouldRefuse() {
        DataSource owner = DATABASE.as(DatabaseRole.OWNER, database);
        for (String sql : List.of(
                "UPDATE unit SET responsible = '' WHERE id = 'MSA-421200'",
                "UPDATE unit SET parent = 'PROC-421200' WHERE id = 'MSA-421200'",
                "UPDATE unit SET parent = id WHERE id = 'MSA-421200'",
                "INSERT INTO officer VALUES ('MSA-421200-x', 'MSA-421200', '某某', '', true)",
                "INSERT INTO case_system VALUES ('MSA-421200-7', 'MSA-421200', 'x', '{CASE_SYSTEM}', true)",
                "UPDATE case_system SET roles = '{}'",
                "UPDATE case_system SET roles = '{OWNER}'",
                "UPDATE registered_key SET case_system = NULL WHERE case_system IS NOT NULL",
                "UPDATE registered_key SET case_system = 'AUD-421200-log' WHERE officer IS NOT NULL")) {
            String state = assertThrows(SQLException.class, () -> execute(owner, sql), sql)
                    .getSQLState();
            assertTrue(state.startsWith("23"), sql + " " + state);
        }
    }

    private void assertSwitches(Subject subject, String id, String table) throws SQLException {
        int active = active();
        admin.suspend(subject, id);
        admin.suspend(subject, id);
        assertEquals(active - 1, active(), table);
        admin.resume(subject, id);
        assertEquals(active, active(), table);
    }

    private int active() throws SQLException {
        return (int) number("""
                SELECT (SELECT count(*) FROM unit WHERE active) + (SELECT count(*) FROM case_system WHERE active)
                     + (SELECT count(*) FROM officer WHERE active) + (SELECT count(*) FROM registered_key WHERE active)""");
    }

    private long version() throws SQLException {
        return number("SELECT version FROM directory_state");
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = DATABASE.as(DatabaseRole.APP, database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
