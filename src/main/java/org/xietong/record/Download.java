package org.xietong.record;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.xietong.crypto.BodyDigest;

/**
 * Bytes on their way out, of an attachment or of an export. Type, length and digests are known before the first byte, so that the answer is
 * signed and journaled before it; the bytes are compared with the digests as they pass, and the last of them leave only if they
 * agree: what was damaged in the store never arrives whole.
 */
public final class Download {
    private static final int BUFFER = 64 * 1024;

    private final String mediaType;
    private final long length;
    private final BodyDigest digest;
    private final String disposition;
    private final Source source;

    /** Where the bytes lie; asked once. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    /** @param source gives them once; closing its stream frees what was held for them */
    public Download(String mediaType, long length, BodyDigest digest, String disposition, Source source) {
        this.mediaType = mediaType;
        this.length = length;
        this.digest = digest;
        this.disposition = disposition;
        this.source = source;
    }

    /**
     * Few bytes, that are in memory.
     *
     * @param name of the file at the receiver's, ASCII
     */
    public static Download of(String mediaType, String name, byte[] bytes) {
        BodyDigest.Running digest = new BodyDigest.Running();
        digest.update(bytes, 0, bytes.length);
        return new Download(
                mediaType,
                bytes.length,
                digest.finish(),
                "attachment; filename=\"" + name + "\"",
                () -> new ByteArrayInputStream(bytes));
    }

    public String mediaType() {
        return mediaType;
    }

    public BodyDigest digest() {
        return digest;
    }

    /** What a browser must be told, so that it neither shows nor guesses. */
    public Map<String, String> headers() {
        return Map.of(
                "Content-Length",
                Long.toString(length),
                "Content-Disposition",
                disposition,
                "X-Content-Type-Options",
                "nosniff",
                "Content-Security-Policy",
                "sandbox");
    }

    /** Frees what was held for bytes that will not leave. */
    public void discard() {
        try {
            source.open().close();
        } catch (IOException nothingHeld) {
            // There is nothing to free.
        }
    }

    /** @throws IOException where the store's bytes are not those that were stored, before the last of them were written */
    public void writeTo(OutputStream out) throws IOException {
        BodyDigest.Running running = new BodyDigest.Running();
        byte[] buffer = new byte[BUFFER];
        byte[] held = new byte[0];
        long passed = 0;
        try (InputStream in = source.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passed += read;
                if (passed > length) {
                    throw new IOException("the bytes are more than they were");
                }
                running.update(buffer, 0, read);
                out.write(held);
                held = Arrays.copyOf(buffer, read);
            }
        }
        if (passed != length) {
            throw new EOFException("the bytes are fewer than they were");
        }
        if (!running.finish().isSameAs(digest)) {
            throw new IOException("the bytes are not what was stored");
        }
        out.write(held);
    }
}
