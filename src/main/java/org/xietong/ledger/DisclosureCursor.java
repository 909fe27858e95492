package org.xietong.ledger;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Where a page of disclosures ended. Opaque to callers; a made-up one shows nothing beyond what the query shows anyway.
 *
 * @param part index of the part {@code disclosed}
 */
public record DisclosureCursor(Instant time, UUID exchange, UUID subject, int part) {
    private static final int BYTES = 44;
    /** Newer than any exchange. */
    static final DisclosureCursor NEWEST = new DisclosureCursor(
            Instant.parse("9999-12-31T23:59:59.999Z"), new UUID(-1, -1), new UUID(-1, -1), Integer.MAX_VALUE);

    /** URL-safe text for the caller. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(time.toEpochMilli());
        bytes.putLong(exchange.getMostSignificantBits()).putLong(exchange.getLeastSignificantBits());
        bytes.putLong(subject.getMostSignificantBits()).putLong(subject.getLeastSignificantBits());
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.putInt(part).array());
    }

    /** @throws ProblemException {@code INVALID_CURSOR} for anything that {@link #text()} did not write */
    public static DisclosureCursor parse(String text) {
        byte[] decoded = decode(text);
        if (decoded.length == BYTES) {
            ByteBuffer bytes = ByteBuffer.wrap(decoded);
            DisclosureCursor cursor = new DisclosureCursor(
                    Instant.ofEpochMilli(bytes.getLong()),
                    new UUID(bytes.getLong(), bytes.getLong()),
                    new UUID(bytes.getLong(), bytes.getLong()),
                    bytes.getInt());
            if (cursor.text().equals(text) && ExchangeFilter.storable(cursor.time())) {
                return cursor;
            }
        }
        throw new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("/after", "MALFORMED"));
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
