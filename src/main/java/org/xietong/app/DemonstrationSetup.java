package org.xietong.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.xietong.agency.DirectoryFile;
import org.xietong.agency.DirectoryImport;

/** Brings a demonstration city into the database that is running, and makes this service its platform. */
final class DemonstrationSetup {
    private DemonstrationSetup() {}

    /** Opens the city of this folder, or founds one there; imports its directory and sets its configuration. */
    static DemonstrationCity establish(Path folder) {
        try {
            DemonstrationCity city = Files.exists(folder.resolve("directory.yaml"))
                    ? DemonstrationCity.open(folder)
                    : DemonstrationCity.found(folder);
            try (OwnerDatabase owner = OwnerDatabase.open(folder)) {
                new DirectoryImport(owner.dataSource(), Clock.systemUTC())
                        .run(DirectoryFile.read(city.directoryFile()));
            }
            city.configuration().forEach(System::setProperty);
            return city;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new LaunchException("演示目录无法导入", "the demonstration's directory cannot be imported", e);
        }
    }
}
