package org.xietong.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A real PostgreSQL beside the service, for the demonstration, tests and small sites; production takes a JDBC URL.
 *
 * <p>Durable: {@code fsync} and {@code synchronous_commit} are on and checked at each start (I3); the library's own
 * defaults are off. Closed to others: it listens on loopback only, has no Unix socket, and every role, superuser
 * included, logs in by SCRAM-SHA-256 from the first moment on, so that no other user of the machine gets in.
 */
public final class EmbeddedDatabase implements Closeable {
    /** The name of the service's database. */
    public static final String DATABASE = "xietong";

    private static final String LOOPBACK = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Held, so that its level stays. */
    private static final Logger LIBRARY = Logger.getLogger("io.zonky");

    private final EmbeddedPostgres postgres;
    private final DatabasePasswords passwords;

    private EmbeddedDatabase(EmbeddedPostgres postgres, DatabasePasswords passwords) {
        this.postgres = postgres;
        this.passwords = passwords;
    }

    /**
     * Starts the database of this folder; sets it up with its roles first if there is none. A server that a killed
     * run left behind is stopped before.
     *
     * @param folder held by the caller as long as the database runs
     * @param binaries where PostgreSQL's own files are unpacked; made so that only its owner can enter it
     * @param port 0 for any free one
     */
    public static EmbeddedDatabase start(DataFolder folder, Path binaries, int port) {
        stopLeftOver(folder);
        try {
            return Files.exists(folder.clusterReady())
                    ? startServer(folder, binaries, port, DatabasePasswords.read(folder.passwords()))
                    : setUp(folder, binaries, port);
        } catch (IOException | IllegalStateException e) {
            throw new LaunchException(
                    "内置数据库无法启动，详见 " + folder.serverLog(),
                    "the embedded database does not start; see " + folder.serverLog(),
                    e);
        }
    }

    /** Stops the server that a killed run left in this folder, if there is one. */
    public static void stopLeftOver(DataFolder folder) {
        LeftPostmaster.stop(folder.cluster());
    }

    private static EmbeddedDatabase setUp(DataFolder folder, Path binaries, int port) throws IOException {
        FileTrees.delete(folder.cluster());
        EmbeddedDatabase database = startServer(folder, binaries, port, DatabasePasswords.create(folder.passwords()));
        try {
            database.create(DATABASE);
            Files.createFile(folder.clusterReady());
        } catch (IllegalStateException e) {
            database.close();
            throw e;
        }
        return database;
    }

    private static EmbeddedDatabase startServer(DataFolder folder, Path binaries, int port, DatabasePasswords passwords)
            throws IOException {
        LIBRARY.setLevel(Level.WARNING);
        // The library opens its folder to everybody; ours around it lets nobody through.
        Path unpacked = DataFolder.ownerOnly(binaries).resolve("unpacked");
        // Also where the library sweeps what its earlier runs left: never the shared temporary folder.
        System.setProperty("ot.epg.working-dir", unpacked.toString());
        Path passwordFile = DatabasePasswords.ownerOnly(folder.path().resolve("initdb.password"));
        Files.writeString(passwordFile, passwords.superuser());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.cluster())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(unpacked.toFile())
                .setRegisterShutdownHook(false)
                .setPGStartupWait(PATIENCE)
                .setPort(port)
                .setConnectConfig("password", passwords.superuser())
                .setOutputRedirector(Redirect.appendTo(folder.serverLog().toFile()))
                .setErrorRedirector(Redirect.appendTo(folder.serverLog().toFile()));
        // These reach initdb as its options; the last --auth counts.
        Map.of(
                        "auth", "scram-sha-256",
                        "pwfile", passwordFile.toString(),
                        "locale", "C",
                        "locale-provider", "builtin",
                        "builtin-locale", "C.UTF-8")
                .forEach(builder::setLocaleConfig);
        DatabaseSettings.SERVER.forEach(builder::setServerConfig);
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(builder.start(), passwords);
            database.checkDurable();
            return database;
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private void checkDurable() {
        try {
            DatabaseSettings.check(superuser("postgres"));
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** Makes another database of this name, empty but for the roles' rights. */
    public void create(String name) {
        try {
            try (Connection connection = superuser("postgres").getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            try (Connection connection = superuser(name).getConnection()) {
                RoleScript.run(connection, passwords);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database and its roles cannot be created", e);
        }
    }

    public int port() {
        return postgres.getPort();
    }

    public String jdbcUrl(String database) {
        return jdbcUrl(port(), database);
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + database;
    }

    public DatabasePasswords passwords() {
        return passwords;
    }

    /** Connections as superuser, for set-up and tests; the service never has them. */
    public DataSource superuser(String database) {
        return postgres.getDatabase("postgres", database, Map.of("password", passwords.superuser()));
    }

    /** The configuration with which the service uses this database: one URL, and a password per role. */
    public Map<String, String> configuration(String database) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("xietong.database.url", jdbcUrl(database));
        for (DatabaseRole role : DatabaseRole.values()) {
            configuration.put("xietong.database." + role.key() + ".username", role.username());
            configuration.put("xietong.database." + role.key() + ".password", passwords.of(role));
        }
        return configuration;
    }

    /** Stops the server in order; clients lose their connections. The folder stays with the caller. */
    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
