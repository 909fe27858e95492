package org.xietong.ledger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Sees to it every minute that old nonces are forgotten. A turn that fails is made up for by the next. */
@Singleton
class NonceHousekeeping {
    private static final Logger LOG = Logger.getLogger(NonceHousekeeping.class);

    private final NonceSlots slots;

    @Inject
    NonceHousekeeping(DataSource store) {
        slots = new NonceSlots(store);
    }

    @Scheduled(every = "60s", delayed = "60s", concurrentExecution = ConcurrentExecution.SKIP)
    void emptyOldSlot() {
        try {
            slots.emptyOldSlot();
        } catch (SQLException e) {
            LOG.warnf("old nonces were not emptied: SQLSTATE %s", e.getSQLState());
        }
    }
}
