package org.xietong.record;

import java.util.Optional;

/**
 * Which open deadlines are asked for.
 *
 * @param after cursor of the page before
 */
public record DeadlineQuery(Whose whose, When when, Optional<String> after, int limit) {
    /** Whose time it is. */
    public enum Whose {
        /** The caller's unit's. */
        MINE,
        /** Others', upon records that the caller sees in full. */
        OVERSEEN
    }

    /** How they stand to the hour. */
    public enum When {
        ANY,
        OVERDUE,
        /** Due within the days that the service is configured for. */
        SOON
    }
}
