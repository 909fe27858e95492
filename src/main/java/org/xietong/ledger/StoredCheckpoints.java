package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The checkpoints as they lie in the store. */
final class StoredCheckpoints {
    private static final String NEWEST = "SELECT size, sha256, sm3 FROM ledger_checkpoint ORDER BY size DESC LIMIT 1";

    private StoredCheckpoints() {}

    /** That of the largest trees; none before the first was signed. */
    static Optional<SignedHead> newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWEST);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new SignedHead(row.getLong(1), row.getString(2), row.getString(3)))
                    : Optional.empty();
        }
    }
}
