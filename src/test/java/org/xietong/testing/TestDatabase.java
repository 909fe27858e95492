package org.xietong.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.xietong.app.DatabaseRole;
import org.xietong.app.EmbeddedDatabase;

/**
 * The real PostgreSQL of this test JVM: started once, durable (fsync on), with the roles that production has. Usable
 * from plain JUnit and from Quarkus tests alike.
 */
public final class TestDatabase {
    private static final String NAME = "org.xietong.testing:type=TestDatabase";

    private final TestDatabaseMXBean server;
    private final Properties passwords;

    private TestDatabase(TestDatabaseMXBean server) {
        this.server = server;
        this.passwords = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(server.getPasswordFile()))) {
            passwords.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The database, started if this is the first call in the JVM. */
    public static TestDatabase get() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        synchronized (beans) {
            try {
                ObjectName name = new ObjectName(NAME);
                if (!beans.isRegistered(name)) {
                    beans.registerMBean(new TestDatabaseServer(), name);
                }
                return new TestDatabase(JMX.newMXBeanProxy(beans, name, TestDatabaseMXBean.class));
            } catch (JMException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public int port() {
        return server.getPort();
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** Connections to the service's database as superuser. */
    public DataSource superuser() {
        return superuser(EmbeddedDatabase.DATABASE);
    }

    public DataSource superuser(String database) {
        return dataSource(database, "postgres", passwords.getProperty("superuser"));
    }

    /** Unpooled connections with this role, to the service's database. */
    public DataSource as(DatabaseRole role) {
        return as(role, EmbeddedDatabase.DATABASE);
    }

    public DataSource as(DatabaseRole role, String database) {
        return dataSource(database, role.username(), password(role));
    }

    public String password(DatabaseRole role) {
        return passwords.getProperty(role.name().toLowerCase(Locale.ROOT));
    }

    /** Makes another database, empty but for the roles' rights; returns its name. */
    public String fresh() {
        String name = "xietong_" + UUID.randomUUID().toString().replace("-", "");
        server.create(name);
        return name;
    }

    /** Brings a database to the newest migration with the owner's role, as the service does when it starts. */
    public void migrate(String database) {
        migrate(database, "latest");
    }

    /** Brings a database to an older version, as one that has stood since has it. */
    public void migrate(String database, String version) {
        Flyway.configure()
                .dataSource(as(DatabaseRole.OWNER, database))
                .defaultSchema("xietong")
                .createSchemas(false)
                .target(version)
                .load()
                .migrate();
    }

    /** Runs statements past the service and its roles: what a version of then wrote. */
    public void write(String database, String sql) throws SQLException {
        try (Connection connection = superuser(database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What the service needs to use this database: the keys that an operator would set. */
    public Map<String, String> configuration(String database) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("xietong.database.url", jdbcUrl(database));
        for (DatabaseRole role : DatabaseRole.values()) {
            String key = "xietong.database." + role.name().toLowerCase(Locale.ROOT);
            configuration.put(key + ".username", role.username());
            configuration.put(key + ".password", password(role));
        }
        return configuration;
    }

    /** Stops the server: connections break, new ones are refused, until {@link #start}. */
    public void stop() {
        server.stop();
    }

    /** {@code kill -9} of all the server's processes: nothing is flushed, until {@link #start} recovers it. */
    public void kill() {
        server.kill();
    }

    /** Starts the stopped server again, on the same port with the same data. */
    public void start() {
        server.start();
    }

    private DataSource dataSource(String database, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl(database));
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
