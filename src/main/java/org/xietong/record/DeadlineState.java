package org.xietong.record;

/** A code of {@code deadline-states}: those of a deadline, and what the hour makes of a running one. */
public enum DeadlineState {
    RUNNING,
    /** A duty whose last instant has passed. */
    OVERDUE,
    /** A right whose last instant has passed. */
    EXPIRED,
    /** The law says 立即 or 及时. */
    PROMPT,
    SUSPENDED,
    MET,
    MISSED,
    ENDED,
    NO_RULE
}
