package org.xietong.record;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.xietong.ledger.Gauges;

/**
 * Keeps erasures and spills outside the database: each before its answer leaves; and by a watch whatever is committed and not there
 * yet, because the disk did not take it, a crash came between, or another replica approved it. Behind, it alarms. Thread-safe.
 */
@Singleton
class OutsideErasures {
    private static final Logger LOG = Logger.getLogger(OutsideErasures.class);
    /** Longer than any exchange takes from its beginning, whose time is the erasure's, to its commit. */
    private static final Duration BACK = Duration.ofHours(2);

    private final Optional<ErasureLog> log;
    private final ErasureRows rows;
    /** Everything before it is outside. */
    private Instant since = Instant.EPOCH;

    private volatile int behind;

    @Inject
    OutsideErasures(ErasureConfig config, ErasureRows rows, MeterRegistry metrics) {
        this(config.log().map(ErasureLog::new), rows);
        Gauges.register(metrics, "xietong.erasures.behind", null, this, OutsideErasures::behind);
    }

    OutsideErasures(Optional<ErasureLog> log, ErasureRows rows) {
        this.log = log;
        this.rows = rows;
    }

    Optional<ErasureLog> log() {
        return log;
    }

    /** How many are committed and not outside yet: a database that was restored now would not be erased of them again. */
    int behind() {
        return behind;
    }

    /** On disk outside before the answer leaves; where that fails, the approval stands, and the watch tries again. */
    void keep(@Observes(during = TransactionPhase.AFTER_SUCCESS) OutsideLine line) {
        try {
            if (log.isPresent()) {
                log.get().append(List.of(line));
            }
        } catch (IOException | RuntimeException e) {
            alarm(Math.max(1, behind), e);
        }
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void watch() {
        try {
            catchUp();
        } catch (IOException | RuntimeException e) {
            alarm(Math.max(1, behind), e);
        }
    }

    /** Compares with the database, and appends what is missing. */
    synchronized void catchUp() throws IOException {
        if (log.isEmpty()) {
            return;
        }
        boolean changed = !log.get().isAsLeft();
        Instant now = Instant.now();
        if (changed) {
            since = Instant.EPOCH;
        }
        List<OutsideLine> wanted = rows.outside(since);
        try {
            if (changed) {
                LOG.error("xietong.erasures.log 被改动，重新核对 / was changed by somebody else, and is compared anew");
                log.get().read();
            }
            log.get().append(wanted);
        } catch (IOException e) {
            behind = log.get().missing(wanted);
            throw e;
        }
        if (behind > 0) {
            LOG.warn("已补记数据库之外的删除 / erasures are kept outside the database again");
        }
        behind = 0;
        since = now.minus(BACK);
    }

    private void alarm(int missing, Exception reason) {
        behind = missing;
        LOG.errorf(
                "%d 项删除尚未记到数据库之外，恢复备份后不会重做 / erasures are not kept outside the database yet, and would not be"
                        + " carried out again after a restore: %s",
                missing, reason.getClass().getName());
    }
}
