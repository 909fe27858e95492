package org.xietong.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The embedded database of one service run: folder taken, server started, its address given to the service as
 * configuration; all of it taken back at the end, however the run ends.
 */
final class ServiceDatabase implements AutoCloseable {
    /** Live reload starts the next run while the last one still ends. */
    private static final Duration FOLDER_PATIENCE = Duration.ofSeconds(10);

    private final DataFolder folder;
    private final EmbeddedDatabase database;
    private final Map<String, String> configuration;
    private boolean open = true;

    private ServiceDatabase(DataFolder folder, EmbeddedDatabase database) {
        this.folder = folder;
        this.database = database;
        this.configuration = database.configuration(EmbeddedDatabase.DATABASE);
    }

    static ServiceDatabase start(Path data) {
        return start(DataFolder.open(data, FOLDER_PATIENCE));
    }

    /** Takes over the folder: it is released with the database, or if that does not start. */
    static ServiceDatabase start(DataFolder folder) {
        try {
            Path binaries = folder.path().resolve("postgresql-binaries");
            ServiceDatabase started = new ServiceDatabase(folder, EmbeddedDatabase.start(folder, binaries, 0));
            started.configuration.forEach(System::setProperty);
            return started;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Stops the server in order. Idempotent: called at the end of the run and by the shutdown hook. */
    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            configuration.keySet().forEach(System::clearProperty);
            database.close();
            folder.close();
        }
    }
}
