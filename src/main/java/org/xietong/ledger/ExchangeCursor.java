package org.xietong.ledger;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Where a page ended: time and id of its last row, both of which its reader has seen (I4). Opaque to callers. A made-up
 * one shows nothing beyond what the query shows anyway.
 */
public record ExchangeCursor(Instant time, UUID id) {
    private static final int BYTES = 24;

    /** URL-safe text for the caller. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(time.toEpochMilli())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws ProblemException {@code INVALID_CURSOR} for anything that {@link #text()} did not write */
    public static ExchangeCursor parse(String text) {
        ByteBuffer bytes = decode(text);
        ExchangeCursor cursor =
                new ExchangeCursor(Instant.ofEpochMilli(bytes.getLong()), new UUID(bytes.getLong(), bytes.getLong()));
        if (!cursor.text().equals(text) || !ExchangeFilter.storable(cursor.time())) {
            throw invalid();
        }
        return cursor;
    }

    private static ByteBuffer decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == BYTES) {
                return ByteBuffer.wrap(bytes);
            }
        } catch (IllegalArgumentException notBase64) {
            throw invalid();
        }
        throw invalid();
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("cursor", "MALFORMED"));
    }
}
