package org.xietong.ledger;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.ProblemException;

/**
 * The checkpoints that are timed, for everybody, like the log itself and by the same few connections ({@link LogReader}); the newest
 * is looked up once a second at most.
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class OpenTimeStamps {
    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final javax.sql.DataSource store;
    private final LongSupplier nanoTime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look last;

    /** A failure counts as one too, so that many who ask do not queue at a store that is down. */
    private record Look(
            long at,
            Optional<TimedCheckpoint> newest,
            @Nullable ProblemException failure) {}

    @Inject
    OpenTimeStamps(@DataSource("public") javax.sql.DataSource store) {
        this(store, System::nanoTime);
    }

    OpenTimeStamps(javax.sql.DataSource store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /** The newest of a second ago or later. */
    public Optional<TimedCheckpoint> newest() {
        long earliest = nanoTime.getAsLong() - FRESH;
        Look seen = last;
        if (seen == null || seen.at - earliest < 0) {
            looking.lock();
            try {
                seen = last;
                if (seen == null || seen.at - earliest < 0) {
                    seen = look();
                    last = seen;
                }
            } finally {
                looking.unlock();
            }
        }
        if (seen.failure != null) {
            throw new ProblemException(seen.failure.type());
        }
        return seen.newest;
    }

    private Look look() {
        long begun = nanoTime.getAsLong();
        try {
            return new Look(begun, TimedRows.newest(store), null);
        } catch (ProblemException e) {
            return new Look(nanoTime.getAsLong(), Optional.empty(), e);
        }
    }

    /** That of exactly this size. */
    public Optional<TimedCheckpoint> at(long size) {
        return TimedRows.at(store, size);
    }
}
