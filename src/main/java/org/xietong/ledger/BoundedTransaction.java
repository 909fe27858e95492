package org.xietong.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A transaction of our own on a pooled connection, in which no wait for the network is longer than a limit. Closing it
 * rolls back what is not committed: pools switch auto-commit on again, and that would commit. A connection that does not even
 * roll back is ended, and its pool replaces it once the caller has closed it.
 */
final class BoundedTransaction implements AutoCloseable {
    private final Connection connection;
    private final int formerTimeout;
    private boolean open = true;

    BoundedTransaction(Connection connection, Duration limit) throws SQLException {
        this.connection = connection;
        formerTimeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
        connection.setAutoCommit(false);
    }

    /** Ends the transaction; durable when it returns. */
    void commit() throws CommitUnknownException {
        try {
            connection.commit();
            open = false;
        } catch (SQLException e) {
            throw new CommitUnknownException(e);
        }
    }

    /** Undoes what was written so far; the next statement begins anew. */
    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        try {
            if (open) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, formerTimeout);
        } catch (SQLException unusable) {
            abort();
        }
    }

    /** The driver's connection, and not the pool's: Agroal (3.0.1) would neither end it nor ever give its place to another. */
    private void abort() throws SQLException {
        connection.unwrap(Connection.class).abort(Runnable::run);
    }
}
