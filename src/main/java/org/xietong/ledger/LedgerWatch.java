package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sequencer on every replica; the lease decides who leads. While there is much to do it does not pause; the first of few entries
 * waits a moment for others. Between rounds the leader publishes checkpoints, and each replica looks how far the log is
 * behind. A failure is said once and tried again; a ledger that contradicts itself is left alone, and since nobody
 * looks any more, nothing is answered once the limit has passed. Of a database that was set back nothing is sequenced either, until an
 * operator has decided.
 */
@Singleton
class LedgerWatch {
    private static final Logger LOG = Logger.getLogger(LedgerWatch.class);
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int SAID = 100;

    private final AgroalDataSource store;
    private final Sequencer sequencer;
    private final CheckpointPublisher publisher;
    private final Optional<OutsideCheckpoint> outside;
    private final MergeDelay delay;
    private final RestoreGuard restored;
    private final LedgerConfig config;
    private final Duration checkpointEvery;
    private final MeterRegistry metrics;
    private long published;
    private long looked;
    private volatile long unkept;
    private volatile @Nullable Thread watch;

    @Inject
    LedgerWatch(
            @DataSource("sequencer") AgroalDataSource store,
            LedgerConfig config,
            LogConfig log,
            LogSigners signers,
            MergeDelay delay,
            RestoreGuard restored,
            MeterRegistry metrics) {
        this.store = store;
        this.sequencer = new Sequencer(store, config.batch(), restored::seenSize);
        this.publisher = new CheckpointPublisher(store, signers, sequencer.self());
        this.outside = log.outsideFolder().map(OutsideCheckpoint::new);
        this.delay = delay;
        this.restored = restored;
        this.config = config;
        this.checkpointEvery = log.checkpointEvery();
        this.metrics = metrics;
    }

    void begin(@Observes StartupEvent event) {
        published = System.nanoTime() - checkpointEvery.toNanos();
        looked = published;
        watch = Thread.ofVirtual().name("ledger").start(this::run);
    }

    void end(@Observes ShutdownEvent event) {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Whether the newest checkpoint cannot be kept outside the database, where it is to be. */
    boolean failsOutside() {
        return unkept > 0;
    }

    private void run() {
        int failures = 0;
        while (!Thread.currentThread().isInterrupted()) {
            Duration pause;
            try {
                int sequenced = 0;
                boolean open = restored.openNow();
                if (open) {
                    sequenced = sequencer.sequence();
                    metrics.counter("xietong.ledger.entries").increment(sequenced);
                    publish();
                }
                look(open);
                failures = 0;
                pause = sequenced == config.batch() ? Duration.ZERO : sequenced > 0 ? config.gather() : QUIET;
            } catch (SetBackException e) {
                LOG.errorf("账本变小，停止追加 / the ledger became smaller, nothing is appended: %s", e.getMessage());
                restored.suspect();
                pause = AFTER_FAILURE;
            } catch (CorruptLedgerException e) {
                LOG.error("账本与其首部矛盾，停止追加 / the ledger contradicts its head, nothing is appended", e);
                return;
            } catch (SQLException | RuntimeException | OutOfMemoryError e) {
                if (failures++ % SAID == 0) {
                    LOG.warnf(
                            "entries are not sequenced or published: %s",
                            e.getClass().getName());
                }
                pause = AFTER_FAILURE;
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void publish() throws SQLException {
        long now = System.nanoTime();
        if (now - published >= checkpointEvery.toNanos()) {
            publisher.publish().ifPresent(size -> {
                published = now;
                metrics.counter("xietong.ledger.checkpoints").increment();
            });
        }
    }

    private void look(boolean open) throws SQLException {
        long now = System.nanoTime();
        if (now - looked >= LOOK.toNanos()) {
            looked = now;
            try (Connection connection = store.getConnection()) {
                delay.measure(connection);
                if (open) {
                    Optional<SignedHead> newest = StoredCheckpoints.newest(connection);
                    if (newest.isPresent() && restored.isGrown(connection, newest.get())) {
                        keepOutside(newest.get());
                    }
                }
            }
        }
    }

    /** At every replica, but never over what tells that the database was set back: whichever starts first after a restore must know. A disk that does not take it stops nothing, and is told of. */
    private void keepOutside(SignedHead newest) {
        if (outside.isEmpty()) {
            return;
        }
        if (newest.size() < outside.get().kept()) {
            restored.suspect();
            if (!restored.isOpen()) {
                return;
            }
            outside.get().giveUp();
        }
        try {
            outside.get().keep(newest);
            unkept = 0;
        } catch (IOException e) {
            unkept = unkept + 1;
            if (unkept % SAID == 1) {
                LOG.errorf(
                        "检查点无法写入数据库之外 / the checkpoint is not kept outside the database: %s",
                        outside.get().file());
            }
        }
    }
}
