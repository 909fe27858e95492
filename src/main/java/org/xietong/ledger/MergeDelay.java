package org.xietong.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * How long the oldest exchange that stands in no published checkpoint has been waiting for one. An answer is the promise that
 * it will stand in the log within the maximum merge delay; past a limit nothing more is promised. Thread-safe.
 */
@Singleton
public class MergeDelay {
    /** The oldest by id, and of those the oldest by time: ids follow the time of the request. */
    private static final String WAITING = """
            SELECT coalesce((extract(epoch FROM clock_timestamp() - min(at)) * 1000)::bigint, 0),
                   (SELECT size FROM ledger_head), coalesce((SELECT max(size) FROM ledger_checkpoint), 0),
                   (array_agg(entry_id ORDER BY entry_id))[1]
                FROM (SELECT at, entry_id FROM journal_pending WHERE entry_id >= ? ORDER BY entry_id LIMIT 256) oldest
            """;
    /** Measurements come twice a second; without one for so long, the delay is as long as that. */
    private static final Duration UNMEASURED = Duration.ofSeconds(5);

    private final Duration promised;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final PendingFloor floor;
    private volatile Measured measured;

    /**
     * @param awaited the size that a checkpoint must have at least, so that what was in the trees at {@code since} is published
     * @param since 0 where nothing is awaited
     */
    private record Measured(long at, Duration pending, long awaited, long since) {}

    @Inject
    MergeDelay(LogConfig config, MeterRegistry metrics) {
        this(config.mergeDelay(), config.stopAfter(), System::nanoTime);
        Gauges.register(
                metrics,
                "xietong.ledger.merge.delay",
                "seconds",
                this,
                delay -> delay.current().toNanos() / 1e9);
        Gauges.register(
                metrics, "xietong.ledger.merge.delay.promised", "seconds", this, delay -> promised.toNanos() / 1e9);
    }

    /** @param nanoTime never 0 */
    MergeDelay(Duration promised, Duration limit, LongSupplier nanoTime) {
        this.promised = promised;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.floor = new PendingFloor(nanoTime);
        this.measured = new Measured(nanoTime.getAsLong(), Duration.ZERO, 0, 0);
    }

    /** Looks at what waits. */
    void measure(Connection connection) throws SQLException {
        UUID from = floor.from();
        try (PreparedStatement select = connection.prepareStatement(WAITING)) {
            select.setObject(1, from);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                measured(Duration.ofMillis(Math.max(0, row.getLong(1))), row.getLong(2), row.getLong(3));
                floor.saw(
                        from, Optional.ofNullable(row.getObject(4, UUID.class)).orElseGet(ExchangeIds::next));
            }
        }
    }

    /**
     * @param head size of the trees
     * @param published size of the newest checkpoint
     */
    void measured(Duration pending, long head, long published) {
        long now = nanoTime.getAsLong();
        Measured last = measured;
        if (last.since != 0 && published < last.awaited) {
            measured = new Measured(now, pending, last.awaited, last.since);
        } else {
            measured = new Measured(now, pending, head, head > published ? now : 0);
        }
    }

    /** The delay now, as far as it is known. */
    public Duration current() {
        Measured last = measured;
        long now = nanoTime.getAsLong();
        Duration unmeasured = Duration.ofNanos(now - last.at);
        Duration pending = unmeasured.compareTo(UNMEASURED) > 0 ? last.pending.plus(unmeasured) : last.pending;
        Duration unpublished = last.since == 0 ? Duration.ZERO : Duration.ofNanos(now - last.since);
        return pending.compareTo(unpublished) > 0 ? pending : unpublished;
    }

    /** Whether the promise is broken. */
    public boolean isOverdue() {
        return current().compareTo(promised) > 0;
    }

    /** Whether nothing may be promised any more. */
    public boolean isPastLimit() {
        return current().compareTo(limit) > 0;
    }

    /** @throws JournalUnavailableException past the limit */
    void requireWithin() {
        if (isPastLimit()) {
            throw new JournalUnavailableException("the log is too far behind");
        }
    }
}
