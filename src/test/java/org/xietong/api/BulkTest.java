package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;

/** Bulk writes: one signed body, and every line of it an exchange of its own. */
@QuarkusTest
@WithTestResource(CityResource.class)
class BulkTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private final String run = UUID.randomUUID().toString();

    @Test
    void eachLineHasItsOwnTransactionEntryAndResult() {
        long before = city.stored().count("record");
        JsonNode lines =
                lines(post(create(1), "{\"idempotencyKey\": \"" + run + "-2\", \"draft\": {}}", "no JSON", create(4)));
        assertEquals(List.of(201, 422, 400, 201), column(lines, "status"));
        assertEquals(List.of(1, 2, 3, 4), column(lines, "line"));
        assertEquals("MALFORMED", lines.get(2).at("/problem/code").asText());
        assertTrue(lines.get(1).at("/problem/faults").size() > 0);
        assertEquals(before + 2, city.stored().count("record"));
        for (JsonNode line : lines) {
            String entry = line.path("exchangeId").asText();
            assertEquals(
                    1, city.stored().number("SELECT count(*) FROM xietong.journal_entry WHERE id = ?::uuid", entry));
            String request = part(entry, "request");
            assertTrue(request.contains("\"line\":" + line.path("line").asInt()), request);
            assertTrue(request.contains("\"contentDigest\":\"sha-256=:"), "the digest of the whole stands in each");
            assertEquals(
                    line.path("status").asInt(),
                    city.stored().number("SELECT status FROM xietong.exchange_index WHERE id = ?::uuid", entry));
        }
        String record = lines.get(3).path("id").asText();
        assertEquals(
                lines.get(3).path("exchangeId").asText(),
                city.stored().text("SELECT exchange_id FROM xietong.record_version WHERE record_id = ?::uuid", record));
        assertEquals(
                200, city.call(City.MSA, "GET", "/v1/clues/" + record).send().status());
    }

    @Test
    void sentAgainItRepeatsWhatWasCommittedAndDoesTheRest() {
        JsonNode first = lines(post(create(1), create(2)));
        long before = city.stored().count("record");
        JsonNode again = lines(post(create(1), create(2), create(3)));
        assertEquals(before + 1, city.stored().count("record"));
        assertEquals(List.of(201, 201, 201), column(again, "status"));
        for (int i = 0; i < 2; i++) {
            assertTrue(again.get(i).path("repeated").asBoolean());
            assertEquals(first.get(i).path("id"), again.get(i).path("id"));
            assertEquals(first.get(i).path("exchangeId"), again.get(i).path("firstExchange"));
        }
        assertTrue(again.get(2).path("repeated").isMissingNode());
    }

    @Test
    void aKeyUsedForAnotherLineIsRefusedThereAlone() {
        String other = "{\"idempotencyKey\": \"" + run + "-1\", \"draft\": " + flat(Drafts.clue("another")) + "}";
        assertEquals(List.of(201, 422, 201), column(lines(post(create(1), other, create(2))), "status"));
    }

    @Test
    void bySourceReferenceALineRegistersOrAmends() {
        String ref = "bulk-" + run;
        String draft = flat(Drafts.clue(""));
        String line = "{\"sourceRef\": \"" + ref + "\", \"draft\": " + draft + "}";
        String amended = "{\"sourceRef\": \"" + ref + "\", \"draft\": " + flat(Drafts.clue("x")) + "}";
        JsonNode lines = lines(post(line, line, amended));
        assertEquals(List.of(201, 200, 200), column(lines, "status"));
        assertEquals(List.of(1, 1, 2), column(lines, "version"));
    }

    @Test
    void aLineWithoutKeyOrReferenceIsRefused() {
        JsonNode lines = lines(post("{\"draft\": " + flat(Drafts.clue("")) + "}", create(2)));
        assertEquals(
                "IDEMPOTENCY_KEY_REQUIRED", lines.get(0).at("/problem/code").asText());
        assertEquals(201, lines.get(1).path("status").asInt());
    }

    @Test
    void limitsOfASingleBodyHoldForALine() {
        String deep = "{\"idempotencyKey\": \"d\", \"draft\": {\"content\": " + "[".repeat(40) + "]".repeat(40) + "}}";
        String large = "{\"idempotencyKey\": \"l\", \"draft\": \"" + "x".repeat(1 << 20) + "\"}";
        JsonNode lines = lines(post(deep, large, create(3)));
        assertEquals(
                List.of("BODY_TOO_DEEP", "BODY_TOO_LARGE"),
                List.of(
                        lines.get(0).at("/problem/code").asText(),
                        lines.get(1).at("/problem/code").asText()));
        assertEquals(201, lines.get(2).path("status").asInt());
    }

    @Test
    void moreThanAThousandLinesAreRefusedWhole() {
        long before = city.stored().count("record");
        String[] many = new String[1_001];
        java.util.Arrays.fill(many, "{}");
        many[0] = create(1);
        city.wire().send(call(many).prepare()).requireJournaledProblem(413, "BODY_TOO_LARGE");
        assertEquals(before, city.stored().count("record"));
    }

    @Test
    void aReplayOrAnAlteredBodyWritesNothing() {
        PreparedRequest request = call(create(1)).prepare();
        city.wire()
                .send(request.withBody(City.utf8(create(2) + "\n")))
                .requireJournaledProblem(401, "CONTENT_DIGEST_MISMATCH");
        PreparedRequest fresh = call(create(1)).prepare();
        city.wire().send(fresh).requireStatus(200);
        long before = city.stored().count("record_version");
        Reply replayed = city.wire().send(fresh);
        replayed.requireJournaledProblem(409, "REPLAYED");
        assertEquals(before, city.stored().count("record_version"));
    }

    /** The signed digest is of all lines: were the others written, it would stand without salt in their entries. */
    @Test
    void aStateSecretInALineRefusesAllAndLeavesACommitmentOnly() {
        String secret = "{\"idempotencyKey\": \"" + run + "-s\", \"draft\": " + flat(Drafts.clue("绝密★1年")) + "}";
        long before = city.stored().count("record");
        PreparedRequest request = call(create(1), secret).prepare();
        Reply refused = city.wire().send(request).requireJournaledProblem(422, "STATE_SECRET_REFUSED");
        assertTrue(
                refused.faults().getFirst().startsWith("lines/2 "),
                refused.faults().toString());
        assertEquals(before, city.stored().count("record"));
        String digest = Base64.getEncoder().encodeToString(Digests.sha256(request.body()));
        assertTrue(request.header("content-digest").orElseThrow().contains(digest));
        assertEquals(Set.of(), city.stored().placesOf(digest));
        assertEquals(Set.of(), city.stored().placesOf(run + "-s"));
        assertEquals(List.of(201), column(lines(post(create(1))), "status"), "without that line it may be sent again");
    }

    @Test
    void aThousandLinesAreTaken() {
        String[] many = new String[1_000];
        java.util.Arrays.fill(many, "{}");
        many[999] = create(1);
        JsonNode lines = lines(post(many));
        assertEquals(1_000, lines.size());
        assertEquals(422, lines.get(998).path("status").asInt());
        assertEquals(201, lines.get(999).path("status").asInt());
    }

    @Test
    void blankLinesAndCarriageReturnsCountForNothingAndTheLastLineNeedsNoEnd() {
        JsonNode lines = lines(raw("\r\n" + create(1) + "\r\n\n \t\n" + create(2)));
        assertEquals(List.of(2, 5), column(lines, "line"));
        assertEquals(List.of(201, 201), column(lines, "status"));
        assertEquals(0, lines(raw("\n\n")).size());
    }

    @Test
    void aByteOrderMarkSpoilsItsLineAlone() {
        assertEquals(List.of(400, 201), column(lines(raw("\uFEFF" + create(1) + "\n" + create(2))), "status"));
    }

    @Test
    void theSameLineTwiceIsDoneOnce() {
        JsonNode lines = lines(post(create(1), create(1)));
        assertEquals(lines.get(0).path("id"), lines.get(1).path("id"));
        assertEquals(lines.get(0).path("exchangeId"), lines.get(1).path("firstExchange"));
    }

    /** The store fails at the third of five lines; the same file again does the rest, and nothing twice. */
    @Test
    void afterAFailureInTheMiddleTheSameFileGoesOn() {
        String[] file = {create(1), create(2), bySource(3), create(4), create(5)};
        long before = city.stored().count("record");
        city.stored()
                .execute("CREATE FUNCTION xietong.fails() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'shut down' USING ERRCODE = '57P01'; END $$");
        city.stored()
                .execute(
                        "CREATE TRIGGER fails BEFORE INSERT ON xietong.record FOR EACH ROW WHEN (NEW.source_ref = 'bulk-"
                                + run + "-3') EXECUTE FUNCTION xietong.fails()");
        try {
            city.wire().send(call(file).prepare()).requireJournaledProblem(503, "UNAVAILABLE");
        } finally {
            city.stored().execute("DROP TRIGGER fails ON xietong.record", "DROP FUNCTION xietong.fails()");
        }
        assertEquals(before + 2, city.stored().count("record"));
        JsonNode again = lines(post(file));
        assertEquals(List.of(201, 201, 201, 201, 201), column(again, "status"));
        assertEquals(
                List.of(true, true, false, false, false),
                List.of(0, 1, 2, 3, 4).stream()
                        .map(i -> again.get(i).path("repeated").asBoolean())
                        .toList());
        assertEquals(before + 5, city.stored().count("record"));
    }

    @Test
    void whoMayNotCreateWritesNoLine() {
        String line = "{\"idempotencyKey\": \"" + run + "\", \"draft\": " + flat(Drafts.filing(null, "")) + "}";
        JsonNode lines = lines(city.call(City.MSA, "POST", "/v1/filings/bulk")
                .contentType("application/x-ndjson")
                .body(City.utf8(line))
                .send());
        assertEquals(List.of(403), column(lines, "status"));
    }

    private SignedAnswer post(String... lines) {
        SignedAnswer answer = call(lines).send();
        assertEquals(200, answer.status(), Casework.text(answer));
        return answer;
    }

    private SignedAnswer raw(String body) {
        return city.call(City.MSA, "POST", "/v1/clues/bulk")
                .contentType("application/x-ndjson")
                .body(City.utf8(body))
                .send();
    }

    private String bySource(int number) {
        return "{\"sourceRef\": \"bulk-" + run + "-" + number + "\", \"draft\": " + flat(Drafts.clue("")) + "}";
    }

    private Call call(String... lines) {
        return city.call(City.MSA, "POST", "/v1/clues/bulk")
                .contentType("application/x-ndjson")
                .body(City.utf8(String.join("\n", lines) + "\n"));
    }

    private String create(int number) {
        return "{\"idempotencyKey\": \"" + run + "-" + number + "\", \"draft\": " + flat(Drafts.clue("")) + "}";
    }

    private static String flat(String json) {
        return json.replaceAll("\\s*\n\\s*", " ").strip();
    }

    private String part(String entry, String name) {
        return city.stored()
                .text(
                        "SELECT convert_from(bytes, 'UTF8') FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = ?",
                        entry,
                        name);
    }

    private static JsonNode lines(SignedAnswer answer) {
        return Casework.json(answer).path("lines");
    }

    private static List<Integer> column(JsonNode lines, String field) {
        List<Integer> column = new ArrayList<>();
        lines.forEach(line -> column.add(line.path(field).asInt()));
        return column;
    }
}
