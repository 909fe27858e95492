package org.xietong.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The public side of the log: checkpoints, and the hashes below them; nothing else is to be had here. What no published checkpoint
 * covers is not shown. Reads with a few connections of its own, so that a flood of readers takes none from exchanges or auditors;
 * the newest checkpoint is looked up once a second at most, and full tiles, which never change, are kept.
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class LogReader {
    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final long FRESH = Duration.ofSeconds(1).toNanos();
    /** Of 8 KiB each. */
    private static final int TILES = 1_024;

    private final javax.sql.DataSource store;
    private final LongSupplier nanoTime;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look last;
    private final Cache<Place, byte[]> full = Caffeine.newBuilder()
            .maximumSize(TILES)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    @Inject
    public LogReader(@DataSource("public") javax.sql.DataSource store) {
        this(store, System::nanoTime);
    }

    LogReader(javax.sql.DataSource store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
    }

    private record Place(TreeHash tree, TilePath.Hashes path) {}

    /**
     * One look at the newest checkpoint. A failure counts as one too, so that many who ask do not queue at a store that is down.
     *
     * @param at what is published by then is seen
     */
    private record Look(
            long at, Optional<SignedHead> head, @Nullable SQLException failure) {}

    /** The newest of a second ago or later, with the cosignatures that it had then; none before the first was signed. */
    public Optional<SignedHead> newest() {
        return newestOf(nanoTime.getAsLong() - FRESH);
    }

    /** A tile of hashes; none unless it lies wholly below the newest checkpoint. */
    public Optional<byte[]> tile(TreeHash tree, TilePath.Hashes path) {
        Place place = new Place(tree, path);
        byte[] kept = full.getIfPresent(place);
        if (kept != null) {
            return Optional.of(kept.clone());
        }
        if (!isWithin(path, newest()) && !isWithin(path, newestOf(nanoTime.getAsLong()))) {
            return Optional.empty();
        }
        Optional<byte[]> read = read(tree, path);
        if (path.width() == TilePath.FULL) {
            read.ifPresent(hashes -> full.put(place, hashes.clone()));
        }
        return read;
    }

    private static boolean isWithin(TilePath.Hashes path, Optional<SignedHead> head) {
        return head.isPresent() && path.isWithin(head.get().size());
    }

    /** Whoever comes while somebody looks waits for him; who came before he began, is answered by what he saw. */
    private Optional<SignedHead> newestOf(long earliest) {
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
            throw unavailable(seen.failure);
        }
        return seen.head;
    }

    private Look look() {
        long begun = nanoTime.getAsLong();
        try (Connection connection = store.getConnection()) {
            Optional<SignedHead> newest = StoredCheckpoints.newest(connection);
            return new Look(
                    begun,
                    newest.isEmpty() ? newest : Optional.of(StoredCheckpoints.cosigned(connection, newest.get())),
                    null);
        } catch (SQLException e) {
            return new Look(nanoTime.getAsLong(), Optional.empty(), e);
        }
    }

    private Optional<byte[]> read(TreeHash tree, TilePath.Hashes path) {
        try (Connection connection = store.getConnection()) {
            return new StoredTiles(connection, tree).read(path);
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (IOException e) {
            LOG.warnf("the log cannot be read: %s", e.getMessage());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    private static ProblemException unavailable(SQLException e) {
        LOG.warnf("the log cannot be read: SQLSTATE %s", e.getSQLState());
        return new ProblemException(ProblemType.UNAVAILABLE);
    }
}
