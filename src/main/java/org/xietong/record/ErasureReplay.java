package org.xietong.record;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps erasures outside the database, and carries out again those that a restored older one has not seen, before anything else
 * starts and anybody is served. One that cannot be carried out stops the start.
 */
@Singleton
class ErasureReplay {
    private static final Logger LOG = Logger.getLogger(ErasureReplay.class);
    private static final String REPLAY = "SELECT replay_erasure(?::jsonb)";

    private final Optional<ErasureLog> log;
    private final ErasureRows rows;
    private final AgroalDataSource eraser;
    private final AttachmentRows attachments;
    private final AttachmentStore store;

    @Inject
    ErasureReplay(
            ErasureConfig config,
            ErasureRows rows,
            @DataSource("eraser") AgroalDataSource eraser,
            AttachmentRows attachments,
            AttachmentStore store) {
        this.log = config.log().map(ErasureLog::new);
        this.rows = rows;
        this.eraser = eraser;
        this.attachments = attachments;
        this.store = store;
    }

    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        if (log.isEmpty()) {
            LOG.warn("xietong.erasures.log 未配置：恢复备份后无法重做删除 / not configured: after a restore, erasures cannot be"
                    + " carried out again");
            return;
        }
        try {
            replay(log.get());
            log.get().append(rows.done());
        } catch (IOException | SQLException | StoreException e) {
            throw new IllegalStateException(
                    "删除无法重做，服务不启动 / erasures cannot be carried out again, the service does not start", e);
        }
    }

    private void replay(ErasureLog kept) throws IOException, SQLException {
        List<String> lines = kept.read();
        if (lines.isEmpty()) {
            return;
        }
        Set<UUID> done = rows.done().stream().map(Erasure::id).collect(Collectors.toCollection(HashSet::new));
        int replayed = 0;
        try (Connection connection = eraser.getConnection();
                PreparedStatement replay = connection.prepareStatement(REPLAY)) {
            for (String line : lines) {
                if (done.add(ErasureLog.id(line))) {
                    replay.setString(1, line);
                    replay.execute();
                    replayed++;
                }
            }
        }
        if (replayed > 0) {
            LOG.warnf(
                    "数据库较旧：已重做 %d 项删除 / the database is an older one: %1$d erasures were carried out again", replayed);
        }
    }

    /** On disk outside before the answer leaves; where that fails, the sweep tries again. */
    void after(@Observes(during = TransactionPhase.AFTER_SUCCESS) Erasing.Erased erased) {
        try {
            if (log.isPresent()) {
                log.get().append(List.of(erased.erasure()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(
                    "an erasure is not kept outside the database yet: %s",
                    e.getClass().getName());
        }
        Thread.ofVirtual().name("erased-bytes").start(() -> remove(erased.bytes()));
    }

    /** What a crash left undone, and what other replicas approved. Bytes that it left are the attachments' own sweep's. */
    @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void keepOutside() {
        try {
            if (log.isPresent()) {
                log.get().append(rows.done());
            }
        } catch (IOException | RuntimeException e) {
            LOG.errorf(
                    "erasures are not kept outside the database: %s",
                    e.getClass().getName());
        }
    }

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
