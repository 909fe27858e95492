package org.xietong.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.TreeHash;

/** Whether the database still holds the log that a checkpoint was signed over. */
final class RestoreCheck {
    private static final String HEAD = "SELECT size FROM ledger_head";
    private static final String ACCEPTED =
            "SELECT EXISTS (SELECT FROM ledger_restore WHERE lost_size = ? AND lost_root = ?)";

    private RestoreCheck() {}

    /**
     * True where its trees are as large, and the same up to there.
     *
     * @throws SQLException if the store does not answer
     */
    static boolean holds(Connection connection, TreeHash tree, Checkpoint known) throws SQLException {
        if (size(connection) < known.size()) {
            return false;
        }
        try {
            byte[] root = RightEdge.read(tree, known.size(), new StoredTiles(connection, tree))
                    .root();
            return Arrays.equals(root, known.root());
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException unanswered) {
                throw unanswered;
            }
            return false;
        }
    }

    /** Whether the database does not hold it, and nobody has decided to go on without it. */
    static boolean isLost(Connection connection, KnownCheckpoint known) throws SQLException {
        return !holds(connection, known.tree(), known.checkpoint()) && !isAccepted(connection, known.checkpoint());
    }

    /** Whether an operator has decided that this checkpoint is lost. */
    static boolean isAccepted(Connection connection, Checkpoint known) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ACCEPTED)) {
            select.setLong(1, known.size());
            select.setBytes(2, known.root());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    static long size(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(HEAD);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
