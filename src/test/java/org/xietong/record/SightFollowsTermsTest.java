package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.xietong.matter.Occurred;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;

/** A label whose day has come shuts nobody out any more: the watch of sight brings the rows after it. */
@QuarkusTest
@WithTestResource(CityResource.class)
class SightFollowsTermsTest {
    private static final String TERM = """
            "addressees": ["COURT-421200"], "label": {"level": "INTERNAL", "scope": {"units": ["IPO-421200"]},
              "declassify": {"on": "2999-01-01"}},
            """;

    @Inject
    SightRebuild watch;

    private final City city = City.current();

    @Test
    void onTheDayThatALabelNames() throws SQLException {
        Registered clue = Registered.of(
                "/v1/clues/",
                city.call(City.MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(City.utf8(Drafts.clue("", null, TERM)))
                        .send());
        LocalDate today = LocalDate.now(Occurred.ZONE);
        sql("UPDATE xietong.record SET label = jsonb_set(label, '{declassify,on}', '\"" + today + "\"') WHERE id = '"
                + clue.id() + "'");
        sql("UPDATE xietong.sight_state SET declassified_to = date '" + today.minusDays(1) + "'");
        watch.declassify(today.minusDays(1));
        assertEquals(404, read(clue));
        watch.declassify(today);
        assertEquals(200, read(clue));
        assertEquals(today.toString(), city.stored().text("SELECT declassified_to FROM xietong.sight_state"));
    }

    private int read(Registered clue) {
        return city.call(City.COURT, "GET", clue.path()).send().status();
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = city.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
