package org.xietong.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Which exchanges a reader wants; all that is given must hold. Whether he may filter by a field is decided above (I4).
 *
 * @param subject a subject that the exchange disclosed or changed
 * @param thread a thread whose subjects it disclosed or changed
 * @param participant whom a subject concerns that it disclosed or changed
 * @param level the highest level of what it touched
 * @param from earliest time, inclusive
 * @param until latest time, exclusive
 */
public record ExchangeFilter(
        @Nullable String agency,
        @Nullable String system,
        @Nullable String officer,
        @Nullable UUID subject,
        @Nullable UUID thread,
        @Nullable UUID participant,
        @Nullable String kind,
        @Nullable String level,
        @Nullable Outcome outcome,
        @Nullable String rule,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** Every exchange. */
    public static final ExchangeFilter NONE =
            new ExchangeFilter(null, null, null, null, null, null, null, null, null, null, null, null);

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** @throws ProblemException {@code INVALID_QUERY} for times outside the years 1 to 9999 */
    public ExchangeFilter {
        if ((from != null && !storable(from)) || (until != null && !storable(until))) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("time", "RANGE"));
        }
    }

    public ExchangeFilter agency(String value) {
        return new ExchangeFilter(
                value, system, officer, subject, thread, participant, kind, level, outcome, rule, from, until);
    }

    public ExchangeFilter system(String value) {
        return new ExchangeFilter(
                agency, value, officer, subject, thread, participant, kind, level, outcome, rule, from, until);
    }

    public ExchangeFilter officer(String value) {
        return new ExchangeFilter(
                agency, system, value, subject, thread, participant, kind, level, outcome, rule, from, until);
    }

    public ExchangeFilter subject(UUID value) {
        return new ExchangeFilter(
                agency, system, officer, value, thread, participant, kind, level, outcome, rule, from, until);
    }

    public ExchangeFilter thread(UUID value) {
        return new ExchangeFilter(
                agency, system, officer, subject, value, participant, kind, level, outcome, rule, from, until);
    }

    public ExchangeFilter participant(UUID value) {
        return new ExchangeFilter(
                agency, system, officer, subject, thread, value, kind, level, outcome, rule, from, until);
    }

    public ExchangeFilter kind(String value) {
        return new ExchangeFilter(
                agency, system, officer, subject, thread, participant, value, level, outcome, rule, from, until);
    }

    public ExchangeFilter level(String value) {
        return new ExchangeFilter(
                agency, system, officer, subject, thread, participant, kind, value, outcome, rule, from, until);
    }

    public ExchangeFilter outcome(Outcome value) {
        return new ExchangeFilter(
                agency, system, officer, subject, thread, participant, kind, level, value, rule, from, until);
    }

    public ExchangeFilter rule(String value) {
        return new ExchangeFilter(
                agency, system, officer, subject, thread, participant, kind, level, outcome, value, from, until);
    }

    public ExchangeFilter between(@Nullable Instant earliest, @Nullable Instant before) {
        return new ExchangeFilter(
                agency, system, officer, subject, thread, participant, kind, level, outcome, rule, earliest, before);
    }

    /** Whether it asks about certain subjects or persons. */
    public boolean isNarrow() {
        return subject != null || thread != null || participant != null;
    }

    static boolean storable(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }
}
