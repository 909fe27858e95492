package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.xietong.evidence.TreeHash;

/** The checkpoints as they lie in the store. */
final class StoredCheckpoints {
    private static final String NEWEST = "SELECT size, sha256, sm3 FROM ledger_checkpoint ORDER BY size DESC LIMIT 1";

    private static final String AT = "SELECT size, sha256, sm3 FROM ledger_checkpoint WHERE size = ?";

    private static final String COSIGNATURES =
            "SELECT tree, line FROM ledger_cosignature WHERE size = ? ORDER BY tree, witness, at, key_id";

    private StoredCheckpoints() {}

    /** The head with the lines that witnesses have given so far, behind the log's own. */
    static SignedHead cosigned(Connection connection, SignedHead head) throws SQLException {
        StringBuilder sha256 = new StringBuilder(head.sha256());
        StringBuilder sm3 = new StringBuilder(head.sm3());
        try (PreparedStatement select = connection.prepareStatement(COSIGNATURES)) {
            select.setLong(1, head.size());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    StringBuilder note = TreeHash.valueOf(row.getString(1)) == TreeHash.SM3 ? sm3 : sha256;
                    note.append(row.getString(2)).append('\n');
                }
            }
        }
        return new SignedHead(head.size(), sha256.toString(), sm3.toString());
    }

    /** That of exactly this size; none where none was published. */
    static Optional<SignedHead> at(Connection connection, long size) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(AT)) {
            select.setLong(1, size);
            try (ResultSet row = select.executeQuery()) {
                return head(row);
            }
        }
    }

    /** That of the largest trees; none before the first was signed. */
    static Optional<SignedHead> newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWEST);
                ResultSet row = select.executeQuery()) {
            return head(row);
        }
    }

    /** The first of these rows, if there is one: size and both notes. */
    static Optional<SignedHead> head(ResultSet row) throws SQLException {
        return row.next()
                ? Optional.of(new SignedHead(row.getLong(1), row.getString(2), row.getString(3)))
                : Optional.empty();
    }
}
