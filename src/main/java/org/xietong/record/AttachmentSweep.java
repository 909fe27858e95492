package org.xietong.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Removes the bytes that a crash left: half received, or moved into the store by an exchange that was never committed. */
@Singleton
class AttachmentSweep {
    private static final Logger LOG = Logger.getLogger(AttachmentSweep.class);

    private final AttachmentConfig config;
    private final AttachmentStore store;
    private final AttachmentRows rows;
    private final Quarantine quarantine;

    @Inject
    AttachmentSweep(AttachmentConfig config, AttachmentStore store, AttachmentRows rows, Quarantine quarantine) {
        this.config = config;
        this.store = store;
        this.rows = rows;
        this.quarantine = quarantine;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    void sweepNow() {
        try {
            sweep(Instant.now().minus(config.orphanAge()));
        } catch (IOException | RuntimeException e) {
            LOG.warnf("orphaned attachments were not removed: %s", e.getClass().getName());
        }
    }

    void sweep(Instant before) throws IOException {
        quarantine.sweep(before);
        for (String sha256 : rows.notNeeded(store.keptBefore(before))) {
            QuarkusTransaction.requiringNew().call(() -> {
                rows.lockBytes(sha256);
                if (!rows.notNeeded(List.of(sha256)).isEmpty()) {
                    store.remove(sha256);
                }
                return null;
            });
        }
    }
}
