package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stored;

/** While the log does not move: exchanges go on for a while, then nothing more is promised, and all comes back by itself. */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestProfile(LogStandstillTest.SoonAtTheLimit.class)
class LogStandstillTest {
    /** Limits that a test can wait for. */
    public static final class SoonAtTheLimit implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("xietong.log.merge-delay", "1s", "xietong.log.stop-after", "6s");
        }
    }

    @Test
    void pastTheLimitNothingIsAnsweredAndAfterwardsAllIsInTheLog() throws Exception {
        City city = City.current();
        String before;
        try (Connection holder = city.superuser().getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE xietong.ledger_leaf IN ACCESS EXCLUSIVE MODE");
            SignedAnswer answered =
                    city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
            assertEquals(200, answered.status(), "a standstill shows to nobody at first");
            before = answered.exchangeId();
            Stored.await(
                    "readiness to end",
                    Duration.ofSeconds(30),
                    () -> health(city).statusCode() == 503);
            assertTrue(
                    health(city).body().contains("\"overdue\": true"),
                    health(city).body());
            city.wire()
                    .send(city.call(City.MSA, "GET", "/v1/clues?limit=1").prepare())
                    .requireProblem(503, "UNAVAILABLE");
            city.wire()
                    .send(city.call(City.MSA, "POST", "/v1/clues")
                            .idempotencyKey()
                            .body(City.utf8(Drafts.clue("")))
                            .prepare())
                    .requireProblem(503, "UNAVAILABLE");
            holder.rollback();
        }
        Stored.await("readiness", Duration.ofSeconds(30), () -> health(city).statusCode() == 200);
        assertEquals(200, city.call(City.MSA, "GET", "/v1/clues?limit=1").send().status());
        assertEquals(
                1, city.stored().number("SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", before));
    }

    private static HttpResponse<String> health(City city) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = city.base().resolve("/health/ready");
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
