package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PendingFloorTest {
    private static final UUID NOTHING_LESS = new UUID(0, 0);
    private static final long NOON = 1_795_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(7);
    private final PendingFloor floor = new PendingFloor(nanos::get);

    @Test
    void looksAtAllFirstAndThenFromALittleBeforeWhatThatSaw() {
        assertEquals(NOTHING_LESS, floor.from());
        floor.saw(NOTHING_LESS, ExchangeIds.at(NOON));
        assertTrue(floor.from().compareTo(ExchangeIds.at(NOON - 1_000)) < 0);
        assertTrue(floor.from().compareTo(ExchangeIds.at(NOON - 3_000)) > 0);
    }

    /** Whatever commits late, however late, is seen then. */
    @Test
    void looksAtAllAgainAfterFiveSeconds() {
        floor.saw(NOTHING_LESS, ExchangeIds.at(NOON));
        nanos.addAndGet(Duration.ofMillis(4_900).toNanos());
        assertTrue(floor.from().compareTo(NOTHING_LESS) > 0);
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertEquals(NOTHING_LESS, floor.from());
        assertEquals(NOTHING_LESS, floor.from(), "until somebody has looked");
    }

    /** Only a look at all knows where the first is. */
    @Test
    void learnsNothingFromALookThatWasNotWhole() {
        floor.saw(NOTHING_LESS, ExchangeIds.at(NOON));
        UUID before = floor.from();
        floor.saw(before, ExchangeIds.at(NOON + 60_000));
        assertEquals(before, floor.from());
    }
}
