package org.xietong.agency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A subject as it stands in the directory before a change.
 *
 * @param unit whose it is
 * @param mark an officer's role, or a key's revocation
 * @param digest of all its values: a proposal holds for the state that it was made for
 */
record Standing(String unit, boolean active, @Nullable String mark, String digest) {

    static Optional<Standing> find(Connection connection, AdminAct.Subject subject, String id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(subject.find)) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Standing(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)))
                        : Optional.empty();
            }
        }
    }
}
