package org.xietong.agency;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One change of the directory at a time: it waits for the one before, and commits or leaves no trace. */
final class OwnerTransaction {
    private OwnerTransaction() {}

    interface Change<T> {
        T apply(Connection connection) throws SQLException;
    }

    static <T> T run(DataSource owner, Change<T> change) throws SQLException {
        try (Connection connection = owner.getConnection()) {
            connection.setAutoCommit(false);
            try {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT version FROM directory_state WHERE id = 1 FOR UPDATE");
                }
                T result = change.apply(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        }
    }
}
