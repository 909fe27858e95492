package org.xietong.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.matter.Matters;
import org.xietong.matter.Occurred;

/**
 * Rebuilds sight in the background when the policy or the tree of units is not the one that it was made with. Until it
 * is done nobody sees too much: the engine looks at every row again; what a new rule opens appears as the rebuild
 * comes to it. The same watch lets sight follow time: grants that end, labels whose term has come.
 */
@ApplicationScoped
public class SightRebuild {
    private static final Logger LOG = Logger.getLogger(SightRebuild.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 100;
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int QUIET = 10;

    private final DataSource database;
    private final SightKeeper keeper;
    private final Matters matters;
    private final CurrentPolicy policy;
    private volatile @Nullable Thread watch;

    SightRebuild(DataSource database, SightKeeper keeper, Matters matters, CurrentPolicy policy) {
        this.database = database;
        this.keeper = keeper;
        this.matters = matters;
        this.policy = policy;
    }

    void begin(@Observes StartupEvent event) {
        watch = Thread.ofVirtual().name("sight-rebuild").start(this::watch);
    }

    void end(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.interrupt();
        }
    }

    /** Whether the rows of sight were made with the policy and the units of this moment. */
    boolean isCurrent() {
        try {
            return stored().filter(wanted()::equals).isPresent();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * Looks again each second: units change while we run, and the directory or the database may come up after us. What
     * another replica made with its own policy is left alone.
     */
    private void watch() {
        @Nullable String made = null;
        @Nullable LocalDate day = null;
        for (int round = 1; ; round++) {
            try {
                String wanted = wanted();
                if (!wanted.equals(made)) {
                    rebuildIfStale();
                    made = wanted;
                }
                closeEndedGrants();
                day = followTerms(day);
            } catch (RuntimeException | SQLException e) {
                if (round % QUIET == 0) {
                    LOG.warnf("sight is not rebuilt yet: %s", e.getClass().getName());
                }
            }
            try {
                Thread.sleep(AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Rows that rest on a grant go with it; until they are gone nobody sees by them, nor are they counted. */
    void closeEndedGrants() throws SQLException {
        refresh(matters("SELECT DISTINCT matter_id FROM record_sight WHERE until <= statement_timestamp()"));
    }

    /** Opens, once each day of Shanghai and at start, what labels close until that day. */
    private LocalDate followTerms(@Nullable LocalDate done) throws SQLException {
        LocalDate today = LocalDate.now(Occurred.ZONE);
        if (!today.equals(done)) {
            declassify(today);
        }
        return today;
    }

    void declassify(LocalDate today) throws SQLException {
        refresh(matters(
                "SELECT DISTINCT matter_id FROM record WHERE label #>> '{declassify,on}' <= ? AND label #>>"
                        + " '{declassify,on}' > coalesce((SELECT declassified_to::text FROM sight_state), '')",
                today.toString()));
        try (Connection connection = database.getConnection();
                PreparedStatement state = connection.prepareStatement("UPDATE sight_state SET declassified_to = ?"
                        + " WHERE declassified_to IS NULL OR declassified_to < ?")) {
            state.setObject(1, today);
            state.setObject(2, today);
            state.executeUpdate();
        }
    }

    private void refresh(List<UUID> some) {
        for (UUID matter : some) {
            QuarkusTransaction.requiringNew().run(() -> {
                if (matters.lock(matter)) {
                    keeper.refresh(matter);
                }
            });
        }
    }

    /** Whether anything had to be rebuilt. */
    boolean rebuildIfStale() throws SQLException {
        String wanted = wanted();
        if (stored().filter(wanted::equals).isPresent()) {
            return false;
        }
        UUID after = FIRST;
        for (List<UUID> batch = next(after); !batch.isEmpty(); batch = next(after)) {
            refresh(batch);
            after = batch.getLast();
        }
        store(wanted);
        LOG.infof("sight rebuilt for policy %s", policy.policies().version());
        return true;
    }

    /** The policy's version, and the tree of units that its conditions compare. */
    private String wanted() {
        List<String> units = new ArrayList<>();
        policy.units()
                .all()
                .forEach(unit -> units.add(unit.id()
                        + ' '
                        + unit.agency()
                        + ' '
                        + unit.division()
                        + ' '
                        + unit.parent().orElse("-")
                        + ' '
                        + unit.active()));
        units.sort(null);
        byte[] tree = String.join("\n", units).getBytes(StandardCharsets.UTF_8);
        return policy.policies().version()
                + ' '
                + Digests.hex(Digests.sha256(tree)).substring(0, 16);
    }

    private List<UUID> next(UUID after) throws SQLException {
        return matters("SELECT id FROM matter WHERE id > ? ORDER BY id LIMIT ?", after, AT_ONCE);
    }

    private List<UUID> matters(String sql, Object... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement page = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                page.setObject(i + 1, values[i]);
            }
            try (ResultSet row = page.executeQuery()) {
                List<UUID> ids = new ArrayList<>();
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
                return ids;
            }
        }
    }

    private Optional<String> stored() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement state = connection.prepareStatement("SELECT policy_version FROM sight_state");
                ResultSet row = state.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private void store(String version) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement state =
                        connection.prepareStatement("INSERT INTO sight_state (policy_version) VALUES (?)"
                                + " ON CONFLICT (one) DO UPDATE SET policy_version = excluded.policy_version")) {
            state.setString(1, version);
            state.executeUpdate();
        }
    }
}
