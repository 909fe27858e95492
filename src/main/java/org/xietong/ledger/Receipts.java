package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Proves of an entry that the log holds it, by the newest checkpoint, in either tree. Whom it is proved to is decided above. */
@Singleton
public class Receipts {
    private static final Logger LOG = Logger.getLogger(Receipts.class);
    static final String POSITION = "SELECT position FROM ledger_leaf WHERE entry_id = ?";

    private final DataSource store;

    @Inject
    public Receipts(DataSource store) {
        this.store = store;
    }

    /**
     * The proof of an entry; none while no checkpoint holds it. It holds for whoever computes it again: what the store has wrongly
     * is not given out.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails or contradicts itself
     */
    public Optional<TlogProof> of(UUID entry, TreeHash tree) {
        return ExchangeQueries.reach(() -> {
            try (Connection connection = store.getConnection()) {
                Optional<Long> position = position(connection, entry);
                Optional<SignedHead> head = StoredCheckpoints.newest(connection);
                return position.isEmpty()
                                || head.isEmpty()
                                || position.get() >= head.get().size()
                        ? Optional.empty()
                        : Optional.of(prove(connection, position.get(), head.get(), tree));
            } catch (IOException e) {
                LOG.errorf("an entry's receipt cannot be made: %s", e.getMessage());
                throw new ProblemException(ProblemType.UNAVAILABLE);
            }
        });
    }

    private static Optional<Long> position(Connection connection, UUID entry) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(POSITION)) {
            select.setObject(1, entry);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static TlogProof prove(Connection connection, long position, SignedHead head, TreeHash tree)
            throws IOException {
        TileNodes nodes = new TileNodes(tree, new StoredTiles(connection, tree), head.size());
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(head.note(tree).getBytes(StandardCharsets.UTF_8));
        InclusionProof inclusion = new Prover(tree, nodes).inclusion(position, head.size());
        TlogProof proof = new TlogProof(inclusion, checkpoint);
        if (!proof.holds(tree, nodes.node(0, position))) {
            throw new IOException("the tiles do not make the checkpoint at size " + head.size());
        }
        return proof;
    }
}
