package org.xietong.app;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds an embedded database: cluster, passwords, server log. Only its owner can enter it (0700), and
 * only one process uses it at a time: the lock ends with the process, also after {@code kill -9}.
 */
public final class DataFolder implements Closeable {
    private final Path path;
    private final FileChannel lockFile;

    private DataFolder(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder, making it if it is not there.
     *
     * @param patience how long to wait for another user of the folder to leave it
     * @throws LaunchException if another process still uses it then, or it cannot be written
     */
    public static DataFolder open(Path folder, Duration patience) {
        return tryOpen(folder, patience)
                .orElseThrow(() -> new LaunchException(
                        "数据目录正在被另一个进程使用：" + folder + "。请先停止它，或用 --data 指定另一个目录。",
                        "the data folder is in use by another process: " + folder
                                + ". Stop that one first, or give another folder with --data."));
    }

    /** As {@link #open}; empty if another process still uses the folder. */
    static Optional<DataFolder> tryOpen(Path folder, Duration patience) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            ownerOnly(path);
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel, patience)) {
                return Optional.of(new DataFolder(path, channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new LaunchException("无法使用数据目录：" + path, "the data folder cannot be used: " + path, e);
        }
    }

    /** The folder, made if it is not there, which only its owner can enter. */
    static Path ownerOnly(Path path) throws IOException {
        Files.createDirectories(path);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    private static boolean locked(FileChannel channel, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (tryLock(channel) == null) {
            if (System.nanoTime() >= end) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        return true;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path path() {
        return path;
    }

    /** Where PostgreSQL keeps its cluster. */
    Path cluster() {
        return cluster(path);
    }

    static Path cluster(Path folder) {
        return folder.resolve("postgresql");
    }

    /** There once the cluster is whole; a cluster without it never held data and may be made anew. */
    Path clusterReady() {
        return path.resolve("postgresql.ready");
    }

    Path passwords() {
        return passwords(path);
    }

    static Path passwords(Path folder) {
        return folder.resolve("passwords.properties");
    }

    Path serverLog() {
        return path.resolve("postgresql.log");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
