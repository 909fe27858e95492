package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/**
 * Recognises a database that was set back: it does not hold a checkpoint that this log has signed. At start it looks at those
 * that are kept outside the database, and asks the witnesses for theirs; while the service runs, at what witnesses show, which
 * closes every replica. Until an operator decides ({@code ./xietong ledger accept-restore}), nothing is answered, journaled or
 * sequenced, since whatever was appended now would fork a log that others have seen.
 *
 * <p>What closes it is proof, a signature of the log's own keys; what a witness merely says never does (ADR 0025). Closed until the
 * first look. Thread-safe.
 */
@Singleton
public class RestoreGuard {
    private static final Logger LOG = Logger.getLogger(RestoreGuard.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final AgroalDataSource store;
    private final LogIdentity identity;
    private final KnownCheckpoints known;
    private final WitnessInquiry witnesses;
    private final boolean keptOutside;
    private List<WitnessInquiry.Shown> shown = List.of();
    /** The newest checkpoint that this replica has seen published; null before the first, and after a decision. */
    private volatile @Nullable SignedHead seen;

    private volatile State state = State.UNKNOWN;
    private volatile long lostSize;
    private volatile long looked;

    private enum State {
        UNKNOWN,
        WHOLE,
        RESTORED
    }

    @Inject
    RestoreGuard(
            @DataSource("sequencer") AgroalDataSource store,
            LogConfig config,
            LogSigners signers,
            WitnessInquiry witnesses) {
        this.store = store;
        this.identity = new LogIdentity(
                config.origin(), signers::verifierKeys, config.formerKeys().orElse(List.of()));
        this.known = new KnownCheckpoints(
                config.outsideFolder(), config.knownCheckpoints().orElse(List.of()));
        this.witnesses = witnesses;
        this.keptOutside = config.outsideFolder().isPresent();
    }

    /** @throws IllegalStateException where a kept checkpoint cannot be read, or is not this log's: then nobody can say that the database is whole */
    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event) {
        if (!keptOutside && LaunchMode.current() == LaunchMode.NORMAL) {
            LOG.warn("未设置 xietong.log.outside-folder：数据库之外不保存检查点，被回退的数据库只有见证人能够识别"
                    + " / xietong.log.outside-folder is not set: no checkpoint is kept outside the database, and only witnesses"
                    + " can tell that it was set back");
        }
        synchronized (this) {
            shown = witnesses.ask();
        }
        look();
    }

    /** Whether anything may be answered and appended. */
    public boolean isOpen() {
        return state == State.WHOLE;
    }

    /** Whether the database is known to have been set back. */
    public boolean isRestored() {
        return state == State.RESTORED;
    }

    /** How large the log was of which the database holds less, or another; 0 where it is whole. */
    long lostSize() {
        return isRestored() ? lostSize : 0;
    }

    /** Whether the newest checkpoint is kept outside the database at all. */
    boolean isKeptOutside() {
        return keptOutside;
    }

    /** @throws JournalUnavailableException while it is not open */
    void requireOpen() {
        if (!isOpen()) {
            throw new JournalUnavailableException("the database was set back, and nobody has decided yet");
        }
    }

    /**
     * Looks again where it is not open, since the operator may have decided meanwhile; and where it is, whether any replica was
     * shown a proof.
     */
    boolean openNow() throws SQLException {
        if (!isOpen() || (isTime() && isContradicted())) {
            look();
        }
        return isOpen();
    }

    /** Size of the largest published checkpoint that this replica knows of; 0 where it knows of none. */
    long seenSize() {
        SignedHead known = seen;
        return known == null ? 0 : known.size();
    }

    /**
     * Compares the newest checkpoint with the one seen before: the database may be another one behind the same address. Closes every
     * replica where it does not hold that any more.
     *
     * @return whether it does
     */
    boolean isGrown(Connection connection, SignedHead newest) throws SQLException {
        SignedHead before = seen;
        if (before == null || before.equals(newest) || holds(connection, before)) {
            seen = newest;
            return true;
        }
        look();
        return false;
    }

    private static boolean holds(Connection connection, SignedHead head) throws SQLException {
        for (KnownCheckpoint one : ofThisReplica(head)) {
            if (!RestoreCheck.holds(connection, one.tree(), one.checkpoint())) {
                return false;
            }
        }
        return true;
    }

