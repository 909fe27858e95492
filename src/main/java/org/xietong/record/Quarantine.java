package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.xietong.crypto.BodyDigest;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Takes in a body that is too large for memory. Its bytes lie apart, where nothing reads them, until somebody has decided that
 * they are what was signed; and are gone with the exchange otherwise. How many come in at once is bounded, per system too.
 */
@ApplicationScoped
public class Quarantine {
    private static final int BUFFER = 64 * 1024;

    private final AttachmentConfig config;
    private final Semaphore all;
    private final ConcurrentHashMap<String, Semaphore> systems = new ConcurrentHashMap<>();

    Quarantine(AttachmentConfig config) {
        this.config = config;
        this.all = new Semaphore(config.atOnce());
    }

    /** Bytes in quarantine, on disk; closing removes them, unless they were moved away. */
    public record Held(Path file, long length, BodyDigest digest) implements AutoCloseable {
        @Override
        public void close() {
            remove(file);
        }
    }

    /**
     * Receives a body of at most so many bytes.
     *
     * @throws ProblemException RATE_LIMITED where too many come in already; BODY_TOO_LARGE; MALFORMED for a body that
     *     breaks off; UNAVAILABLE where the disk does not take it
     */
    public Held receive(String system, InputStream body, long most) {
        Semaphore own = systems.computeIfAbsent(system, s -> new Semaphore(config.atOncePerSystem()));
        if (!own.tryAcquire()) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
        try {
            if (!all.tryAcquire()) {
                throw new ProblemException(ProblemType.RATE_LIMITED);
            }
            try {
                return receive(body, most);
            } finally {
                all.release();
            }
        } finally {
            own.release();
        }
    }

    /** Removes what a crash left here before then. */
    void sweep(Instant before) throws IOException {
        StoredFiles.before(folder(), before).forEach(Quarantine::remove);
    }

    private Path folder() {
        return config.folder().resolve("quarantine");
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException later) {
            // The next sweep finds it.
        }
    }

    private Held receive(InputStream body, long most) {
        Path file = folder().resolve(UUID.randomUUID().toString());
        boolean held = false;
        try {
            StoredFiles.privateFolder(folder());
            BodyDigest.Running digest = new BodyDigest.Running();
            long length = copy(body, file, most, digest);
            held = true;
            return new Held(file, length, digest.finish());
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        } finally {
            if (!held) {
                remove(file);
            }
        }
    }

    private long copy(InputStream body, Path file, long most, BodyDigest.Running digest) throws IOException {
        long end = System.nanoTime() + config.patience().toNanos();
        byte[] buffer = new byte[BUFFER];
        long length = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int read = next(body, buffer); read >= 0; read = next(body, buffer)) {
                length += read;
                if (length > most) {
                    throw new ProblemException(ProblemType.BODY_TOO_LARGE);
                }
                if (System.nanoTime() > end) {
                    throw new ProblemException(ProblemType.MALFORMED);
                }
                digest.update(buffer, 0, read);
                for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read); rest.hasRemaining(); ) {
                    out.write(rest);
                }
            }
            out.force(true);
        }
        return length;
    }

    /** What the caller fails to send is his failure, not the disk's. */
    private static int next(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException brokenOff) {
            throw new ProblemException(ProblemType.MALFORMED);
        }
    }
}
