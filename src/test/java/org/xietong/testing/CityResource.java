package org.xietong.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.xietong.agency.DirectoryFile;
import org.xietong.agency.DirectoryImport;
import org.xietong.app.DatabaseRole;
import org.xietong.app.DemonstrationCity;
import org.xietong.crypto.Crypto;

/** A service with a database of its own and the demonstration city in its directory; {@link City} finds the keys. */
public final class CityResource implements QuarkusTestResourceLifecycleManager {
    static final String FOLDER = "xietong.test.city";
    static final String DATABASE = "xietong.test.database";

    @Override
    public Map<String, String> start() {
        try {
            Crypto.install();
            TestDatabase server = TestDatabase.get();
            String database = server.fresh();
            server.migrate(database);
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "cities")), "city");
            DemonstrationCity city = DemonstrationCity.found(folder.toAbsolutePath());
            new DirectoryImport(server.as(DatabaseRole.OWNER, database), Clock.systemUTC())
                    .run(DirectoryFile.read(city.directoryFile()));
            Map<String, String> configuration = server.configuration(database);
            configuration.putAll(city.configuration());
            configuration.put(FOLDER, folder.toAbsolutePath().toString());
            configuration.put(DATABASE, database);
            // Tests remind when they want to: a feed that others write into would tell of it at any time.
            configuration.put("xietong.deadlines.remind-every", "off");
            configuration.put("xietong.deadlines.sweep-every", "off");
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {}
}
