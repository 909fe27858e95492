package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Sight;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** Whoever is suspended is refused within 5 s, with a token and a key that were good a moment ago (I2). */
@QuarkusTest
@WithTestResource(CityResource.class)
class SuspensionTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String UNIT = City.COPYRIGHT;
    private static final String OFFICER = UNIT + "-001";

    private City city;
    private DirectoryAdmin admin;

    @BeforeEach
    void open() {
        city = City.current();
        admin = new DirectoryAdmin(city.database(DatabaseRole.OWNER));
    }

    @Test
    void aSuspendedSystemIsRefusedWithinFiveSeconds() throws SQLException {
        refusedWithinFiveSeconds(Subject.SYSTEM, UNIT + "-cms", "SIGNATURE_INVALID");
    }

    @Test
    void aSuspendedUnitIsRefusedWithinFiveSeconds() throws SQLException {
        refusedWithinFiveSeconds(Subject.UNIT, UNIT, "SIGNATURE_INVALID");
    }

    @Test
    void aSuspendedKeyOfASystemIsRefusedWithinFiveSeconds() throws SQLException {
        refusedWithinFiveSeconds(Subject.KEY, city.keys().system(UNIT).keyId(), "SIGNATURE_INVALID");
    }

    @Test
    void aSuspendedOfficerIsRefusedWithinFiveSeconds() throws SQLException {
        refusedWithinFiveSeconds(Subject.OFFICER, OFFICER, "OFFICER_UNKNOWN");
    }

    @Test
    void aSuspendedKeyOfAnOfficerIsRefusedWithinFiveSeconds() throws SQLException {
        refusedWithinFiveSeconds(Subject.KEY, city.keys().officer(OFFICER).keyId(), "OFFICER_SIGNATURE_INVALID");
    }

    private void refusedWithinFiveSeconds(Subject subject, String id, String code) throws SQLException {
        // A fresh one, which does not end while the caller is suspended: he would get no other.
        city.client(UNIT).forgetToken();
        Stored.await("the caller is admitted before", LIMIT, () -> call().isEmpty());
        Sight sight = Sight.of(city);
        admin.suspend(subject, id);
        try {
            Stored.await(code, LIMIT, () -> call().equals(code));
            if (subject == Subject.UNIT) {
                sight.awaitOther();
            }
        } finally {
            admin.resume(subject, id);
        }
        Stored.await("the caller is admitted again", LIMIT, () -> call().isEmpty());
        sight.awaitSame();
        assertEquals("", call());
    }

    /** The problem of a signed read; "" if it went well. Each from a source of its own: failures are counted. */
    private String call() {
        return Wire.to(city.base())
                .send(city.signed(UNIT, 1, "GET", "/v1/clues").prepare())
                .code();
    }
}
