package org.xietong.record;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Carries out again the erasures and quarantines that a restored older database has not seen, before anything else starts and anybody
 * is served. Replicas may start together: what one carries out the others wait for. One that cannot be carried out stops the start.
 */
@Singleton
class ErasureReplay {
    private static final Logger LOG = Logger.getLogger(ErasureReplay.class);
    private static final String ERASURE = "SELECT replay_erasure(?::jsonb)";
    private static final String QUARANTINE = "SELECT replay_quarantine(?::jsonb)";

    private final OutsideErasures outside;
    private final ErasureRows rows;
    private final AgroalDataSource eraser;

    @Inject
    ErasureReplay(OutsideErasures outside, ErasureRows rows, @DataSource("eraser") AgroalDataSource eraser) {
        this.outside = outside;
        this.rows = rows;
        this.eraser = eraser;
    }

    void begin(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        Optional<ErasureLog> log = outside.log();
        if (log.isEmpty()) {
            LOG.warn("xietong.erasures.log 未配置：恢复备份后无法重做删除 / not configured: after a restore, erasures cannot be"
                    + " carried out again");
            return;
        }
        try {
            replay(log.get().read());
            outside.catchUp();
        } catch (IOException | SQLException | StoreException e) {
            throw new IllegalStateException(
                    "删除无法重做，服务不启动 / erasures cannot be carried out again, the service does not start", e);
        }
    }

    private void replay(List<OutsideLine> lines) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        Set<UUID> done = rows.outside(Instant.EPOCH).stream()
                .map(OutsideLine::id)
                .collect(Collectors.toCollection(HashSet::new));
        List<OutsideLine> missing = lines.stream()
                .filter(line -> done.add(line.id()))
                .sorted(Comparator.comparing(OutsideLine::at))
                .toList();
        try (Connection connection = eraser.getConnection()) {
            for (OutsideLine line : missing) {
                try (PreparedStatement replay = connection.prepareStatement(line.quarantine() ? QUARANTINE : ERASURE)) {
                    replay.setString(1, line.text());
                    replay.execute();
                }
            }
        }
        long quarantined = missing.stream().filter(OutsideLine::quarantine).count();
        if (!missing.isEmpty()) {
            LOG.warnf(
                    "数据库较旧：已重做 %d 项删除、%d 项隔离 / the database is an older one: %1$d erasures and %2$d quarantines were"
                            + " carried out again",
                    missing.size() - quarantined, quarantined);
        }
    }
}