    private static List<KnownCheckpoint> ofThisReplica(@Nullable SignedHead head) {
        List<KnownCheckpoint> both = new ArrayList<>();
        try {
            for (TreeHash tree : TreeHash.values()) {
                if (head != null) {
                    both.add(new KnownCheckpoint(tree, head.checkpoint(tree), "本副本所见 / seen by this replica"));
                }
            }
        } catch (MalformedEvidenceException e) {
            throw new CorruptLedgerException("a published checkpoint cannot be read", e);
        }
        return both;
    }

    /** What is kept outside says more than the database: looks again before anything else is appended. */
    void suspect() {
        look();
    }

    /**
     * A checkpoint of this log that a witness shows. Closes this replica at once and the others within a second, if this log
     * has signed it and the database does not hold it.
     *
     * @return whether it is such a proof, about which nobody has decided
     */
    boolean show(String witness, SignedCheckpoint checkpoint) throws SQLException {
        try (Connection connection = store.getConnection()) {
            if (!isProof(connection, new WitnessInquiry.Shown(witness, checkpoint))) {
                return false;
            }
        }
        look();
        return isRestored();
    }

    private boolean isTime() {
        long now = System.nanoTime();
        if (now - looked < LOOK.toNanos()) {
            return false;
        }
        looked = now;
        return true;
    }

    private boolean isContradicted() throws SQLException {
        try (Connection connection = store.getConnection()) {
            return !LostCheckpoints.undecided(connection).isEmpty();
        }
    }

    private boolean isProof(Connection connection, WitnessInquiry.Shown one) throws SQLException {
        try {
            KnownCheckpoint checkpoint = identity.recognise(connection, one.checkpoint(), one.witness());
            if (!RestoreCheck.isLost(connection, checkpoint)) {
                return false;
            }
            LostCheckpoints.store(connection, checkpoint);
            return true;
        } catch (UnrecognisedCheckpointException e) {
            witnesses.doubt(one.witness(), e);
            return false;
        }
    }

    private synchronized void look() {
        try (Connection connection = store.getConnection()) {
            for (WitnessInquiry.Shown one : shown) {
                isProof(connection, one);
            }
            shown = List.of();
            List<KnownCheckpoint> all = new ArrayList<>(known.read(connection, identity));
            all.addAll(ofThisReplica(seen));
            all.addAll(LostCheckpoints.undecided(connection));
            List<KnownCheckpoint> lost = new ArrayList<>();
            for (KnownCheckpoint checkpoint : all) {
                if (RestoreCheck.isLost(connection, checkpoint)) {
                    // Other replicas may know nothing of it.
                    LostCheckpoints.store(connection, checkpoint);
                    lost.add(checkpoint);
                }
            }
            conclude(lost, RestoreCheck.size(connection));
        } catch (IOException e) {
            state = State.UNKNOWN;
            throw new IllegalStateException("保存的检查点不可用 / a kept checkpoint is of no use: " + e.getMessage(), e);
        } catch (SQLException e) {
            // What is known stays known: only a look that succeeds opens.
            state = state == State.RESTORED ? State.RESTORED : State.UNKNOWN;
            LOG.warnf("whether the database is whole is not known yet: SQLSTATE %s", e.getSQLState());
        }
    }

    private void conclude(List<KnownCheckpoint> lost, long size) {
        State before = state;
        lostSize = lost.stream().mapToLong(KnownCheckpoint::size).max().orElse(0);
        state = lost.isEmpty() ? State.WHOLE : State.RESTORED;
        if (state == State.WHOLE) {
            seen = null;
        }
        if (state == before) {
            return;
        }
        if (state == State.RESTORED) {
            String which = lost.stream().map(KnownCheckpoint::toString).collect(Collectors.joining("; "));
            LOG.errorf(
                    "数据库曾被回退：库中 %d 条，缺少已公布的检查点 %s；待运维决定（ledger accept-restore）"
                            + " / the database was set back: it holds %d entries, and not these published checkpoints: %s; an operator"
                            + " must decide",
                    size, which, size, which);
        } else if (before == State.RESTORED) {
            LOG.warn("运维已决定，服务恢复 / an operator has decided, the service opens");
        }
    }
}
