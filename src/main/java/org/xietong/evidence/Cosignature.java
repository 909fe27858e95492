package org.xietong.evidence;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The bytes of a cosignature/v1 (c2sp.org/tlog-cosignature): when, and the Ed25519 signature.
 *
 * @param time seconds since the epoch, not negative
 */
record Cosignature(long time, byte[] signature) {
    private static final int SIGNATURE_SIZE = 64;

    static Optional<Cosignature> read(byte[] bytes) {
        if (bytes.length != Long.BYTES + SIGNATURE_SIZE) {
            return Optional.empty();
        }
        long time = ByteBuffer.wrap(bytes).getLong();
        return time < 0
                ? Optional.empty()
                : Optional.of(new Cosignature(time, Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(time)
                .put(signature)
                .array();
    }

    /** What is signed for a checkpoint's text at a time. */
    static byte[] message(long time, String text) {
        return NoteText.encode("cosignature/v1\ntime " + time + '\n' + text);
    }
}
