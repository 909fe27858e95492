package org.xietong.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text and the values of a page's query. Ordered and cut by (time, id) alone, so that each page is one stretch of an
 * index: of {@code exchange_touched} where subjects matter, else of {@code exchange_index}.
 */
final class ExchangeSql {
    private static final String COLUMNS =
            "x.id, x.time, x.agency, x.unit, x.system, x.officer, x.operation, x.kind, x.outcome, x.rule, x.status, "
                    // Not as a join: it is looked up for the rows of the page, and for no others.
                    + "(SELECT l.position FROM ledger_leaf l WHERE l.entry_id = x.id)";

    /** One exchange by its id, with the columns of a page. */
    static final String ONE = "SELECT " + COLUMNS + " FROM exchange_index x WHERE x.id = ?";

    private final StringBuilder text = new StringBuilder(600);
    private final List<Object> values = new ArrayList<>();

    private ExchangeSql() {}

    static ExchangeSql page(ExchangeScope scope, ExchangeFilter filter, Optional<ExchangeCursor> after, int rows) {
        ExchangeSql sql = new ExchangeSql();
        String ownerUnit = scope instanceof ExchangeScope.Touching touching ? touching.ownerUnit() : null;
        boolean ofThreads = scope instanceof ExchangeScope.Within within
                && !within.threads().isEmpty();
        boolean bySubject = ownerUnit != null || ofThreads || filter.isNarrow();
        if (filter.participant() != null) {
            sql.text.append("SELECT DISTINCT ON (t.time, t.entry_id) ").append(COLUMNS);
            sql.text.append(" FROM exchange_participant t JOIN exchange_index x ON x.id = t.entry_id");
            if (ownerUnit != null || ofThreads || filter.thread() != null) {
                sql.text.append(" JOIN exchange_touched s ON s.entry_id = t.entry_id AND s.subject = t.subject");
            }
            sql.text.append(" WHERE true");
            sql.and("t.participant = ?", filter.participant());
            sql.and("s.owner_unit = ?", ownerUnit);
            sql.and("t.subject = ?", filter.subject());
            sql.and("s.thread = ?", filter.thread());
        } else if (bySubject) {
            // An exchange that touched several subjects shows once. Not as a subquery: the limit would not reach into
            // it.
            sql.text.append("SELECT DISTINCT ON (t.time, t.entry_id) ").append(COLUMNS);
            sql.text.append(" FROM exchange_touched t JOIN exchange_index x ON x.id = t.entry_id WHERE true");
            sql.and("t.owner_unit = ?", ownerUnit);
            sql.and("t.subject = ?", filter.subject());
            sql.and("t.thread = ?", filter.thread());
        } else {
            sql.text.append("SELECT ").append(COLUMNS).append(" FROM exchange_index x WHERE true");
        }
        String time = bySubject ? "t.time" : "x.time";
        String id = bySubject ? "t.entry_id" : "x.id";
        sql.scope(scope);
        sql.within(scope, time, filter.participant() != null ? "s.thread" : "t.thread");
        sql.filter(filter);
        sql.stretch(time, id, filter, after);
        sql.text.append(" ORDER BY ").append(time).append(" DESC, ").append(id).append(" DESC");
        // A literal: a plan that is made for all values must still know how little is asked for.
        sql.text.append(" LIMIT ").append(rows);
        return sql;
    }

    String text() {
        return text.toString();
    }

    List<Object> values() {
        return values;
    }

    private void scope(ExchangeScope scope) {
        switch (scope) {
            case ExchangeScope.OfSystem own -> and("x.system = ?", own.system());
            case ExchangeScope.OfUnit own -> and("x.unit = ?", own.unit());
            case ExchangeScope.Touching touching -> {}
            case ExchangeScope.Everything everything -> {}
            case ExchangeScope.Within within ->
                and("x.agency = ANY (string_to_array(?, ','))", joined(within.agencies()));
        }
    }

    private void within(ExchangeScope scope, String time, String thread) {
        if (scope instanceof ExchangeScope.Within within) {
            and(time + " >= ?", stamp(within.from()));
            and(time + " < ?", stamp(within.until()));
            if (!within.threads().isEmpty()) {
                and(thread + " = ANY (string_to_array(?, ',')::uuid[])", joined(within.threads()));
            }
        }
    }

    /** Codes and ids hold no comma. */
    static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private void filter(ExchangeFilter filter) {
        and("x.agency = ?", filter.agency());
        and("x.system = ?", filter.system());
        and("x.officer = ?", filter.officer());
        and("x.kind = ?", filter.kind());
        and("x.rule = ?", filter.rule());
        and("x.level = ?", filter.level());
        if (filter.outcome() != null) {
            // A literal, so that the planner can prove that the partial index covers it.
            text.append(" AND x.outcome = '").append(filter.outcome().name()).append('\'');
        }
    }

    private void stretch(String time, String id, ExchangeFilter filter, Optional<ExchangeCursor> after) {
        and(time + " >= ?", stamp(filter.from()));
        and(time + " < ?", stamp(filter.until()));
        after.ifPresent(cursor -> {
            text.append(" AND (").append(time).append(", ").append(id).append(") < (?, ?)");
            values.add(cursor.time().atOffset(ZoneOffset.UTC));
            values.add(cursor.id());
        });
    }

    private static @Nullable Object stamp(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private void and(String condition, @Nullable Object value) {
        if (value != null) {
            text.append(" AND ").append(condition);
            values.add(value);
        }
    }
}
