package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts waiting entries into the ledger: one leader among the replicas, by a lease in the store (holder, epoch, three seconds by the
 * database's clock). Each round is one transaction that takes entries by deleting them, adds contiguous leaves and the tiles
 * that they touch, and moves both heads. Whatever fails leaves the ledger as it was, and the entries waiting.
 * A leader that was stopped inside its transaction loses its session (roles.sql), so that another takes over within
 * five seconds; when it wakes it can write nothing. One thread at a time.
 */
final class Sequencer {
    /** No wait on the store is longer; a round is far shorter. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Whether a round would do something: cheap, and changes nothing. */
    private static final String LOOK = """
            SELECT (holder = ? OR until < clock_timestamp() OR until > clock_timestamp() + interval '3 s')
                AND (until < clock_timestamp() + interval '1500 ms' OR EXISTS (SELECT 1 FROM journal_pending WHERE entry_id >= ?))
            FROM ledger_head
            """;

    private final DataSource store;
    private final int batch;
    private final LongSupplier seen;
    private final LeavesAhead ahead;
    private final PendingFloor floor = new PendingFloor(System::nanoTime);
    private final UUID self = UUID.randomUUID();
    private @Nullable LedgerEdges edges;
    /** Whether the last round was, so that more may wait. */
    private boolean full;

    /** @param store with the rights of {@code xietong_sequencer} */
    Sequencer(DataSource store, int batch) {
        this(store, batch, () -> 0);
    }

    /** @param seen size of the largest published checkpoint that this replica knows of: a smaller head was set back */
    Sequencer(DataSource store, int batch, LongSupplier seen) {
        this.store = store;
        this.batch = batch;
        this.seen = seen;
        this.ahead = new LeavesAhead(store);
    }

    /** Who leads, where this one does. */
    UUID self() {
        return self;
    }

    /**
     * One round.
     *
     * @return how many entries got their place; none where nothing waits or another replica leads
     * @throws CorruptLedgerException if the stored tiles contradict the head
     * @throws SetBackException if the ledger is smaller than it was: nothing was appended
     */
    int sequence() throws SQLException {
        try (Connection connection = store.getConnection()) {
            int sequenced = full || isWanted(connection) ? round(connection) : 0;
            full = sequenced == batch;
            return sequenced;
        } catch (SQLException | RuntimeException e) {
            full = false;
            throw e;
        }
    }

    private boolean isWanted(Connection connection) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(LOOK)) {
            look.setObject(1, self);
            look.setObject(2, floor.from());
            try (ResultSet row = look.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private int round(Connection connection) throws SQLException {
        try (BoundedTransaction transaction = new BoundedTransaction(connection, LIMIT)) {
            LedgerTransaction ledger = new LedgerTransaction(connection, self);
            UUID from = floor.from();
            Optional<LedgerTransaction.Lead> lead = ledger.lead(from, batch);
            if (lead.isEmpty()) {
                return 0;
            }
            requireGrown(lead.get().head());
            List<UUID> taken = lead.get().taken();
            floor.saw(from, taken.isEmpty() ? ExchangeIds.next() : taken.getFirst());
            LedgerEdges grown = taken.isEmpty() ? null : append(connection, ledger, lead.get());
            transaction.commit();
            edges = grown == null ? edges : grown;
            return taken.size();
        } catch (CommitUnknownException e) {
            edges = null;
            throw e.reason;
        }
    }

    /** The store may be another one behind the same address: a standby that lagged, a back-up. */
    private void requireGrown(LedgerHead head) {
        LedgerEdges known = edges;
        long least =
                Math.max(seen.getAsLong(), known == null ? 0 : known.sha256().size());
        if (head.size() < least) {
            edges = null;
            throw new SetBackException(head.size(), least);
        }
    }

    private LedgerEdges append(Connection connection, LedgerTransaction ledger, LedgerTransaction.Lead lead)
            throws SQLException {
        LedgerHead head = lead.head();
        LedgerEdges known = edges;
        LedgerEdges from = known != null && known.make(head) ? known : LedgerEdges.read(connection, head);
        List<Leaf> leaves = ledger.leaves(lead.taken(), ahead.take());
        if (leaves.size() == batch) {
            ahead.begin(lead.taken().getLast(), batch);
        }
        LedgerEdges.Grown grown = from.append(leaves);
        ledger.append(head, leaves, grown);
        return grown.edges();
    }
}
