package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.xietong.crypto.BodyDigest;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;

/**
 * Holds an answer that is too large for memory while its digest is signed and its entry written. It lies in a file that its
 * owner alone may read and that loses its name at once, so that no crash leaves it behind. How many a system has is bounded.
 */
@ApplicationScoped
class Spool {
    private static final int AT_ONCE_PER_SYSTEM = 4;
    private static final int BUFFER = 64 * 1024;

    private final ConcurrentHashMap<String, Semaphore> systems = new ConcurrentHashMap<>();

    /** Writes an answer, and does not close the stream. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /**
     * An answer as it was written.
     *
     * @param name of the file at the receiver's, ASCII
     * @throws ProblemException RATE_LIMITED where the system has too many that are not sent yet; UNAVAILABLE where the disk
     *     does not take it
     */
    Download write(String system, String mediaType, String name, Writing writing) {
        Semaphore places = systems.computeIfAbsent(system, s -> new Semaphore(AT_ONCE_PER_SYSTEM));
        if (!places.tryAcquire()) {
            throw new ProblemException(ProblemType.RATE_LIMITED);
        }
        Held held = null;
        boolean right = false;
        try {
            held = new Held(
                    FileChannel.open(
                            Files.createTempFile("xietong", ".spool"),
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    places);
            Download download = written(held, mediaType, name, writing);
            right = true;
            return download;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        } finally {
            if (!right) {
                free(held, places);
            }
        }
    }

    private static Download written(Held held, String mediaType, String name, Writing writing) throws IOException {
        Digesting digesting = new Digesting(Channels.newOutputStream(held.file));
        OutputStream out = new BufferedOutputStream(digesting, BUFFER);
        writing.to(out);
        out.flush();
        long length = held.file.position();
        held.file.position(0);
        return new Download(
                mediaType, length, digesting.digest.finish(), "attachment; filename=\"" + name + "\"", held::stream);
    }

    private static void free(@org.jspecify.annotations.Nullable Held held, Semaphore places) {
        if (held == null) {
            places.release();
            return;
        }
        try {
            held.stream().close();
        } catch (IOException gone) {
            // The file has no name any more.
        }
    }

    /** An open file, and the place that it takes among its system's. */
    private record Held(FileChannel file, Semaphore places) {
        InputStream stream() {
            return new FilterInputStream(Channels.newInputStream(file)) {
                private boolean closed;

                @Override
                public void close() throws IOException {
                    if (!closed) {
                        closed = true;
                        places.release();
                    }
                    super.close();
                }
            };
        }
    }

    /** Digests what passes. */
    private static final class Digesting extends OutputStream {
        private final OutputStream out;
        private final BodyDigest.Running digest = new BodyDigest.Running();

        Digesting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
        }
    }
}
