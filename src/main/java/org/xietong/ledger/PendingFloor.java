package org.xietong.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * From which id on to look at what waits. What was taken leaves dead rows behind until PostgreSQL may clean up, which a long backup
 * puts off for hours, and they lie before all that wait: looks would become slower and slower. So a look begins at what the last whole
 * look saw first, less a margin for what commits late; each five seconds one is whole again, so that nothing is ever passed over.
 * One thread at a time.
 */
final class PendingFloor {
    private static final UUID NOTHING_LESS = new UUID(0, 0);
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final Duration WHOLE_EVERY = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private UUID floor = NOTHING_LESS;
    private long whole;

    /** @param nanoTime as {@link System#nanoTime} */
    PendingFloor(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.whole = nanoTime.getAsLong() - WHOLE_EVERY.toNanos();
    }

    /** The least id to look at now. */
    UUID from() {
        return nanoTime.getAsLong() - whole >= WHOLE_EVERY.toNanos() ? NOTHING_LESS : floor;
    }

    /**
     * Tells what a look found.
     *
     * @param from where it began
     * @param oldest id of the first that waits; of a new one if nothing does
     */
    void saw(UUID from, UUID oldest) {
        if (from.equals(NOTHING_LESS)) {
            floor = ExchangeIds.first(Instant.ofEpochMilli(oldest.getMostSignificantBits() >>> Short.SIZE)
                    .minus(LATE));
            whole = nanoTime.getAsLong();
        }
    }
}
