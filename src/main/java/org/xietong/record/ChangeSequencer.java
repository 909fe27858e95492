package org.xietong.record;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Gives committed changes their positions in the feed. One replica does it at a time, by a lease; another one takes over within
 * five seconds, also where the database's clock was set back and the lease ends later than any that can be given. Each batch moves the head under the lease's row lock, so that positions become visible in their order: what
 * commits late gets a later position and is never lost, however many sequence at once.
 */
@ApplicationScoped
class ChangeSequencer {
    private static final Logger LOG = Logger.getLogger(ChangeSequencer.class);
    private static final int AT_ONCE = 1_000;
    /** Between two looks, while there is something to do; when it is quiet the pause grows to the longest. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final int QUIET = 100;

    private static final String LOOK = """
            SELECT (holder = ? OR until < clock_timestamp() OR until > clock_timestamp() + interval '3 s') AND (until < clock_timestamp() + interval '1500 ms'
                OR EXISTS (SELECT 1 FROM sight_change WHERE position IS NULL))
            FROM change_sequencer
            """;
    private static final String ASSIGN = """
            WITH taken AS MATERIALIZED (
                SELECT viewer, record_id, slot, gone FROM sight_change WHERE position IS NULL
                    ORDER BY slot DESC LIMIT ? FOR UPDATE SKIP LOCKED),
            numbered AS (
                SELECT viewer, record_id, slot, row_number() OVER (ORDER BY slot DESC, gone DESC) AS place FROM taken),
            lease AS (
                UPDATE change_sequencer SET holder = ?, epoch = CASE WHEN holder = ? THEN epoch ELSE epoch + 1 END,
                        until = clock_timestamp() + interval '3 s', head = head + (SELECT count(*) FROM taken)
                    WHERE holder = ? OR until < clock_timestamp() OR until > clock_timestamp() + interval '3 s'
                    RETURNING head - (SELECT count(*) FROM taken) AS base)
            UPDATE sight_change c SET position = lease.base + n.place FROM numbered n, lease
                WHERE (c.viewer, c.record_id, c.slot) = (n.viewer, n.record_id, n.slot)
            """;

    private final DataSource database;
    private final UUID self = UUID.randomUUID();
    private volatile @Nullable Thread watch;

    ChangeSequencer(DataSource database) {
        this.database = database;
    }

    void begin(@Observes StartupEvent event) {
        watch = Thread.ofVirtual().name("change-sequencer").start(this::watch);
    }

    void end(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.interrupt();
        }
    }

    private void watch() {
        int failures = 0;
        Duration pause = PAUSE;
        while (true) {
            try {
                int assigned = sequence();
                failures = 0;
                pause = assigned > 0 ? PAUSE : longer(pause);
                if (assigned == AT_ONCE) {
                    continue;
                }
            } catch (SQLException | RuntimeException e) {
                if (failures++ % QUIET == 0) {
                    LOG.warnf("changes are not sequenced: %s", e.getClass().getName());
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    /** One round: how many changes got a position; none where another replica holds the lease. */
    int sequence() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return isWanted(connection) ? assign(connection) : 0;
        }
    }

    private boolean isWanted(Connection connection) throws SQLException {
        try (PreparedStatement look = connection.prepareStatement(LOOK)) {
            look.setObject(1, self);
            try (ResultSet row = look.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** One statement, and so one transaction. */
    private int assign(Connection connection) throws SQLException {
        try (PreparedStatement assign = connection.prepareStatement(ASSIGN)) {
            assign.setInt(1, AT_ONCE);
            assign.setObject(2, self);
            assign.setObject(3, self);
            assign.setObject(4, self);
            return assign.executeUpdate();
        }
    }
}
