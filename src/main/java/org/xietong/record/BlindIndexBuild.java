package org.xietong.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.MessageDigest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.BlindIndexKey;
import org.xietong.crypto.BlindKey;

/**
 * Holds the index to one key. At start a key other than the index was made with stops the service: it would add rows that nobody
 * finds. A new index, after an upgrade or a rotation (deploy/README.md), is filled from the versions that are stored; until that is
 * done it answers nobody, since a person who is not found must not be one who was not looked for.
 */
@ApplicationScoped
public class BlindIndexBuild {
    private static final Logger LOG = Logger.getLogger(BlindIndexBuild.class);
    private static final UUID FIRST = new UUID(0, 0);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String CLAIM =
            "INSERT INTO blind_index_key (key_id, check_value) VALUES (?, ?) ON CONFLICT DO NOTHING";
    private static final String STATE = "SELECT check_value, complete_at IS NOT NULL FROM blind_index_key";
    private static final String NEXT = """
            SELECT v.id, r.matter_id FROM record_version v JOIN record r ON r.id = v.record_id WHERE v.id > ? ORDER BY v.id LIMIT 200
            """;
    /** Whoever writes or erases locks the matter first; waiting for nobody, we spoil nobody's turn. */
    private static final String LOCK = "SELECT id FROM matter WHERE id = ANY (?) FOR SHARE SKIP LOCKED";

    private static final String VERSIONS = """
            SELECT v.id, v.record_id, r.matter_id, r.kind, v.content::text
            FROM record_version v JOIN record r ON r.id = v.record_id WHERE v.id = ANY (?) AND r.matter_id = ANY (?)
            """;
    private static final String COMPLETE =
            "UPDATE blind_index_key SET complete_at = clock_timestamp() WHERE complete_at IS NULL";

    private final DataSource database;
    private final BlindKey key;
    private final BlindIndex index;
    private final Kinds kinds;
    private final StoredJson json;
    private volatile boolean complete;
    private volatile @Nullable Thread work;

    BlindIndexBuild(DataSource database, BlindIndexKey key, BlindIndex index, Kinds kinds, StoredJson json) {
        this.database = database;
        this.key = key.get();
        this.index = index;
        this.kinds = kinds;
        this.json = json;
    }

    void begin(@Observes StartupEvent event) throws SQLException {
        complete = claim();
        if (!complete) {
            work = Thread.ofVirtual().name("blind-index").start(this::build);
        }
    }

    void end(@Observes ShutdownEvent event) {
        if (work != null) {
            work.interrupt();
        }
    }

    /** Whether everything stored stands in the index. */
    public boolean isComplete() {
        return complete;
    }

    /** Whether the index is complete under our key; the first to come gives it its key. */
    private boolean claim() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement claim = connection.prepareStatement(CLAIM);
                PreparedStatement state = connection.prepareStatement(STATE)) {
            claim.setString(1, key.keyId());
            claim.setBytes(2, key.checkValue());
            claim.executeUpdate();
            try (ResultSet row = state.executeQuery()) {
                row.next();
                if (!MessageDigest.isEqual(row.getBytes(1), key.checkValue())) {
                    throw new IllegalStateException(
                            "xietong.keys.blind-index：与盲索引所用密钥不符；更换密钥须先重建索引，见 deploy/README.md。"
                                    + " / xietong.keys.blind-index: not the key of the stored index; to rotate it, see deploy/README.md.");
                }
                return row.getBoolean(2);
            }
        }
    }

    private void build() {
        UUID after = FIRST;
        while (!complete && !Thread.currentThread().isInterrupted()) {
            try {
                UUID last = fill(after);
                complete = last.equals(after) && completed();
                after = last;
            } catch (SQLException | RuntimeException e) {
                LOG.warnf(
                        "the blind index is not complete yet: %s", e.getClass().getName());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last version that was indexed; the one given where none is left. */
    private UUID fill(UUID after) throws SQLException {
        Map<UUID, UUID> left = next(after);
        UUID last = left.keySet().stream().reduce(after, (one, other) -> other);
        while (!left.isEmpty() && !Thread.currentThread().isInterrupted()) {
            Set<UUID> before = Set.copyOf(left.keySet());
            left.keySet().removeAll(QuarkusTransaction.requiringNew().call(() -> index(left)));
            if (left.size() == before.size()) {
                pause();
            }
        }
        return last;
    }

    /** The next versions, each with its matter, in their order. */
    private Map<UUID, UUID> next(UUID after) throws SQLException {
        Map<UUID, UUID> found = new LinkedHashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement next = connection.prepareStatement(NEXT)) {
            next.setObject(1, after);
            try (ResultSet row = next.executeQuery()) {
                while (row.next()) {
                    found.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
                }
            }
        }
        return found;
    }

    /**
     * Indexes the versions whose matters nobody is just changing, as they stand once that is held off: what an erasure under way takes
     * must not come back behind it.
     */
    private List<UUID> index(Map<UUID, UUID> versions) throws SQLException {
        List<UUID> done = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(LOCK);
                PreparedStatement select = connection.prepareStatement(VERSIONS)) {
            lock.setArray(1, ids(connection, versions.values()));
            List<UUID> held = new ArrayList<>();
            try (ResultSet row = lock.executeQuery()) {
                while (row.next()) {
                    held.add(row.getObject(1, UUID.class));
                }
            }
            select.setArray(1, ids(connection, versions.keySet()));
            select.setArray(2, ids(connection, held));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Content content = json.read(
                            row.getString(5), kinds.byCode(row.getString(4)).contentType());
                    index.keep(row.getObject(2, UUID.class), row.getObject(3, UUID.class), content);
                    done.add(row.getObject(1, UUID.class));
                }
            }
        }
        return done;
    }

    private static Array ids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }

    private boolean completed() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement complete = connection.prepareStatement(COMPLETE)) {
            complete.executeUpdate();
            return true;
        }
    }
}
