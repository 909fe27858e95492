package org.xietong.bench;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.xietong.agency.DirectoryFile;
import org.xietong.agency.DirectoryImport;
import org.xietong.app.DataFolder;
import org.xietong.app.DatabaseRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.app.EmbeddedDatabase;
import org.xietong.app.FileTrees;

/** A fresh embedded PostgreSQL with the demonstration's settings, a city in its directory, and a table for bare rows. */
final class BenchDatabase implements AutoCloseable {
    private static final String BARE = """
            CREATE TABLE xietong.bench_row (id uuid PRIMARY KEY, content bytea NOT NULL);
            GRANT INSERT ON xietong.bench_row TO xietong_app;
            """;

    private final DataFolder folder;
    private final EmbeddedDatabase database;
    private final Map<String, String> configuration;

    private BenchDatabase(DataFolder folder, EmbeddedDatabase database) {
        this.folder = folder;
        this.database = database;
        this.configuration = database.configuration(EmbeddedDatabase.DATABASE);
    }

    /** Removes what the last run left in the folder, and starts anew; fails if another run uses it. */
    static BenchDatabase start(Path path) throws IOException {
        try (DataFolder last = DataFolder.open(path, Duration.ZERO)) {
            EmbeddedDatabase.stopLeftOver(last);
        }
        FileTrees.delete(path);
        DataFolder folder = DataFolder.open(path, Duration.ZERO);
        return new BenchDatabase(folder, EmbeddedDatabase.start(folder, path.resolve("binaries"), 0));
    }

    /** Brings the tables to their newest form. */
    void migrate() {
        Flyway.configure()
                .dataSource(as(DatabaseRole.OWNER))
                .defaultSchema("xietong")
                .createSchemas(false)
                .load()
                .migrate();
    }

    /** Brings the tables to their newest form, and the city into the directory. */
    void prepare(DemonstrationCity city) throws IOException, SQLException {
        DataSource owner = as(DatabaseRole.OWNER);
        migrate();
        new DirectoryImport(owner, Clock.systemUTC()).run(DirectoryFile.read(city.directoryFile()));
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(BARE);
        }
    }

    /** Unpooled connections. */
    DataSource as(DatabaseRole role) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(configuration.get("xietong.database.url"));
        source.setUser(role.username());
        source.setPassword(database.passwords().of(role));
        return source;
    }

    String url() {
        return java.util.Objects.requireNonNull(configuration.get("xietong.database.url"));
    }

    String password(DatabaseRole role) {
        return database.passwords().of(role);
    }

    /** Pooled connections with the settings of the service's own. */
    AgroalDataSource pool(DatabaseRole role) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .maxSize(10)
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(
                                        configuration.get("xietong.database.url"))
                                .jdbcProperty("prepareThreshold", "2")
                                .jdbcProperty("options", planning(role))
                                .principal(new NamePrincipal(role.username()))
                                .credential(new SimplePassword(
                                        database.passwords().of(role))))));
    }

    private static String planning(DatabaseRole role) {
        return role == DatabaseRole.APP ? "-c plan_cache_mode=force_generic_plan" : "-c plan_cache_mode=auto";
    }

    /** What the service must be told to use it. */
    Map<String, String> configuration() {
        return configuration;
    }

    /** The server's first process; it is not our child. */
    ProcessHandle postmaster() throws IOException {
        List<String> lines = Files.readAllLines(folder.path().resolve("postgresql/postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
    }

    @Override
    public void close() {
        database.close();
        folder.close();
    }

    /** A folder for this run's files beside the database. */
    static Path fresh(Path path) throws IOException {
        FileTrees.delete(path);
        return Files.createDirectories(path);
    }
}
