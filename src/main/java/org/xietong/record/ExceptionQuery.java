package org.xietong.record;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which list is asked for.
 *
 * @param from first day that counts, in Shanghai; {@code until} the last. Of a deadline the day counts on which it became late, of a decision
 *     not to transfer its own, of a refused transfer that of its registration
 * @param after cursor of the page before
 */
public record ExceptionQuery(
        ExceptionList list, Optional<LocalDate> from, Optional<LocalDate> until, Optional<String> after, int limit) {

    /** The next page. */
    public ExceptionQuery after(String cursor) {
        return new ExceptionQuery(list, from, until, Optional.of(cursor), limit);
    }
}
