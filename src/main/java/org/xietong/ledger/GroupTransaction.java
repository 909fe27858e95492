package org.xietong.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.xietong.ledger.JournalStatement.Written;
import org.xietong.ledger.PreparedRecord.NonceMark;

/** Writes what a group of callers handed in with one commit, and settles each of them. Never throws, never waits for ever. */
final class GroupTransaction {
    private static final int STALE_CONNECTIONS = 32;

    private final DataSource store;
    private final Duration patience;
    private final JournalMetrics metrics;

    GroupTransaction(DataSource store, Duration patience, JournalMetrics metrics) {
        this.store = store;
        this.patience = patience;
        this.metrics = metrics;
    }

    /**
     * Settles every ticket: written and durable, a replay, unstorable, or unavailable. Where two tickets use one nonce,
     * the first alone is tried. When the store refuses a record, the group is halved until that record stands alone.
     */
    void settle(List<Ticket> tickets) {
        List<Ticket> first = new ArrayList<>(tickets.size());
        List<Ticket> twins = new ArrayList<>();
        divide(tickets, first, twins);
        try {
            commit(first);
            twins.forEach(ticket -> ticket.fail(new ReplayException()));
        } catch (CommitUnknownException e) {
            failAll(tickets, e.reason);
        } catch (SQLException e) {
            StoreFault fault = StoreFault.of(e);
            if (fault != StoreFault.RECORD && fault != StoreFault.COLLISION) {
                failAll(tickets, e);
            } else if (tickets.size() > 1) {
                settle(tickets.subList(0, tickets.size() / 2));
                settle(tickets.subList(tickets.size() / 2, tickets.size()));
            } else if (fault == StoreFault.RECORD) {
                tickets.getFirst().fail(new UnstorableRecordException(e));
            } else {
                failAll(tickets, e);
            }
        } catch (RuntimeException e) {
            failAll(tickets, e);
        }
    }

    private static void divide(List<Ticket> tickets, List<Ticket> first, List<Ticket> twins) {
        Set<String> seen = new HashSet<>();
        for (Ticket ticket : tickets) {
            if (ticket.isSettled()) {
                continue;
            }
            List<String> keys =
                    ticket.prepared().marks().stream().map(NonceMark::key).toList();
            if (keys.stream().anyMatch(seen::contains)) {
                twins.add(ticket);
            } else {
                seen.addAll(keys);
                first.add(ticket);
            }
        }
    }

    /** Tries again only while nothing can have been committed: a pool may hand out connections that died unnoticed. */
    private void commit(List<Ticket> tickets) throws SQLException, CommitUnknownException {
        long start = System.nanoTime();
        for (int attempt = 1; !tickets.isEmpty(); attempt++) {
            try (Connection connection = store.getConnection()) {
                try {
                    commitOn(connection, tickets);
                    return;
                } catch (SQLException e) {
                    boolean late = System.nanoTime() - start > patience.toNanos();
                    if (StoreFault.of(e) != StoreFault.CONNECTION || late || attempt == STALE_CONNECTIONS) {
                        throw e;
                    }
                }
            }
        }
    }

    private void commitOn(Connection connection, List<Ticket> tickets) throws SQLException, CommitUnknownException {
        try (BoundedTransaction transaction = new BoundedTransaction(connection, patience)) {
            List<Ticket> remaining = stillWaiting(tickets);
            while (!remaining.isEmpty()) {
                Written written = JournalStatement.write(
                        connection, remaining.stream().map(Ticket::prepared).toList());
                List<Ticket> kept = settleReplays(remaining, written.replays());
                if (written.mustRollBack()) {
                    transaction.rollback();
                    remaining = kept;
                    continue;
                }
                transaction.commit();
                metrics.committed(kept.size());
                kept.forEach(Ticket::succeed);
                return;
            }
        }
    }

    /** To wait for a connection may have taken longer than callers wait: whoever has given up is not written. */
    private static List<Ticket> stillWaiting(List<Ticket> tickets) {
        return tickets.stream().filter(ticket -> !ticket.isSettled()).toList();
    }

    private static List<Ticket> settleReplays(List<Ticket> tickets, Set<Integer> replays) {
        List<Ticket> kept = new ArrayList<>(tickets.size());
        for (int i = 0; i < tickets.size(); i++) {
            if (replays.contains(i)) {
                tickets.get(i).fail(new ReplayException());
            } else {
                kept.add(tickets.get(i));
            }
        }
        return kept;
    }

    private static void failAll(List<Ticket> tickets, Exception reason) {
        tickets.forEach(
                ticket -> ticket.fail(new JournalUnavailableException("the journal cannot be written", reason)));
    }
}
