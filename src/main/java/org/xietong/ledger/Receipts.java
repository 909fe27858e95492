package org.xietong.ledger;

import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.Subtrees;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Proves of an entry that the log holds it, in either tree: by the newest checkpoint that witnesses and a time vouch for, as far as there is
 * one that holds it ({@link VouchedCheckpoints#best}). Whom it is proved to is decided above.
 */
@Singleton
public class Receipts {
    private static final Logger LOG = Logger.getLogger(Receipts.class);
    static final String POSITIONS = "SELECT entry_id, position FROM ledger_leaf WHERE entry_id = ANY (?)";

    /** Tiles of each tree: mostly those of upper levels, which every proof needs, so that a proof in a large log costs as in a small one. */
    private static final int TILES = 256;

    private final DataSource store;
    private final Optional<Witnesses> witnesses;
    private final Map<TreeHash, Map<TilePath.Hashes, Subtrees>> tiles = new EnumMap<>(TreeHash.class);

    @Inject
    Receipts(DataSource store, Witnesses witnesses) {
        this(store, Optional.of(witnesses));
    }

    /** Of a log that has no witnesses. */
    public Receipts(DataSource store) {
        this(store, Optional.empty());
    }

    private Receipts(DataSource store, Optional<Witnesses> witnesses) {
        this.store = store;
        this.witnesses = witnesses;
        for (TreeHash tree : TreeHash.values()) {
            tiles.put(
                    tree,
                    Caffeine.newBuilder()
                            .maximumSize(TILES)
                            .<TilePath.Hashes, Subtrees>build()
                            .asMap());
        }
    }

    /**
     * The proof of an entry; none while no checkpoint holds it. It holds for whoever computes it again: what the store has wrongly
     * is not given out.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails or contradicts itself
     */
    public Optional<TlogProof> of(UUID entry, TreeHash tree) {
        return proven(List.of(entry), Optional.empty(), Set.of(tree)).map(proofs -> proofs.proof(tree, entry));
    }

    /**
     * The proofs of several entries in both trees, all by one pair of checkpoints; none while those do not hold all of
     * them.
     *
     * @throws ProblemException as {@link #of}
     */
    public Optional<Proven> proven(Collection<UUID> entries) {
        return proven(entries, Optional.empty());
    }

    /**
     * As {@link #proven(Collection)}, by a certain pair of checkpoints, which this log published; they come with the
     * cosignatures that they have so far.
     *
     * @param by the one that is best vouched for, where empty
     */
    public Optional<Proven> proven(Collection<UUID> entries, Optional<SignedHead> by) {
        return proven(entries, by, EnumSet.allOf(TreeHash.class));
    }

    private Optional<Proven> proven(Collection<UUID> entries, Optional<SignedHead> by, Set<TreeHash> trees) {
        return ExchangeQueries.reach(() -> {
            try (Connection connection = store.getConnection()) {
                Map<UUID, Long> positions = positions(connection, entries);
                long last = positions.values().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(-1);
                Optional<SignedHead> head = by.isPresent() ? by : VouchedCheckpoints.best(connection, last, witnesses);
                if (head.isEmpty()
                        || positions.size() < entries.size()
                        || last >= head.get().size()) {
                    return Optional.empty();
                }
                SignedHead cosigned = StoredCheckpoints.cosigned(connection, head.get());
                Map<TreeHash, Map<UUID, TlogProof>> proofs = new EnumMap<>(TreeHash.class);
                for (TreeHash tree : TreeHash.values()) {
                    proofs.put(tree, trees.contains(tree) ? prove(connection, positions, cosigned, tree) : Map.of());
                }
                return Optional.of(new Proven(
                        cosigned,
                        Objects.requireNonNull(proofs.get(TreeHash.SHA_256)),
                        Objects.requireNonNull(proofs.get(TreeHash.SM3))));
            } catch (IOException e) {
                LOG.errorf("an entry's receipt cannot be made: %s", e.getMessage());
                throw new ProblemException(ProblemType.UNAVAILABLE);
            }
        });
    }

    /** Proofs in both trees by one pair of checkpoints. */
    public record Proven(SignedHead head, Map<UUID, TlogProof> sha256, Map<UUID, TlogProof> sm3) {
        /** The size that a tree must have at least to hold all of them. */
        public long least() {
            return 1
                    + sha256.values().stream()
                            .mapToLong(proof -> proof.inclusion().index())
                            .max()
                            .orElse(-1);
        }

        /** Of an entry that was asked for. */
        public TlogProof proof(TreeHash tree, UUID entry) {
            return Objects.requireNonNull(of(tree).get(entry));
        }

        /** Those of one of the trees. */
        public Map<UUID, TlogProof> of(TreeHash tree) {
            return switch (tree) {
                case SHA_256 -> sha256;
                case SM3 -> sm3;
            };
        }
    }

    private Map<TilePath.Hashes, Subtrees> tiles(TreeHash tree) {
        return Objects.requireNonNull(tiles.get(tree));
    }

    private static Map<UUID, Long> positions(Connection connection, Collection<UUID> entries) throws SQLException {
        Map<UUID, Long> positions = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(POSITIONS)) {
            select.setArray(1, connection.createArrayOf("uuid", entries.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    positions.put(row.getObject(1, UUID.class), row.getLong(2));
                }
            }
        }
        return positions;
    }

    private Map<UUID, TlogProof> prove(Connection connection, Map<UUID, Long> positions, SignedHead head, TreeHash tree)
            throws IOException {
        Map<TilePath.Hashes, Subtrees> known = tiles(tree);
        TileNodes nodes = new TileNodes(tree, new StoredTiles(connection, tree), head.size(), known);
        Prover prover = new Prover(tree, nodes);
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(head.note(tree).getBytes(StandardCharsets.UTF_8));
        Map<UUID, TlogProof> proofs = new LinkedHashMap<>();
        // In the order of their places, so that each tile is read once.
        for (Map.Entry<UUID, Long> entry : positions.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .toList()) {
            TlogProof proof = new TlogProof(prover.inclusion(entry.getValue(), head.size()), checkpoint);
            if (!proof.holds(tree, nodes.node(0, entry.getValue()))) {
                known.clear();
                throw new IOException("the tiles do not make the checkpoint at size " + head.size());
            }
            proofs.put(entry.getKey(), proof);
        }
        return proofs;
    }
}
