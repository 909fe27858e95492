package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a connection that is lost inside a transaction of our own. */
class BoundedTransactionTest {
    /** As many as the pool has, and more: else a sequencer with two connections would stop for good at the second loss. */
    @Test
    void aLostConnectionFreesItsPlaceInThePool() throws Exception {
        JournalDatabase database = JournalDatabase.shared();
        try (AgroalDataSource pool = database.pool("xietong_sequencer")) {
            for (int i = 0; i < 25; i++) {
                SQLException lost = assertThrows(SQLException.class, () -> loseOne(database, pool));
                assertEquals("57P01", lost.getSQLState());
            }
        }
    }

    private static void loseOne(JournalDatabase database, AgroalDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                BoundedTransaction transaction = new BoundedTransaction(connection, Duration.ofSeconds(10));
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            long session = database.number("SELECT pid FROM pg_stat_activity WHERE usename = 'xietong_sequencer'"
                    + " AND state = 'idle in transaction'");
            database.number("SELECT pg_terminate_backend(" + session + ")::int");
            statement.execute("SELECT 1");
            transaction.commit();
        } catch (CommitUnknownException e) {
            throw new AssertionError(e);
        }
    }
}
