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
        delay.measured(Duration.ofSeconds(9), 7, 7);
        assertFalse(delay.isOverdue());
        delay.measured(Duration.ofSeconds(11), 7, 7);
        assertTrue(delay.isOverdue());
        delay.requireWithin();
        delay.measured(Duration.ofSeconds(61), 7, 7);
        assertThrows(JournalUnavailableException.class, delay::requireWithin);
        delay.measured(Duration.ZERO, 7, 7);
        delay.requireWithin();
    }

    @Test
    void aHeadThatNobodySignsCountsFromWhenItWasFirstSeen() {
        delay.measured(Duration.ZERO, 8, 7);
        for (int i = 0; i < 61; i++) {
            now.addAndGet(Duration.ofSeconds(1).toNanos());
            delay.measured(Duration.ZERO, 8, 7);
        }
        assertEquals(Duration.ofSeconds(61), delay.current());
        assertTrue(delay.isPastLimit());
        delay.measured(Duration.ZERO, 7, 7);
        assertEquals(Duration.ZERO, delay.current());
    }

    /** While entries keep coming the head is nearly always ahead of the newest checkpoint, and all is well. */
    @Test
    void aHeadThatAlwaysMovesAndIsAlwaysPublishedIsNotBehind() {
        for (int i = 1; i < 200; i++) {
            now.addAndGet(Duration.ofMillis(500).toNanos());
            delay.measured(Duration.ZERO, 100L * i, 100L * i - 60);
            assertTrue(delay.current().compareTo(Duration.ofSeconds(1)) <= 0, () -> "behind " + delay.current());
        }
    }

    @Test
    void whereNobodyLooksItIsNotKnownToBeWell() {
        delay.measured(Duration.ZERO, 7, 7);
        now.addAndGet(Duration.ofSeconds(4).toNanos());
        assertEquals(Duration.ZERO, delay.current(), "between two looks");
        now.addAndGet(Duration.ofSeconds(57).toNanos());
        assertTrue(delay.isPastLimit());
    }
}
