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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
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
            assertEquals(503, health(city, "well").statusCode());
            assertTrue(health(city, "well").body().contains("\"overdue\": true"));
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

    /** A disk that does not take the checkpoint stops nothing. */
    @Test
    void whatIsNotKeptOutsideTheDatabaseIsAnAlarm() throws Exception {
        City city = City.current();
        Path kept = Path.of(ConfigProvider.getConfig().getValue("xietong.log.outside-folder", String.class));
        Path inTheWay = Files.createDirectories(kept.resolve("checkpoint.next").resolve("in the way"));
        city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
        Stored.await(
                "the alarm",
                Duration.ofSeconds(30),
                () -> health(city, "well").body().contains("\"notKeptOutside\": true"));
        assertEquals(503, health(city, "well").statusCode());
        assertEquals(200, health(city).statusCode());
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        Stored.await(
                "its end",
                Duration.ofSeconds(30),
                () -> health(city, "well").body().contains("\"notKeptOutside\": false"));
    }

    private static HttpResponse<String> health(City city) {
        return health(city, "ready");
    }

    private static HttpResponse<String> health(City city, String which) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI ready = city.base().resolve("/health/" + which);
            return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
