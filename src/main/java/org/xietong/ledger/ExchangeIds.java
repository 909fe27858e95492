package org.xietong.ledger;

import java.time.Instant;
import java.util.UUID;

/** Ids of exchanges: UUID version 7 (RFC 9562, 5.7), so that they lie in the order of time, and cannot be guessed. */
public final class ExchangeIds {
    private static final int RANDOM_BYTES = 10;

    private ExchangeIds() {}

    /** A new id: 48 bits of milliseconds and 74 random bits. */
    public static UUID next() {
        return at(System.currentTimeMillis());
    }

    /** No id of that time or later is smaller. */
    static UUID first(Instant time) {
        return new UUID(time.toEpochMilli() << 16 | 0x7000L, Long.MIN_VALUE);
    }

    static UUID at(long millis) {
        byte[] random = Randomness.bytes(RANDOM_BYTES);
        long high = millis << 16 | 0x7000L | (random[0] & 0x0fL) << 8 | (random[1] & 0xffL);
        long low = 0x2L;
        low = low << 6 | (random[2] & 0x3fL);
        for (int i = 3; i < RANDOM_BYTES; i++) {
            low = low << 8 | (random[i] & 0xffL);
        }
        return new UUID(high, low);
    }
}
