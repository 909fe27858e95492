package org.xietong.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.xietong.app.DataFolder;
import org.xietong.app.EmbeddedDatabase;
import org.xietong.app.FileTrees;
import org.xietong.app.LaunchException;

/** Starts and stops the test JVM's database, under {@code target}; it goes with the JVM. */
final class TestDatabaseServer implements TestDatabaseMXBean {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final String PREFIX = "test-database-";

    private final DataFolder folder;
    private EmbeddedDatabase database;

    TestDatabaseServer() {
        try {
            Files.createDirectories(TARGET);
            sweep();
            folder = DataFolder.open(Files.createTempDirectory(TARGET, PREFIX), Duration.ZERO);
            database = start(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "test-database-end"));
    }

    /** Removes what killed test runs left, servers included. Folders in use are locked and stay. */
    private static void sweep() throws IOException {
        List<Path> left;
        try (Stream<Path> children = Files.list(TARGET)) {
            left = children.filter(c -> c.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path path : left) {
            try (DataFolder abandoned = DataFolder.open(path, Duration.ZERO)) {
                EmbeddedDatabase.stopLeftOver(abandoned);
                FileTrees.delete(path);
            } catch (LaunchException inUse) {
                // Another test JVM runs in this folder.
            }
        }
    }

    private EmbeddedDatabase start(int port) {
        return EmbeddedDatabase.start(folder, TARGET.resolve("postgresql-binaries"), port);
    }

    @Override
    public int getPort() {
        return database.port();
    }

    @Override
    public String getPasswordFile() {
        return folder.path().resolve("passwords.properties").toString();
    }

    @Override
    public void create(String name) {
        database.create(name);
    }

    @Override
    public synchronized void start() {
        database = start(database.port());
    }

    @Override
    public synchronized void stop() {
        database.close();
    }

    @Override
    public synchronized void kill() {
        Path pidFile = folder.path().resolve("postgresql/postmaster.pid");
        try {
            ProcessHandle first = ProcessHandle.of(Long.parseLong(
                            Files.readAllLines(pidFile).getFirst().strip()))
                    .orElseThrow();
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(first), first.descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
            Files.delete(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.close();
    }

    private synchronized void end() {
        database.close();
        folder.close();
        try {
            FileTrees.delete(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
