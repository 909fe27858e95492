package org.xietong.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Rows, newest first.
 *
 * @param next where to go on; empty when nothing older was there
 */
public record ExchangePage(List<ExchangeRow> rows, Optional<ExchangeCursor> next) {
    public ExchangePage {
        rows = List.copyOf(rows);
    }

    /** From up to one row more than the page holds. */
    static ExchangePage of(List<ExchangeRow> found, int limit) {
        if (found.size() <= limit) {
            return new ExchangePage(found, Optional.empty());
        }
        List<ExchangeRow> rows = found.subList(0, limit);
        return new ExchangePage(rows, Optional.of(rows.getLast().cursor()));
    }
}
