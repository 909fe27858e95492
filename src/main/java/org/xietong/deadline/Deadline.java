package org.xietong.deadline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A clock that was set going 期限, as it stands.
 *
 * @param id the same however often it is worked out again
 * @param duty whether who lets it pass is late
 * @param rule of the law; {@code variant} and {@code extensions} are codes of it
 * @param record whose act started it
 * @param participant whom it is about, where the rule counts for each
 * @param actors units whose time it is
 * @param startedRecorded when what started it was written down, whatever day that states; {@code endedRecorded} what ended it; unknown of
 *     what was recorded by a version that did not note it
 * @param dueOn its last day in Shanghai; none without a limit, while it stands still, or where no version of the rule was in force
 * @param dueAt the first instant at which it is late
 * @param certain false where a year without its notice of holidays was counted by weekends alone
 * @param endedOn when it was fulfilled or its reason fell away
 */
public record Deadline(
        UUID id,
        String rule,
        boolean duty,
        UUID matter,
        UUID record,
        UUID filing,
        @Nullable UUID participant,
        List<String> actors,
        Moment startedOn,
        @Nullable Instant startedRecorded,
        @Nullable LocalDate dueOn,
        @Nullable Instant dueAt,
        boolean certain,
        State state,
        @Nullable Moment endedOn,
        @Nullable Instant endedRecorded,
        @Nullable String variant,
        List<String> extensions) {
    public Deadline {
        actors = List.copyOf(actors);
        extensions = List.copyOf(extensions);
    }

    /** Whether it is late at that hour, or was fulfilled late. */
    public boolean isLate(Instant now) {
        return state == State.MISSED || state == State.RUNNING && dueAt != null && !now.isBefore(dueAt);
    }

    /** See {@code deadline-states}. Whether a running one is overdue is a question of the hour, not of its state. */
    public enum State {
        RUNNING,
        SUSPENDED,
        /** Fulfilled in time. */
        MET,
        /** Fulfilled late. */
        MISSED,
        /** Its reason fell away. */
        ENDED,
        /** No version of its rule was in force on the day: somebody must look. */
        NO_RULE
    }
}
