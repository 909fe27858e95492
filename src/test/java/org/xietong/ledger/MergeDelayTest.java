package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the promise is broken, and when nothing more may be promised; with a clock of its own. */
class MergeDelayTest {
    private final AtomicLong now = new AtomicLong(1);
    private final MergeDelay delay = new MergeDelay(Duration.ofSeconds(10), Duration.ofSeconds(60), now::get);

    @Test
    void anEntryThatWaitsTooLongIsFirstAnAlarmAndThenTheEnd() {
        delay.measured(Duration.ofSeconds(9), false);
        assertFalse(delay.isOverdue());
        delay.measured(Duration.ofSeconds(11), false);
        assertTrue(delay.isOverdue());
        delay.requireWithin();
        delay.measured(Duration.ofSeconds(61), false);
        assertThrows(JournalUnavailableException.class, delay::requireWithin);
        delay.measured(Duration.ZERO, false);
        delay.requireWithin();
    }

    @Test
    void aHeadThatNobodySignsCountsFromWhenItWasFirstSeen() {
        delay.measured(Duration.ZERO, true);
        for (int i = 0; i < 61; i++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            delay.measured(Duration.ZERO, true);
        }
        assertEquals(Duration.ofSeconds(61), delay.current());
        assertTrue(delay.isPastLimit());
        delay.measured(Duration.ZERO, false);
        assertEquals(Duration.ZERO, delay.current());
    }

    @Test
    void whereNobodyLooksItIsNotKnownToBeWell() {
        delay.measured(Duration.ZERO, false);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertEquals(Duration.ZERO, delay.current(), "between two looks");
        now.addAndGet(Duration.ofSeconds(57).toNanos());
        assertTrue(delay.isPastLimit());
    }
}
