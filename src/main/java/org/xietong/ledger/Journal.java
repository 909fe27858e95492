package org.xietong.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Where every exchange is written before it is answered (I3). It appends only, and knows no case: parts are bytes to it.
 *
 * <p>Either way of appending writes entry, parts, pending mark, search index and nonces together or not at all. Every
 * failure is a {@link JournalException}; the record is validated and hashed on the caller's thread.
 */
@Singleton
public class Journal implements AutoCloseable {
    private final JournalMetrics metrics;
    private final GroupCommit group;
    private final Runnable gate;

    /**
     * @param delay closes the journal while the log is further behind than its limit
     * @param restored closes it while the database is one that was set back
     * @param store gives connections of the application role. The writers' own threads carry no JTA transaction, so theirs
     *     are not part of one; a pool that enlists connections by force MUST NOT be given.
     */
    @Inject
    Journal(DataSource store, JournalConfig config, MeterRegistry registry, MergeDelay delay, RestoreGuard restored) {
        this(store, config, registry, () -> {
            delay.requireWithin();
            restored.requireOpen();
        });
    }

    /** A journal that no log's delay closes. */
    public Journal(DataSource store, JournalConfig config, MeterRegistry registry) {
        this(store, config, registry, () -> {});
    }

    private Journal(DataSource store, JournalConfig config, MeterRegistry registry, Runnable gate) {
        this.gate = gate;
        metrics = new JournalMetrics(registry);
        group = new GroupCommit(store, config, metrics);
    }

    /**
     * Appends in the caller's transaction, in one round trip. Durable when the caller commits. After any exception the
     * caller MUST roll back.
     *
     * @throws ReplayException if a nonce was used before; waits for another transaction that is just using it
     * @throws EntryTooLargeException if the entry would not fit; nothing was sent
     * @throws UnstorableRecordException if the store refuses this record's content
     * @throws JournalUnavailableException if the store fails, or the log is too far behind
     */
    public void append(Connection connection, ExchangeRecord record) {
        gate.run();
        PreparedRecord prepared = PreparedRecord.of(record);
        metrics.timed(() -> write(connection, prepared));
        metrics.joined();
    }

    /**
     * Appends in a commit shared with other callers, and returns when it is durable. Blocks, at most for the configured
     * patience and without pinning a virtual thread. MUST NOT be called inside a transaction whose outcome the entry
     * reports: it commits on its own.
     *
     * @throws ReplayException if a nonce was used before, also by a record of the same group; only this record is refused
     * @throws EntryTooLargeException if the entry would not fit; nothing was sent
     * @throws UnstorableRecordException if the store refuses this record's content; others of the group are written
     * @throws JournalUnavailableException if the store fails, too many wait, the journal stops, or the log is too far
     *     behind
     */
    public void appendGrouped(ExchangeRecord record) {
        gate.run();
        PreparedRecord prepared = PreparedRecord.of(record);
        metrics.timed(() -> group.append(prepared));
    }

    private static void write(Connection connection, PreparedRecord prepared) {
        try {
            if (!JournalStatement.write(connection, List.of(prepared)).replays().isEmpty()) {
                throw new ReplayException();
            }
        } catch (SQLException e) {
            if (StoreFault.of(e) == StoreFault.RECORD) {
                throw new UnstorableRecordException(e);
            }
            throw new JournalUnavailableException("the journal cannot be written", e);
        }
    }

    void onStop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
        close();
    }

    /** Writes what waits and stops; later appends in groups are refused. */
    @Override
    public void close() {
        group.close();
    }
}
