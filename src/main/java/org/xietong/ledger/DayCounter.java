package org.xietong.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * States in the journal how many entries of which agency a day has: each day once, whichever replica comes first, and days that
 * nobody was there to count in their order. Counting looks at entries that stand for good; stating is one transaction.
 */
final class DayCounter {
    /** How long after its end a day is counted: what began in it is answered by then, but for the largest bodies. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final DataSource store;
    private final Journal journal;
    private final Clock clock;

    /** @param store with the rights of {@code xietong_app} */
    DayCounter(DataSource store, Journal journal, Clock clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * States the first day that is over and not stated.
     *
     * @return what was stated; none where no day is due, entries of it still wait for their places, or another replica was first
     */
    Optional<DayCount> stateNext() throws SQLException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<DayCount> next;
        try (Connection connection = store.getConnection()) {
            next = count(new DayRows(connection), now);
        }
        return next.isPresent() && state(next.get(), now) ? next : Optional.empty();
    }

    private static Optional<DayCount> count(DayRows rows, Instant now) throws SQLException {
        Optional<DayRows.Stretch> stretch = rows.uncounted();
        if (stretch.isEmpty()) {
            return Optional.empty();
        }
        LocalDate day = stretch.get().day();
        Instant end = day.plusDays(1).atStartOfDay(DayCount.ZONE).toInstant();
        if (now.isBefore(end.plus(GRACE)) || rows.waitsBefore(end)) {
            return Optional.empty();
        }
        SortedMap<String, Long> counts = new TreeMap<>();
        long from = stretch.get().from();
        long position = from;
        for (List<DayRows.Leaf> some = rows.leaves(from); !some.isEmpty(); some = rows.leaves(position)) {
            for (DayRows.Leaf leaf : some) {
                // A clock that ran ahead must not end the day for everybody.
                if (!leaf.time().isBefore(end) && !leaf.time().isAfter(now)) {
                    return Optional.of(new DayCount(day, from, position, counts));
                }
                counts.merge(leaf.agency(), 1L, Long::sum);
                position++;
            }
        }
        return Optional.of(new DayCount(day, from, position, counts));
    }

    private boolean state(DayCount day, Instant now) throws SQLException {
        UUID id = ExchangeIds.next();
        ExchangeRecord record = PlatformEntry.of(
                id, now, "LOG_DAY", DayCount.RULE, List.of(PartContent.of(PartContent.DECISION, day.statement())));
        try (Connection connection = store.getConnection();
                BoundedTransaction transaction = new BoundedTransaction(connection, LIMIT)) {
            if (!new DayRows(connection).add(day, id)) {
                return false;
            }
            journal.append(connection, record);
            transaction.commit();
            return true;
        } catch (CommitUnknownException e) {
            throw e.reason;
        }
    }
}
