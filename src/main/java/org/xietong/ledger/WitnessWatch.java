package org.xietong.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings checkpoints to the witnesses, beside all else: a witness that is down stops nothing and is an alarm. Of several
 * replicas one submits; each looks how far the quorum has come, and asks whom it did not hear at its start.
 */
@Singleton
class WitnessWatch {
    private static final Logger LOG = Logger.getLogger(WitnessWatch.class);
    private static final int SAID = 100;

    private final UUID self = UUID.randomUUID();
    private final Witnesses witnesses;
    private final WitnessStore store;
    private final WitnessConfig config;
    private final MeterRegistry metrics;
    private final WitnessInquiry inquiry;
    private final RestoreGuard restored;
    private volatile Seen seen = new Seen(0, Duration.ZERO, 0);
    private volatile @Nullable Thread watch;

    /**
     * @param size up to which the quorum has cosigned
     * @param lag for how long the first checkpoint beyond it has been waiting
     * @param alarms what witnesses have against the log
     */
    record Seen(long size, Duration lag, long alarms) {}

    @Inject
    WitnessWatch(
            Witnesses witnesses,
            WitnessStore store,
            WitnessConfig config,
            MeterRegistry metrics,
            WitnessInquiry inquiry,
            RestoreGuard restored) {
        this.witnesses = witnesses;
        this.store = store;
        this.config = config;
        this.metrics = metrics;
        this.inquiry = inquiry;
        this.restored = restored;
        Gauges.register(
                metrics,
                "xietong.witness.lag",
                "seconds",
                this,
                watched -> watched.seen.lag().toMillis() / 1e3);
        Gauges.register(metrics, "xietong.witness.size", null, this, watched -> watched.seen.size());
        Gauges.register(metrics, "xietong.witness.alarms", null, this, watched -> watched.seen.alarms());
    }

    Seen seen() {
        return seen;
    }

    int configured() {
        return witnesses.known().size();
    }

    /** Whether a checkpoint has been without its quorum for too long. */
    boolean lacksQuorum() {
        return seen.lag().compareTo(config.patience()) > 0;
    }

    /** Whether a witness has something against the log that is not over. */
    boolean isContradicted() {
        return seen.alarms() > 0;
    }

    void begin(@Observes StartupEvent event) {
        if (!witnesses.known().isEmpty()) {
            watch = Thread.ofVirtual().name("witnesses").start(this::run);
        }
    }

    void end(@Observes ShutdownEvent event) {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        int failures = 0;
        boolean noted = false;
        try (WitnessClient client = new WitnessClient(config.timeout())) {
            WitnessRound round = new WitnessRound(witnesses, store, client, this::raise, restored::show);
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    noted = noted || noteAgain();
                    for (WitnessInquiry.Shown late : inquiry.askAgain()) {
                        restored.show(late.witness(), late.checkpoint());
                    }
                    int failed = witnesses.isReady() && store.takesTurn(self) ? round.run() : 0;
                    look();
                    failures = failed == 0 ? 0 : failures + 1;
                    if (failures % SAID == 1) {
                        LOG.warnf("%d submissions to witnesses failed", failed);
                    }
                    metrics.counter("xietong.witness.failures").increment(failed);
                } catch (SQLException | IOException | RuntimeException e) {
                    noted = false;
                    if (failures++ % SAID == 0) {
                        LOG.warnf("witnesses are not asked: %s", e.getClass().getName());
                    }
                }
                Thread.sleep(config.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not before it is known which keys are withdrawn: what is noted stays. */
    private boolean noteAgain() throws SQLException, IOException {
        if (witnesses.isReady()) {
            store.noteAgain(witnesses);
        }
        return witnesses.isReady();
    }

    private void look() throws SQLException, IOException {
        long size = witnesses.covered(store);
        seen = new Seen(size, Duration.ofMillis(Math.max(0, store.waiting(size))), store.alarms());
    }

    private void raise(WitnessAlarm alarm) {
        try {
            if (store.keep(alarm)) {
                LOG.errorf(
                        "警报：见证人与本日志不符 / ALARM: a witness contradicts this log: %s %s %s, ours %d, its %d",
                        alarm.kind(), alarm.witness(), alarm.tree(), alarm.ourSize(), alarm.witnessSize());
            }
        } catch (SQLException | IOException e) {
            LOG.errorf("警报无法存入 / an alarm cannot be stored: %s", alarm.kind());
        }
    }
}
