package org.xietong.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Where a page ended: keyset (time, id), opaque on the wire. It names only what the caller was shown; one made up by
 * hand finds nothing that the caller could not see anyway.
 */
record Cursor(Instant at, UUID id) {
    private static final int BYTES = 24;
    /** Microseconds from 1970 to year 1, and as far into the future: what the store can compare. */
    private static final long FARTHEST = 62_135_596_800_000_000L;

    /** Before the first page, newest first. */
    static final Cursor NEWEST = new Cursor(Instant.parse("3900-01-01T00:00:00Z"), new UUID(-1, -1));

    String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at));
        bytes.putLong(id.getMostSignificantBits());
        bytes.putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static Cursor decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                long micros = bytes.getLong();
                if (micros > -FARTHEST && micros < FARTHEST) {
                    return new Cursor(
                            Instant.EPOCH.plus(micros, ChronoUnit.MICROS), new UUID(bytes.getLong(), bytes.getLong()));
                }
            }
        } catch (IllegalArgumentException e) {
            // not base64url: falls through to the same refusal
        }
        throw new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("after", "SYNTAX"));
    }
}
