package org.xietong.ledger;

import java.util.List;
import java.util.Optional;

/** A page of disclosures, newest first; {@code next} is empty on the last one. */
public record DisclosurePage(List<Disclosure> rows, Optional<DisclosureCursor> next) {
    /** @param rows at most one more than the limit, which tells whether a page follows */
    static DisclosurePage of(List<Disclosure> rows, int limit) {
        boolean more = rows.size() > limit;
        List<Disclosure> page = List.copyOf(more ? rows.subList(0, limit) : rows);
        return new DisclosurePage(page, more ? Optional.of(page.getLast().cursor()) : Optional.empty());
    }
}
