package org.xietong.deadline;

import java.util.Locale;

/** What an officer may decide of one deadline: a code of {@code deadline-orders}. */
public enum DeadlineOrder {
    /** Begins one whose rule no act of this service starts, e.g. the days of a seizure; given upon its record. */
    START,
    /** Adds one of the rule's extensions. */
    EXTEND,
    /** Puts one of the rule's other terms in place of the first. */
    VARY,
    SUSPEND,
    RESUME,
    /** Begins it anew, as where identity or another major crime was found. */
    RESTART,
    /** What is due was done: of one that an order began, since no act of this service tells of it. */
    FULFIL,
    /** Its reason does not hold, or holds no more. */
    END;

    String act() {
        return name().toLowerCase(Locale.ROOT);
    }
}
