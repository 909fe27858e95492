package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.testing.Audits.reply;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.Audits;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;

/** Who saw what: every disclosure of a record, a matter, a person; told as delivered, read only where it was reported (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class WhoSawWhatTest {
    private static final String NUMBER = "11010519491231002X";
    private static final String BY_NUMBER =
            "\"identifier\": {\"type\": \"RESIDENT_NUMBER\", \"value\": \"%s\", \"salt\": \"cmFuZG9tIGFuZCBmcmVzaA\"}, \"limit\": 200";

    private final Casework work = new Casework();
    private final City city = work.city();
    private final Audits audits = Audits.opened();

    @Test
    void namesEachDisclosureOfARecordAMatterAndAPerson() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        SignedAnswer read = city.call(City.POLICE, "GET", clue.path()).send();
        String participant =
                Casework.json(read).at("/content/participants/0/id").asText();
        for (String sought : List.of(
                "\"recordId\": \"" + clue.id() + "\"",
                "\"matterId\": \"" + clue.matter() + "\"",
                "\"participantId\": \"" + participant + "\"",
                BY_NUMBER.formatted("1101 0519491231002x"))) {
            JsonNode seen = of(found(sought), read.exchangeId());
            assertEquals("POLICE-421200-cms", seen.at("/deliveredTo/system").asText(), sought);
            assertEquals(City.POLICE, seen.at("/deliveredTo/unit").asText());
            assertEquals("POLICE-421200-001", seen.at("/deliveredTo/officer").asText());
            assertEquals(clue.id(), seen.get("recordId").asText());
            assertEquals(clue.matter(), seen.get("matterId").asText());
            assertEquals("FULL", seen.get("view").asText());
            assertEquals("case-handling", seen.at("/purpose/code").asText());
            assertEquals(5, seen.get("version").asInt() + 1);
            assertFalse(seen.get("rule").asText().isEmpty());
            assertTrue(seen.get("masked").toString().contains("/content/informant"), seen.toString());
            assertTrue(seen.get("caveated").toString().contains("participants"), seen.toString());
            assertEquals(0, seen.get("readers").size(), "delivered is not read");
            assertFalse(seen.toString().contains("seen"), seen.toString());
        }
    }

    @Test
    void pagesShowEachDisclosureOnce() {
        Piece clue = work.clue(City.MSA);
        Set<String> expected = new java.util.HashSet<>();
        for (int i = 0; i < 7; i++) {
            expected.add(city.call(City.MSA, "GET", clue.path()).send().exchangeId());
        }
        expected.add(city.stored()
                .text("SELECT exchange_id::text FROM xietong.record_version WHERE record_id = ?::uuid", clue.id()));
        List<String> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = Casework.json(audits.search("\"recordId\": \"" + clue.id() + "\", \"limit\": 3" + after));
            page.get("items").forEach(item -> all.add(item.get("exchangeId").asText()));
            after = page.has("next") ? ", \"after\": \"" + page.get("next").asText() + "\"" : "";
        } while (!after.isEmpty());
        assertEquals(expected, Set.copyOf(all));
        assertEquals(expected.size(), all.size());
    }

    @Test
    void historyIsADisclosureOfEachVersionThatItShows() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String history =
                city.call(City.MSA, "GET", clue.path() + "/history").send().exchangeId();
        List<Integer> parts = new ArrayList<>();
        found("\"recordId\": \"" + clue.id() + "\"").forEach(item -> {
            if (item.get("exchangeId").asText().equals(history)) {
                parts.add(item.get("version").asInt());
            }
        });
        assertEquals(
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = 'disclosed'",
                                history),
                parts.size());
        assertFalse(parts.isEmpty());
    }

    @Test
    void countsWhatIsErasedAndHidesNothing() {
        Piece clue = work.clue(City.MSA);
        String read = city.call(City.MSA, "GET", clue.path()).send().exchangeId();
        String sought = "\"recordId\": \"" + clue.id() + "\"";
        int before = found(sought).size();
        city.stored().execute("SET ROLE xietong_eraser", "SET search_path = xietong");
        city.stored()
                .execute(
                        "DELETE FROM xietong.journal_part WHERE name = 'disclosed' AND entry_id = '" + read + "'",
                        "RESET ROLE",
                        "RESET search_path");
        JsonNode page = Casework.json(audits.search(sought));
        assertEquals(before - 1, page.get("items").size());
        assertEquals(1, page.get("erased").asInt());
    }

    @Test
    void findsAPersonByANumberOfAnEarlierVersionAndInOtherMatters() {
        Piece first = work.clue(City.MSA);
        Piece second = work.clue(City.MSA);
        Piece corrected = work.amend(City.MSA, first, Drafts.clue("").replace(NUMBER, "110105194912310038"));
        String read = city.call(City.MSA, "GET", corrected.path()).send().exchangeId();
        JsonNode all = found(BY_NUMBER.formatted(NUMBER));
        assertEquals(first.id(), of(all, read).get("recordId").asText());
        assertTrue(all.toString().contains(second.id()));
        assertEquals(0, found(BY_NUMBER.formatted("440524188001010014")).size());
    }

    @Test
    void isForAuditorsOnlyWhoeverGuessesANumber() {
        work.clue(City.MSA);
        for (String number : List.of(NUMBER, "440524188001010014")) {
            for (String unit : List.of(City.MSA, City.PROC, City.COURT)) {
                Call search = city.signed(unit, 1, "POST", "/v1/disclosures/search")
                        .body(City.utf8("{" + BY_NUMBER.formatted(number) + "}"));
                reply(search.send()).requireJournaledProblem(403, "FORBIDDEN");
            }
        }
    }

    @Test
    void aNumberStandsInContentAndNowhereElse() {
        try (ServerLog log = new ServerLog()) {
            Piece clue = work.clue(City.MSA);
            JsonNode found = found(BY_NUMBER.formatted(NUMBER));
            assertTrue(found.toString().contains(clue.id()));
            assertFalse(found.toString().contains("张某"), "no content reaches the auditor");
            for (String form : org.xietong.testing.Stored.forms(NUMBER)) {
                assertFalse(found.toString().toLowerCase(java.util.Locale.ROOT).contains(form));
                assertFalse(log.text().toLowerCase(java.util.Locale.ROOT).contains(form));
            }
        }
        assertEquals(
                Set.of("journal_body", "record", "record_version"),
                city.stored().placesOf(NUMBER));
        assertTrue(city.stored().count("blind_index") > 0);
    }

    @Test
    void askingNeedsExactlyOneThingSought() {
        for (String sought : List.of(
                "\"limit\": 3",
                "\"recordId\": \"" + UUID.randomUUID() + "\", \"matterId\": \"" + UUID.randomUUID() + "\"")) {
            Reply refused = reply(audits.search(sought)).requireJournaledProblem(422, "INVALID_CONTENT");
            assertEquals(List.of("/recordId EXACTLY_ONE"), refused.faults());
        }
        reply(audits.search("\"recordId\": \"" + UUID.randomUUID() + "\", \"after\": \"x\""))
                .requireJournaledProblem(422, "INVALID_CURSOR");
        reply(audits.search("\"recordId\": \"" + UUID.randomUUID() + "\", \"limit\": 201"))
                .requireJournaledProblem(422, "INVALID_CONTENT");
    }

    @Test
    void readersShowOnceTheReceivingAgencyReportsThem() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String read = city.call(City.POLICE, "GET", clue.path()).send().exchangeId();
        String report = reading(read, "POLICE-421200-002", OffsetDateTime.now().toString(), clue.id());
        Call call = report(City.POLICE, report).idempotencyKey("readings-of-" + read);
        assertEquals(
                "READING",
                reply(call.send()).requireStatus(201).json().get("kind").asText());
        assertTrue(reply(call.send()).requireStatus(201).json().get("repeated").asBoolean());
        reply(report(City.POLICE, report).send()).requireStatus(201);
        JsonNode readers =
                of(found("\"recordId\": \"" + clue.id() + "\""), read).get("readers");
        assertEquals(1, readers.size(), readers.toString());
        assertEquals("POLICE-421200-002", readers.at("/0/officer").asText());
        for (String wrong :
                List.of("UPDATE xietong.reported_reading SET officer = 'x'", "DELETE FROM xietong.reported_reading")) {
            try {
                city.stored().execute(wrong);
                throw new AssertionError(wrong);
            } catch (IllegalStateException refused) {
                assertTrue(refused.getMessage().contains("append-only"), refused.getMessage());
            }
        }
    }

    @Test
    void nobodyReportsWhatWasNotDeliveredToHisSystem() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String read = city.call(City.POLICE, "GET", clue.path()).send().exchangeId();
        String now = OffsetDateTime.now().toString();
        String officer = "POLICE-421200-001";
        assertEquals(
                faults(City.MSA, reading(UUID.randomUUID().toString(), "MSA-421200-001", now, clue.id())),
                faults(City.MSA, reading(read, "MSA-421200-001", now, clue.id())));
        assertEquals(
                List.of("/items/0/recordIds/0 UNKNOWN"),
                faults(
                        City.POLICE,
                        reading(read, officer, now, UUID.randomUUID().toString())));
        assertEquals(
                List.of("/items/0/officer UNKNOWN_OFFICER"),
                faults(City.POLICE, reading(read, "MSA-421200-001", now, clue.id())));
        assertEquals(
                List.of("/items/0/at RANGE"),
                faults(City.POLICE, reading(read, officer, "2001-01-01T00:00:00Z", clue.id())));
        assertEquals(
                List.of("/items/0/at RANGE"),
                faults(City.POLICE, reading(read, officer, "2999-01-01T00:00:00Z", clue.id())));
        assertEquals(
                0,
                city.stored().number("SELECT count(*) FROM xietong.reported_reading WHERE entry_id = ?::uuid", read));
    }

    private List<String> faults(String unit, String report) {
        return reply(report(unit, report).send())
                .requireJournaledProblem(422, "INVALID_CONTENT")
                .faults();
    }

    private Call report(String unit, String report) {
        return city.unattended(unit, "POST", "/v1/readings").idempotencyKey().body(City.utf8(report));
    }

    private static String reading(String exchange, String officer, String at, String record) {
        return """
                {"items": [{"exchangeId": "%s", "officer": "%s", "at": "%s", "recordIds": ["%s"]}]}
                """.formatted(exchange, officer, at, record);
    }

    private JsonNode found(String sought) {
        return reply(audits.search(sought)).requireStatus(200).json().get("items");
    }

    private static JsonNode of(JsonNode items, String exchange) {
        for (JsonNode item : items) {
            if (item.get("exchangeId").asText().equals(exchange)) {
                return item;
            }
        }
        throw new AssertionError("not found: " + exchange + " in " + items);
    }
}
