package org.xietong.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.xietong.app.DatabaseRole;

class TestDatabaseTest {
    private final TestDatabase database = TestDatabase.get();

    @Test
    void isOneForTheWholeJvm() {
        assertEquals(database.port(), TestDatabase.get().port());
    }

    @Test
    void givesFreshDatabasesWithTheRolesRights() throws SQLException {
        String first = database.fresh();
        String second = database.fresh();
        assertNotEquals(first, second);
        assertEquals("xietong", one(database.as(DatabaseRole.APP, first), "SHOW search_path"));
        assertEquals("on", one(database.as(DatabaseRole.APP, second), "SHOW synchronous_commit"));
        assertThrows(SQLException.class, () -> one(database.as(DatabaseRole.APP, first), "CREATE TABLE t (x int)"));
    }

    @Test
    void comesBackWhereItWas() throws SQLException {
        int port = database.port();
        database.stop();
        assertThrows(SQLException.class, () -> one(database.as(DatabaseRole.APP), "SELECT 1"));
        database.start();
        assertEquals(port, database.port());
        assertEquals("1", one(database.as(DatabaseRole.APP), "SELECT 1"));
    }

    private static String one(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
