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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.matter.Matters;

/**
 * Rebuilds sight in the background when the policy or the tree of units is not the one that it was made with. Until it
 * is done nobody sees too much: the engine looks at every row again; what a new rule opens appears as the rebuild
 * comes to it.
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
        for (int round = 1; ; round++) {
            try {
                String wanted = wanted();
                if (!wanted.equals(made)) {
                    rebuildIfStale();
                    made = wanted;
                }
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

    /** Whether anything had to be rebuilt. */
    boolean rebuildIfStale() throws SQLException {
        String wanted = wanted();
        if (stored().filter(wanted::equals).isPresent()) {
            return false;
        }
        UUID after = FIRST;
        for (List<UUID> batch = next(after); !batch.isEmpty(); batch = next(after)) {
            for (UUID matter : batch) {
                QuarkusTransaction.requiringNew().run(() -> {
                    if (matters.lock(matter)) {
                        keeper.refresh(matter, FIRST);
                    }
                });
            }
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
        try (Connection connection = database.getConnection();
                PreparedStatement page =
                        connection.prepareStatement("SELECT id FROM matter WHERE id > ? ORDER BY id LIMIT ?")) {
            page.setObject(1, after);
            page.setInt(2, AT_ONCE);
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
