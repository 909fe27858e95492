package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;

/** A day's counts as an auditor gets them, held against the entries that he exports himself. */
@QuarkusTest
@WithTestResource(CityResource.class)
class DayCountsOverHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    DataSource store;

    @Inject
    Journal journal;

    @Test
    void agreeWithTheEntriesThatAnAuditorCountsHimself() throws Exception {
        City city = City.current();
        city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
        city.call(City.POLICE, "GET", "/v1/clues?limit=1").send();
        Stored.await(
                "all have their places",
                Duration.ofSeconds(20),
                () -> city.stored().number("SELECT count(*) FROM xietong.journal_pending") == 0);
        DayCount stated = stateToday();
        LocalDate day = stated.day();
        JsonNode days = JSON.readTree(audit(city, "/v1/log/counts?from=" + day + "&until=" + day.plusDays(1))
                .body());
        assertEquals(1, days.get("items").size());
        JsonNode one = days.at("/items/0");
        String lines = text(audit(
                city,
                "/v1/log/entries?from=" + one.get("from").asText() + "&until="
                        + one.get("until").asText()));
        TreeMap<String, Long> counted = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            counted.merge(JSON.readTree(line).get("agency").asText(), 1L, Long::sum);
        }
        TreeMap<String, Long> told = new TreeMap<>();
        one.get("counts")
                .forEach(count -> told.put(
                        count.get("agency").asText(), count.get("entries").asLong()));
        assertEquals(counted, told);
        assertTrue(told.containsKey("MSA") && told.containsKey("POLICE"));
        assertEquals(stated.counts(), told);

        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(HexFormat.of().parseHex(one.get("salt").asText()));
        sha256.update(one.get("statement").asText().getBytes(StandardCharsets.UTF_8));
        JsonNode entry = JSON.readTree(one.get("entry").asText());
        assertEquals(
                HexFormat.of().formatHex(sha256.digest()),
                entry.at("/parts/decision").asText());
        assertEquals(one.get("exchangeId").asText(), entry.get("id").asText());
        String receipt = text(audit(
                city, "/v1/exchanges/" + awaited(city, one.get("exchangeId").asText()) + "/receipt"));
        assertTrue(receipt.startsWith("c2sp.org/tlog-proof@v1\n"), receipt);
    }

    @Test
    void otherDaysAreRefused() {
        City city = City.current();
        for (String bad : List.of(
                "from=2026-01-01",
                "until=2026-01-01",
                "from=2026-01-01&until=2026-01-01",
                "from=2026-02-30&until=2026-03-05",
                "from=2026-1-1&until=2026-02-01",
                "from=+999999999-01-01&until=2026-02-01",
                "from=2020-01-01&until=2026-02-01")) {
            SignedAnswer answer = audit(city, "/v1/log/counts?" + bad);
            new Reply(answer.status(), answer.headers(), answer.body()).requireJournaledProblem(422, "INVALID_QUERY");
        }
    }

    /** As it will be after midnight. */
    private DayCount stateToday() throws Exception {
        LocalDate tomorrow = LocalDate.now(DayCount.ZONE).plusDays(1);
        Instant then = tomorrow.atTime(LocalTime.of(0, 5)).atZone(DayCount.ZONE).toInstant();
        return new DayCounter(store, journal, Clock.fixed(then, ZoneOffset.UTC))
                .stateNext()
                .orElseThrow();
    }

    private static String awaited(City city, String id) {
        Stored.await(
                "a checkpoint over it",
                Duration.ofSeconds(20),
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid"
                                                + " AND position < (SELECT max(size) FROM xietong.ledger_checkpoint)",
                                        id)
                        == 1);
        return id;
    }

    private static SignedAnswer audit(City city, String target) {
        return city.client(City.AUD)
                .call("GET", target)
                .purpose(Purpose.of("audit"))
                .officer(
                        new OfficerName("AUD-421200-001", City.AUD, "ukey"),
                        city.keys().officer("AUD-421200-001"))
                .send();
    }

    private static String text(SignedAnswer answer) {
        assertEquals(200, answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
