package org.xietong.agency;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/** Days of a directory file as moments. They are days of Asia/Shanghai, the last one included. */
final class Days {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Days() {}

    /** The day that a moment lies in. */
    static LocalDate of(Instant at) {
        return at.atZone(ZONE).toLocalDate();
    }

    /** From the start of the first day to the end of the last; an open side has no bound. */
    static Validity validity(Optional<LocalDate> first, Optional<LocalDate> last) {
        return new Validity(
                first.map(day -> day.atStartOfDay(ZONE).toInstant()).orElse(Instant.MIN),
                last.map(day -> day.plusDays(1).atStartOfDay(ZONE).toInstant()).orElse(Instant.MAX));
    }
}
