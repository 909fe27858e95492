package org.xietong.witness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;

/**
 * What a witness must never forget: of each log, the last checkpoint that it cosigned, as a signed note in a file of its own.
 * One process at a time; a second is refused. Whoever brings an older state back makes the witness sign what contradicts
 * its earlier signatures.
 */
final class StateFolder implements AutoCloseable {
    private static final int NAME_BYTES = 16;

    private final Path folder;
    private final FileChannel lock;

    private StateFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens the folder, and makes it where there is none.
     *
     * @throws StateInUseException if another witness has it open
     */
    static StateFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (taken(channel) == null) {
            channel.close();
            throw new StateInUseException(folder);
        }
        return new StateFolder(folder, channel);
    }

    private static @Nullable FileLock taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    /**
     * The last that was cosigned; empty if none ever was.
     *
     * @throws IOException if what is there is no checkpoint of this log: nothing may be cosigned then
     */
    Optional<SignedCheckpoint> latest(String origin) throws IOException {
        Path file = file(origin);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            SignedCheckpoint latest = SignedCheckpoint.parse(Files.readAllBytes(file));
            if (latest.checkpoint().origin().equals(origin)) {
                return Optional.of(latest);
            }
        } catch (MalformedEvidenceException e) {
            throw new IOException("not a checkpoint: " + file, e);
        }
        throw new IOException("a checkpoint of another log: " + file);
    }

    /** On disk when this returns. */
    void keep(SignedCheckpoint latest) throws IOException {
        DurableFile.write(file(latest.checkpoint().origin()), latest.encode());
    }

    /** Origins hold slashes and more; their hash does not. */
    static String name(String origin) {
        byte[] digest = Digests.sha256(origin.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    }

    Path file(String origin) {
        return folder.resolve(name(origin) + ".checkpoint");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
