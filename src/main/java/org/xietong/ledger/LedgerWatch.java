package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sequencer on every replica; the lease decides who leads. While there is much to do it does not pause; the first of few entries
 * waits a moment for others. A failure is said once and tried again; a ledger that contradicts itself is left alone.
 */
@Singleton
class LedgerWatch {
    private static final Logger LOG = Logger.getLogger(LedgerWatch.class);
    private static final Duration QUIET = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final int SAID = 100;

    private final Sequencer sequencer;
    private final LedgerConfig config;
    private final MeterRegistry metrics;
    private volatile @Nullable Thread watch;

    @Inject
    LedgerWatch(@DataSource("sequencer") AgroalDataSource store, LedgerConfig config, MeterRegistry metrics) {
        this.sequencer = new Sequencer(store, config.batch());
        this.config = config;
        this.metrics = metrics;
    }

    void begin(@Observes StartupEvent event) {
        watch = Thread.ofVirtual().name("ledger").start(this::run);
    }

    void end(@Observes ShutdownEvent event) {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        int failures = 0;
        while (!Thread.currentThread().isInterrupted()) {
            Duration pause;
            try {
                int sequenced = sequencer.sequence();
                metrics.counter("xietong.ledger.entries").increment(sequenced);
                failures = 0;
                pause = sequenced == config.batch() ? Duration.ZERO : sequenced > 0 ? config.gather() : QUIET;
            } catch (CorruptLedgerException e) {
                LOG.error("账本与其首部矛盾，停止追加 / the ledger contradicts its head, nothing is appended", e);
                return;
            } catch (SQLException | RuntimeException e) {
                if (failures++ % SAID == 0) {
                    LOG.warnf("entries are not sequenced: %s", e.getClass().getName());
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
}
