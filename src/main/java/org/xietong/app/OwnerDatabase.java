package org.xietong.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The service's database with the owner's role, for an operator's command: the configured one; otherwise the embedded
 * one, whether the service runs beside it now or not. Its tables are brought up to date first.
 */
final class OwnerDatabase implements AutoCloseable {
    private final DataSource dataSource;
    private final @Nullable ServiceDatabase started;

    private OwnerDatabase(DataSource dataSource, @Nullable ServiceDatabase started) {
        this.dataSource = dataSource;
        this.started = started;
    }

    static OwnerDatabase open(Path data) {
        OwnerDatabase database =
                Settings.find("xietong.database.url").isPresent() ? new OwnerDatabase(configured(), null) : embedded(data);
        Flyway.configure(OwnerDatabase.class.getClassLoader())
                .dataSource(database.dataSource)
                .defaultSchema("xietong")
                .createSchemas(false)
                .load()
                .migrate();
        return database;
    }

    /** Unpooled connections as {@link DatabaseRole#OWNER}. */
    DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }

    private static OwnerDatabase embedded(Path data) {
        Optional<DataFolder> free = DataFolder.tryOpen(data, Duration.ZERO);
        if (free.isPresent()) {
            ServiceDatabase started = ServiceDatabase.start(free.get());
            return new OwnerDatabase(configured(), started);
        }
        int port = PostmasterFile.read(DataFolder.cluster(data))
                .map(PostmasterFile::port)
                .orElseThrow(() -> new LaunchException(
                        "内置数据库正在启动或停止，请稍后再试", "the embedded database is starting or stopping; try again"));
        DatabasePasswords passwords = DatabasePasswords.read(DataFolder.passwords(data));
        String url = EmbeddedDatabase.jdbcUrl(port, EmbeddedDatabase.DATABASE);
        return new OwnerDatabase(source(url, DatabaseRole.OWNER.username(), passwords.of(DatabaseRole.OWNER)), null);
    }

    private static DataSource configured() {
        return source(
                required("xietong.database.url"),
                Settings.find("xietong.database.owner.username").orElse(DatabaseRole.OWNER.username()),
                required("xietong.database.owner.password"));
    }

    private static String required(String key) {
        return Settings.find(key)
                .orElseThrow(() -> new LaunchException("缺少配置 " + key, key + " is not configured"));
    }

    private static DataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
