package org.xietong.ledger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks which keys the witnesses have: before anything is answered, and then every second, however long a round of submissions takes, so that
 * a withdrawal holds within seconds at every replica.
 */
@Singleton
class WitnessKeyWatch {
    private static final Logger LOG = Logger.getLogger(WitnessKeyWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int SAID = 100;

    private final Witnesses witnesses;
    private final WitnessStore store;
    private volatile @Nullable Thread watch;
    private int failures;

    @Inject
    WitnessKeyWatch(Witnesses witnesses, WitnessStore store) {
        this.witnesses = witnesses;
        this.store = store;
    }

    void begin(@Observes StartupEvent event) {
        if (!witnesses.known().isEmpty()) {
            look();
            watch = Thread.ofVirtual().name("witness-keys").start(this::run);
        }
    }

    void end(@Observes ShutdownEvent event) {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            witnesses.refresh(store);
            failures = 0;
        } catch (SQLException | IOException | RuntimeException e) {
            if (failures++ % SAID == 0) {
                LOG.warnf(
                        "the witnesses' keys cannot be looked at: %s",
                        e.getClass().getName());
            }
        }
    }
}
