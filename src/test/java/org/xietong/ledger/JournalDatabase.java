package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A durable PostgreSQL with roles and migrations, and connections as each role. */
final class JournalDatabase implements AutoCloseable {
    private static final List<String> TABLES =
            List.of("journal_entry", "journal_part", "journal_pending", "exchange_index", "exchange_touched", "nonce");

    private static JournalDatabase shared;

    private final EmbeddedPostgres postgres;
    private final List<AgroalDataSource> pools = new ArrayList<>();

    private final Path data;

    private JournalDatabase(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
    }

    /** One for all test classes of the JVM. */
    static synchronized JournalDatabase shared() throws Exception {
        if (shared == null) {
            shared = start(Files.createTempDirectory("journal"), 0);
            shared.prepare();
        }
        return shared;
    }

    static JournalDatabase start(Path data, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100");
        if (port != 0) {
            builder.setPort(port);
        }
        return new JournalDatabase(builder.start(), data);
    }

    /** Roles, twice, since the script is idempotent; then the migrations as the owner. */
    void prepare() throws SQLException, IOException {
        runRoles();
        runRoles();
        Flyway.configure()
                .dataSource(url(), "xietong_owner", "owner'secret")
                .defaultSchema("xietong")
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }

    private void runRoles() throws SQLException, IOException {
        String script = Files.readString(Path.of("deploy/database/roles.sql"));
        for (String role : List.of("owner", "app", "sequencer", "eraser", "auditor")) {
            script = script.replace("${" + role + "_password}", role + "''secret");
        }
        try (Connection superuser = connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(script);
        }
    }

    int port() {
        return postgres.getPort();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port() + "/postgres";
    }

    Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url(), role, role.replace("xietong_", "") + "'secret");
    }

    /** As the service's pools: what PostgreSQL calls fatal ends the connection. */
    AgroalDataSource pool(String role) throws SQLException {
        return pool(role, port(), "connectTimeout=2");
    }

    AgroalDataSource pool(String role, int port, String options) throws SQLException {
        return pool(role, port, options, 20);
    }

    /** For measuring: a connection for each caller. */
    AgroalDataSource wide(String role, String options) throws SQLException {
        return pool(role, port(), options, 40);
    }

    AgroalDataSource pool(String role, int port, String options, int size) throws SQLException {
        AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(size)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .acquisitionTimeout(Duration.ofSeconds(2))
                        // As Quarkus sets it: a connection that broke is not handed out again.
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(
                                        "jdbc:postgresql://localhost:" + port + "/postgres?" + options)
                                .principal(new NamePrincipal(role))
                                .credential(new SimplePassword(role.replace("xietong_", "") + "'secret")))));
        pools.add(pool);
        return pool;
    }

    long count(String table) throws SQLException {
        return number("SELECT count(*) FROM xietong." + table);
    }

    long number(String sql) throws SQLException {
        try (Connection superuser = connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    /** Rows of each table, to compare before with after. */
    List<Long> counts() throws SQLException {
        List<Long> counts = new ArrayList<>();
        for (String table : TABLES) {
            counts.add(count(table));
        }
        return counts;
    }

    /** Kills the server's first process and waits until its children are gone too. */
    void kill() throws Exception {
        Path file = data.resolve("postmaster.pid");
        ProcessHandle postmaster = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).getFirst().trim()))
                .orElseThrow();
        List<ProcessHandle> children = postmaster.children().toList();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
        children.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle child : children) {
            child.onExit().get();
        }
        Files.deleteIfExists(file);
        postgres.close();
    }

    @Override
    public void close() throws IOException {
        pools.forEach(AgroalDataSource::close);
        postgres.close();
    }
}
