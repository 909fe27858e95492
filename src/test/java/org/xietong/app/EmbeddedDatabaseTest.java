package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    private static final Path BINARIES = Path.of("target/postgresql-binaries").toAbsolutePath();

    @TempDir
    Path temporary;

    @Test
    void isDurableForTheRoleOfTheService() throws SQLException {
        try (DataFolder folder = folder();
                EmbeddedDatabase database = start(folder)) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                assertEquals("on", askAs(database, DatabaseRole.APP, "SHOW " + setting), setting);
            }
        }
    }

    @Test
    void letsNobodyInWithoutPassword() throws SQLException {
        try (DataFolder folder = folder();
                EmbeddedDatabase database = start(folder)) {
            for (String user : new String[] {"postgres", "xietong_app", "xietong_owner"}) {
                SQLException refusal = assertThrows(
                        SQLException.class,
                        () -> DriverManager.getConnection(database.jdbcUrl("xietong"), user, "guessed"));
                assertEquals("28P01", refusal.getSQLState(), user);
            }
        }
    }

    @Test
    void keepsItsSecretsToItsOwner() throws IOException {
        try (DataFolder folder = folder();
                EmbeddedDatabase database = start(folder)) {
            assertTrue(database.port() > 0);
            assertEquals("rwx------", permissions(folder.path()));
            assertEquals("rw-------", permissions(folder.passwords()));
            assertTrue(Files.notExists(folder.path().resolve("initdb.password")));
        }
    }

    @Test
    void findsItsDataAfterTheProcessWasKilledAndItsServerRanOn() throws Exception {
        int left = AbandonedDatabase.leave(temporary.resolve("a data folder"), BINARIES);
        try (DataFolder folder = folder();
                EmbeddedDatabase database = start(folder)) {
            assertEquals("found", askAs(database, DatabaseRole.OWNER, "SELECT word FROM kept"));
            assertTrue(database.port() == left || unreachable(left), "the left server still answers");
        }
    }

    @Test
    void refusesAFolderInUse() {
        try (DataFolder folder = folder()) {
            LaunchException refusal = assertThrows(LaunchException.class, this::folder);
            assertTrue(refusal.en().contains("in use"), refusal.en());
            assertTrue(Files.exists(folder.path()));
        }
    }

    @Test
    void beginsAnewWhenSettingUpWasInterrupted() throws IOException, SQLException {
        try (DataFolder folder = folder()) {
            Files.createDirectories(folder.cluster());
            Files.writeString(folder.cluster().resolve("postgresql.conf"), "half");
            try (EmbeddedDatabase database = start(folder)) {
                assertEquals("xietong_app", askAs(database, DatabaseRole.APP, "SELECT current_user"));
            }
        }
    }

    private DataFolder folder() {
        return DataFolder.open(temporary.resolve("a data folder"), Duration.ZERO);
    }

    private static EmbeddedDatabase start(DataFolder folder) {
        return EmbeddedDatabase.start(folder, BINARIES, 0);
    }

    private static String askAs(EmbeddedDatabase database, DatabaseRole role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl(EmbeddedDatabase.DATABASE),
                        role.username(),
                        database.passwords().of(role));
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet row = statement.getResultSet()) {
                assertTrue(row.next());
                return row.getString(1);
            }
        }
    }

    private static boolean unreachable(int port) {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
