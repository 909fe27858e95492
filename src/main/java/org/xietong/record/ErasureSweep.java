package org.xietong.record;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.xietong.ledger.Gauges;

/**
 * After an erasure: the bytes of attachments, and what exchanges journaled that had read before it was committed. The database holds
 * which erasures are looked after still, so that a crash forgets none; readers pay nothing for it. One that cannot be looked after stops
 * no other, and is counted.
 */
@Singleton
class ErasureSweep {
    private static final Logger LOG = Logger.getLogger(ErasureSweep.class);
    private static final String SWEEP = "SELECT sweep_erasures()";

    private final AgroalDataSource eraser;
    private final AttachmentRows attachments;
    private final AttachmentStore store;

    private volatile int unswept;

    @Inject
    ErasureSweep(
            @DataSource("eraser") AgroalDataSource eraser,
            AttachmentRows attachments,
            AttachmentStore store,
            MeterRegistry metrics) {
        this.eraser = eraser;
        this.attachments = attachments;
        this.store = store;
        Gauges.register(metrics, "xietong.erasures.unswept", null, this, ErasureSweep::unswept);
    }

    /** How many erasures the last round failed upon: what was journaled late about them may still stand. */
    int unswept() {
        return unswept;
    }

    void after(@Observes(during = TransactionPhase.AFTER_SUCCESS) Erasing.Erased erased) {
        Thread.ofVirtual().name("erased").start(() -> {
            sweep();
            remove(erased.bytes());
        });
    }

    /** At growing distances from each erasure, which the database reckons. */
    @Scheduled(every = "5s", delayed = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        try (Connection connection = eraser.getConnection();
                PreparedStatement sweep = connection.prepareStatement(SWEEP);
                ResultSet failed = sweep.executeQuery()) {
            failed.next();
            count(failed.getInt(1));
        } catch (SQLException e) {
            unswept = Math.max(1, unswept);
            LOG.warnf("late entries of erasures are left to the next round: SQLSTATE %s", e.getSQLState());
        }
    }

    private void count(int failed) {
        if (failed > unswept) {
            LOG.warnf(
                    "%d 项删除清理不成，原因见数据库日志 / late entries of %1$d erasures cannot be swept, the database's log says why",
                    failed);
        }
        unswept = failed;
    }

    /** Where a crash leaves some, they are the attachments' own sweep's. */
    private void remove(List<String> places) {
        for (String place : places) {
            try {
                QuarkusTransaction.requiringNew().call(() -> {
                    attachments.lockBytes(place);
                    if (!attachments.notNeeded(List.of(place)).isEmpty()) {
                        store.remove(place);
                    }
                    return null;
                });
            } catch (RuntimeException e) {
                LOG.warnf("erased bytes are left to the sweep: %s", e.getClass().getName());
            }
        }
    }
}
