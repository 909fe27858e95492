package org.xietong.kind;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.Occurred;
import org.xietong.problem.FieldFault;

/** Days that a content states. */
final class Days {
    private Days() {}

    /** What a record says was done cannot lie in the future, by Shanghai's calendar. */
    static List<FieldFault> notAfterToday(String pointer, @Nullable LocalDate day) {
        return day != null && day.isAfter(LocalDate.now(Occurred.ZONE))
                ? List.of(new FieldFault(pointer, "FUTURE"))
                : List.of();
    }

    static List<FieldFault> inOrder(String pointer, @Nullable LocalDate from, @Nullable LocalDate to) {
        return from != null && to != null && to.isBefore(from) ? List.of(new FieldFault(pointer, "ORDER")) : List.of();
    }
}
