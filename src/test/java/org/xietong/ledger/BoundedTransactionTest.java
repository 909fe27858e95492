package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The sequencer's pool has two places: a broken connection that kept its own would stop the log for good. */
class BoundedTransactionTest {
    private static final int PLACES = 2;

    @Test
    void aConnectionThatBrokeInsideGivesItsPlaceBack() throws Exception {
        JournalDatabase database = JournalDatabase.shared();
        try (AgroalDataSource pool = database.pool("xietong_sequencer", database.port(), "connectTimeout=2", PLACES)) {
            for (int i = 0; i < 2 * PLACES; i++) {
                assertThrows(SQLException.class, () -> breakInside(database, pool));
            }
            try (Connection one = pool.getConnection();
                    Connection other = pool.getConnection()) {
                assertEquals(1, number(one, "SELECT 1"));
                assertEquals(1, number(other, "SELECT 1"));
            }
        }
    }

    private static void breakInside(JournalDatabase database, AgroalDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                BoundedTransaction transaction = new BoundedTransaction(connection, Duration.ofSeconds(5))) {
            database.number(
                    "SELECT pg_terminate_backend(" + number(connection, "SELECT pg_backend_pid()") + ", 5000)::int");
            number(connection, "SELECT 1");
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
