package org.xietong.deadline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.Occurred;

/**
 * When an event happened, as far as a clock needs it.
 *
 * @param day in Shanghai
 * @param instant to the minute, where it is known
 */
public record Moment(LocalDate day, @Nullable Instant instant) {
    static final ZoneId ZONE = Occurred.ZONE;

    public static Moment of(LocalDate day) {
        return new Moment(day, null);
    }

    public static Moment of(Instant instant) {
        return new Moment(instant.atZone(ZONE).toLocalDate(), instant);
    }

    /** The latest that it can have been: a day alone may mean its last minute. */
    ZonedDateTime latest() {
        return instant == null ? day.plusDays(1).atStartOfDay(ZONE) : instant.atZone(ZONE);
    }

    boolean isAfter(Moment other) {
        return day.isAfter(other.day)
                || day.equals(other.day) && instant != null && other.instant != null && instant.isAfter(other.instant);
    }
}
