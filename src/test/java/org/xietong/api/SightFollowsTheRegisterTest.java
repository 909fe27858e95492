package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** Units change while the service runs: sight is brought in step without a restart (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class SightFollowsTheRegisterTest {
    private static final String NEW_UNIT = "COPYRIGHT-421200-b";
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private final Casework work = new Casework();
    private final City city = work.city();

    @Test
    void ofANewUnitAndOfOneThatIsSuspended() throws SQLException {
        Piece clue = work.clue(City.MSA);
        register("INSERT INTO unit (id, agency, division, name, responsible, active, valid_from)"
                + " VALUES (?, 'COPYRIGHT', '421200', '版权局二科', '某某', true, now())");
        assertEquals(1, await(1, clue));
        register("UPDATE unit SET active = false WHERE id = ?");
        assertEquals(0, await(0, clue));
    }

    private void register(String sql) throws SQLException {
        try (Connection connection = city.database(DatabaseRole.OWNER).getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, NEW_UNIT);
            statement.executeUpdate();
        }
    }

    /** The rows of the new unit once they are as many as wanted, or as they are when it has taken too long. */
    private long await(long wanted, Piece clue) throws SQLException {
        Instant end = Instant.now().plus(LONG_ENOUGH);
        long rows = rows(clue);
        while (rows != wanted && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            rows = rows(clue);
        }
        return rows;
    }

    private long rows(Piece clue) throws SQLException {
        try (Connection connection = city.superuser().getConnection();
                PreparedStatement count = connection.prepareStatement(
                        "SELECT count(*) FROM xietong.record_sight WHERE viewer = ? AND id = ?")) {
            count.setString(1, NEW_UNIT);
            count.setObject(2, UUID.fromString(clue.id()));
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
