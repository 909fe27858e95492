package org.xietong.record;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import org.xietong.crypto.BodyDigest;

/**
 * The bytes of an attachment on their way out. Type, length and digests are known before the first byte, so that the answer is
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

    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    Download(String mediaType, long length, BodyDigest digest, String disposition, Source source) {
        this.mediaType = mediaType;
        this.length = length;
        this.digest = digest;
        this.disposition = disposition;
        this.source = source;
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
                    throw new IOException("an attachment is longer than it was");
                }
                running.update(buffer, 0, read);
                out.write(held);
                held = Arrays.copyOf(buffer, read);
            }
        }
        if (passed != length) {
            throw new EOFException("an attachment is shorter than it was");
        }
        if (!running.finish().isSameAs(digest)) {
            throw new IOException("an attachment is not what was stored");
        }
        out.write(held);
    }
}
