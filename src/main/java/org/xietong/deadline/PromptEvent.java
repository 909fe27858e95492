package org.xietong.deadline;

import java.util.Locale;

/** What becomes of a prompt to consider a transfer; the acts of the kind {@code prompt} in {@code law/deadlines.yaml}. */
public enum PromptEvent {
    RAISE,
    /** Transferred, or decided not to. */
    ANSWER,
    /** What had raised it is there no more. */
    LAPSE;

    public String act() {
        return name().toLowerCase(Locale.ROOT);
    }
}
