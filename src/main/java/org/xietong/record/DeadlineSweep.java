package org.xietong.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.deadline.CaseClocks;
import org.xietong.matter.Matters;

/**
 * Works every matter's deadlines out anew once the rules, the days off or the configuration are not those that they were worked out with
 * (I10): a rule that is corrected corrects what runs, whether or not anything happens in the matter. Each matter under its lock, so that no
 * act is lost. A while later once more: replicas of the version before may have taken acts meanwhile, and worked by their rules. What
 * another replica does with rules of its own after that is left alone, so that two versions do not sweep in turns.
 */
@ApplicationScoped
class DeadlineSweep {
    private static final Logger LOG = Logger.getLogger(DeadlineSweep.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 200;
    /** By when replicas of the version before are gone. */
    private static final Duration ROLLED_OUT = Duration.ofMinutes(15);

    private static final String NEXT =
            "SELECT DISTINCT matter_id FROM case_event WHERE matter_id > ? ORDER BY matter_id LIMIT ?";
    private static final String STORED = "SELECT reckoning FROM deadline_state";
    private static final String STORE = "INSERT INTO deadline_state (reckoning) VALUES (?)"
            + " ON CONFLICT (one) DO UPDATE SET reckoning = excluded.reckoning, at = clock_timestamp()";

    private final DataSource database;
    private final CaseClocks clocks;
    private final Matters matters;
    private volatile boolean done;
    private volatile @Nullable Instant again;

    DeadlineSweep(DataSource database, CaseClocks clocks, Matters matters) {
        this.database = database;
        this.clocks = clocks;
        this.matters = matters;
    }

    @Scheduled(
            every = "${xietong.deadlines.sweep-every:60s}",
            delayed = "5s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        try {
            Instant now = Instant.now();
            if (!done) {
                again = sweepIfStale() > 0 ? now.plus(ROLLED_OUT) : null;
                done = true;
            } else if (again != null && now.isAfter(again)) {
                again = null;
                sweepAll();
            }
        } catch (RuntimeException | SQLException e) {
            LOG.warnf("deadlines are left to the next round: %s", e.getClass().getName());
        }
    }

    /** How many matters had to be worked out anew. */
    int sweepIfStale() throws SQLException {
        return wanted().equals(stored()) ? 0 : sweepAll();
    }

    private String wanted() {
        return Digests.hex(Digests.sha256(clocks.reckoning().getBytes(StandardCharsets.UTF_8)));
    }

    /** How many matters there were. Where one could not be worked out, the next start does not take it for done. */
    int sweepAll() throws SQLException {
        int all = 0;
        int failed = 0;
        UUID after = FIRST;
        for (List<UUID> some = next(after); !some.isEmpty(); some = next(after)) {
            for (UUID matter : some) {
                failed += reckon(matter) ? 0 : 1;
            }
            all += some.size();
            after = some.getLast();
        }
        if (failed == 0) {
            store(wanted());
        }
        LOG.infof("deadlines of %d matters worked out with the rules in force; of %d they could not be", all, failed);
        return all;
    }

    /** Whether it could be; one that cannot keeps no other from being worked out. */
    private boolean reckon(UUID matter) {
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                if (matters.lock(matter)) {
                    clocks.reckon(matter);
                }
            });
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("deadlines of matter %s: %s", matter, e.getClass().getName());
            return false;
        }
    }

    private List<UUID> next(UUID after) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement next = connection.prepareStatement(NEXT)) {
            next.setObject(1, after);
            next.setInt(2, AT_ONCE);
            try (ResultSet row = next.executeQuery()) {
                List<UUID> some = new ArrayList<>();
                while (row.next()) {
                    some.add(row.getObject(1, UUID.class));
                }
                return some;
            }
        }
    }

    private String stored() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement stored = connection.prepareStatement(STORED);
                ResultSet row = stored.executeQuery()) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private void store(String reckoning) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement store = connection.prepareStatement(STORE)) {
            store.setString(1, reckoning);
            store.executeUpdate();
        }
    }
}
