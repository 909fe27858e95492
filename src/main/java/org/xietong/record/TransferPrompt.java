package org.xietong.record;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.deadline.CaseClocks;
import org.xietong.threshold.Assessment;

/**
 * That a transfer must be considered 应当考虑移送 of what a record states; never that there is a crime (I10).
 *
 * @param number among those of its record
 * @param version of the record, by which it was raised
 * @param measured what raised it
 * @param transfer that answered it
 * @param decidedVersion of the record, whose act says why it was not transferred
 */
record TransferPrompt(
        UUID id,
        UUID matter,
        UUID record,
        int number,
        String kind,
        String owner,
        int version,
        Instant raisedAt,
        Assessment measured,
        State state,
        @Nullable Instant endedAt,
        @Nullable UUID transfer,
        @Nullable Integer decidedVersion,
        @Nullable String decidedBy) {

    /** A code of {@code prompt-states}. */
    enum State {
        OPEN,
        /** Reported to the head for a transfer, or handed over. */
        TRANSFERRED,
        /** The head declined the transfer, with his reasons in it. */
        DECLINED,
        /** An officer decided not to transfer, with his reasons. */
        CONSIDERED,
        LAPSED
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** The deadline that it started. */
    UUID deadline() {
        return CaseClocks.ofPrompt(record, number);
    }

    TransferPrompt measured(Assessment now) {
        return new TransferPrompt(
                id,
                matter,
                record,
                number,
                kind,
                owner,
                version,
                raisedAt,
                now,
                state,
                endedAt,
                transfer,
                decidedVersion,
                decidedBy);
    }

    TransferPrompt ended(State by, Instant at, @Nullable UUID transferred) {
        return new TransferPrompt(
                id,
                matter,
                record,
                number,
                kind,
                owner,
                version,
                raisedAt,
                measured,
                by,
                by == state && endedAt != null ? endedAt : at,
                transferred,
                decidedVersion,
                decidedBy);
    }

    TransferPrompt decided(Instant at, int decision, String officer) {
        return new TransferPrompt(
                id,
                matter,
                record,
                number,
                kind,
                owner,
                version,
                raisedAt,
                measured,
                State.CONSIDERED,
                at,
                null,
                decision,
                officer);
    }
}
