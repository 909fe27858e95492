package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Reminds at a time that a test chooses. */
@ApplicationScoped
public class TestReminders {
    private final DeadlineReminders reminders;

    TestReminders(DeadlineReminders reminders) {
        this.reminders = reminders;
    }

    /** How many deadlines somebody was told of. */
    public int at(Instant now) {
        return reminders.remind(now);
    }
}
