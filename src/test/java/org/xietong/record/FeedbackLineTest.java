package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was told to one shows to another as far as he is shown the same himself. */
class FeedbackLineTest {
    private static final UUID RECORD = new UUID(0, 1);
    private static final UUID SUSPECT = new UUID(0, 2);
    private static final UUID OTHER = new UUID(0, 3);

    @Test
    void showsNothingThatTheReaderIsNotShownHimself() {
        FeedbackLine told = line(SUSPECT, "EFFECTIVE", "CONVICTED");
        assertEquals(
                Optional.of(told), told.within(List.of(line(SUSPECT, "PRONOUNCED", "CONVICTED"))), "as it was told");
        assertEquals(
                Optional.of(new FeedbackLine("judgment", RECORD, null, SUSPECT, "CONVICTED", null, false)),
                told.within(List.of(line(SUSPECT, null, "CONVICTED"))),
                "from whom the state is hidden, that it has ended is, too");
        assertEquals(
                Optional.of(line(SUSPECT, "EFFECTIVE", null)), told.within(List.of(line(SUSPECT, "EFFECTIVE", null))));
        assertEquals(Optional.empty(), told.within(List.of(line(OTHER, "EFFECTIVE", "CONVICTED"))));
        assertEquals(Optional.empty(), told.within(List.of(line(null, "EFFECTIVE", null))));
        assertEquals(Optional.empty(), told.within(List.of()));
    }

    private static FeedbackLine line(@Nullable UUID participant, @Nullable String state, @Nullable String outcome) {
        return new FeedbackLine("judgment", RECORD, state, participant, outcome, null, true);
    }
}
