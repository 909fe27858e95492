package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.client.Purpose;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/**
 * What bears the mark of a state secret is refused wherever it stands, and leaves no trace: in no table, no part of the
 * journal, no line of the log. Sender, time and a salted commitment stay (I7).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class StateSecretTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private City city;
    private Stored stored;
    private Wire wire;
    private ServerLog log;
    private String codename;
    private String secret;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        codename = codename();
        secret = "机密★" + codename;
        city.call(City.MSA, "GET", "/v1/policy").send();
        log = new ServerLog();
    }

    @AfterEach
    void noTrace() {
        log.close();
        assertEquals(Set.of(), stored.placesOf(codename));
        assertFalse(logged(codename));
    }

    @Test
    void theSearchFindsWhatIsThere() {
        String harmless = codename();
        wire.send(post("/v1/clues", Drafts.clue(harmless))).requireStatus(201);
        wire.send(city.client(City.MSA)
                        .call("GET", "/v1/clues?sourceRef=" + encoded(harmless))
                        .purpose(Purpose.of("case-handling", "XZF10_5", harmless))
                        .prepare())
                .requireStatus(200);
        Logger.getLogger("org.xietong.test").info(harmless);
        assertTrue(
                stored.placesOf(harmless).containsAll(Set.of("record", "record_version", "journal_part")),
                stored.placesOf(harmless).toString());
        assertTrue(logged(harmless));
    }

    @Test
    void inEveryTextOfADraft() throws IOException {
        for (JsonPointer place : texts(JSON.readTree(Drafts.clue("", "ref-1", moreTexts())))) {
            JsonNode draft = JSON.readTree(Drafts.clue("", "ref-1", moreTexts()));
            put(draft, place, secret);
            refused(post("/v1/clues", draft.toString()), "clue " + place);
        }
        for (JsonPointer place : texts(JSON.readTree(Drafts.filing(null, "")))) {
            JsonNode draft = JSON.readTree(Drafts.filing(null, ""));
            put(draft, place, secret);
            PreparedRequest request = city.call(City.POLICE, "POST", "/v1/filings")
                    .idempotencyKey()
                    .body(City.utf8(draft.toString()))
                    .prepare();
            refused(request, "filing " + place);
        }
    }

    @Test
    void inANameOrAnUnknownField() {
        refused(post("/v1/clues", "{\"" + secret + "\": 1}"), "a name");
        refused(post("/v1/clues", "{\"nonsense\": {\"deep\": [\"" + secret + "\"]}}"), "an unknown field");
        refused(post("/v1/clues", "[\"" + secret + "\"]"), "no draft at all");
    }

    @Test
    void inAnActAnAmendmentAnUpsertAndAQuestion() {
        Registered clue = Registered.clue(city);
        for (String field : List.of("note", "documentNumber", "reasonCode")) {
            PreparedRequest act = city.call(City.MSA, "POST", clue.path() + "/acts/triage")
                    .idempotencyKey()
                    .ifMatch(clue.etag())
                    .body(City.utf8("{\"noStateSecret\": true, \"" + field + "\": \"" + secret + "\"}"))
                    .prepare();
            refused(act, "act " + field);
        }
        Call amend = city.call(City.MSA, "PUT", clue.path()).ifMatch(clue.etag());
        refused(amend.body(City.utf8(Drafts.clue(secret))).prepare(), "amendment");
        Call upsert = city.call(City.MSA, "PUT", "/v1/clues/by-source/" + UUID.randomUUID());
        refused(upsert.body(City.utf8(Drafts.clue(secret))).prepare(), "upsert");
        Call explain = city.call(City.MSA, "POST", "/v1/policy/explain");
        refused(explain.body(City.utf8("{\"kind\": \"" + secret + "\"}")).prepare(), "question");
    }

    @Test
    void inAQuery() {
        refused(
                city.call(City.MSA, "GET", "/v1/clues?sourceRef=" + encoded(secret))
                        .prepare(),
                "source");
        refused(
                city.call(City.MSA, "GET", "/v1/clues?nonsense=" + encoded(secret))
                        .prepare(),
                "unknown parameter");
        refused(
                city.call(City.MSA, "GET", "/v1/clues?" + encoded(secret) + "=1")
                        .prepare(),
                "name of a parameter");
        refused(
                city.call(City.MSA, "GET", "/v1/exchanges?agency=" + encoded(secret))
                        .prepare(),
                "filter");
    }

    @Test
    void inAPath() {
        Call upsert = city.call(City.MSA, "PUT", "/v1/clues/by-source/" + encoded(secret));
        refused(upsert.body(City.utf8(Drafts.clue(""))).prepare(), "source");
        refused(city.call(City.MSA, "GET", "/v1/clues/" + encoded(secret)).prepare(), "id");
        Call act = city.call(City.MSA, "POST", "/v1/clues/" + UUID.randomUUID() + "/acts/" + encoded(secret));
        refused(act.idempotencyKey().ifMatch("\"x\"").body(City.utf8("{}")).prepare(), "act");
    }

    @Test
    void inTheCaseNumberOfThePurpose() {
        Call read =
                city.client(City.MSA).call("GET", "/v1/clues").purpose(Purpose.of("case-handling", "XZF10_5", secret));
        refused(read.prepare(), "case number");
        Call write = city.call(City.MSA, "POST", "/v1/clues")
                .purpose(Purpose.of("case-handling", "XZF10_5", secret))
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")));
        refused(write.prepare(), "case number of a write");
    }

    /** What is wrong with the head otherwise must not bring it into the journal first. */
    @Test
    void inAHeadThatIsWrongOtherwise() {
        String bytes = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        for (String purpose : List.of(
                "case-handling;basis=NOPE;case=:" + bytes + ":",
                "curiosity;case=:" + bytes + ":",
                "case-handling;colour=:" + bytes + ":",
                ";;:" + bytes + ":")) {
            refused(
                    city.client(City.MSA)
                            .call("GET", "/v1/clues")
                            .header("exchange-purpose", purpose)
                            .prepare(),
                    purpose.substring(0, 10));
        }
        String officer = "\"MSA-421200-009\";unit=\"MSA-421200\";login=:" + bytes + ":";
        refused(
                city.client(City.MSA)
                        .call("GET", "/v1/clues")
                        .purpose(Purpose.of("case-handling"))
                        .header("exchange-officer", officer)
                        .prepare(),
                "officer");
    }

    @Test
    void aReplayOfItLeavesNoTraceEither() {
        PreparedRequest request = post("/v1/clues", Drafts.clue(secret));
        refused(request, "first");
        wire.send(request).requireJournaledProblem(409, "REPLAYED");
        PreparedRequest query = city.call(City.MSA, "GET", "/v1/clues?sourceRef=" + encoded(secret))
                .prepare();
        refused(query, "first");
        wire.send(query).requireJournaledProblem(409, "REPLAYED");
    }

    @Test
    void senderTimeAndACommitmentStay() throws IOException {
        byte[] body = City.utf8(Drafts.clue(secret));
        Reply reply = wire.send(city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(body)
                .prepare());
        String id = reply.requireJournaledProblem(422, "STATE_SECRET_REFUSED")
                .exchangeId()
                .orElseThrow();
        JsonNode request = JSON.readTree(stored.bytes(
                "SELECT bytes FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = 'request'", id));
        assertEquals("MSA-421200-cms", request.get("system").asText());
        assertEquals("STATE_SECRET", request.get("withheld").asText());
        byte[] salt = HexFormat.of().parseHex(request.get("commitmentSalt").asText());
        assertEquals(16, salt.length);
        assertEquals(
                Digests.hex(Digests.sha256(salt, body)),
                request.get("commitment").asText());
        String all = request.toString();
        String plain = Base64.getEncoder().encodeToString(Digests.sha256(body));
        assertFalse(all.contains(plain), "an unsalted digest could be guessed");
        assertFalse(all.contains(Digests.hex(Digests.sha256(body))));
    }

    private boolean logged(String text) {
        String all = log.text().toLowerCase(Locale.ROOT);
        return Stored.forms(text).stream().anyMatch(all::contains);
    }

    private void refused(PreparedRequest request, String where) {
        String before = stored.cases();
        Reply reply = wire.send(request);
        assertEquals("STATE_SECRET_REFUSED", reply.code(), where + ": " + reply.status());
        reply.requireJournaledProblem(422, "STATE_SECRET_REFUSED");
        assertEquals(before, stored.cases(), where);
        String all = (reply.text() + reply.headers().map()).toLowerCase(Locale.ROOT);
        Stored.forms(codename).forEach(form -> assertFalse(all.contains(form), where));
    }

    private PreparedRequest post(String target, String body) {
        return city.call(City.MSA, "POST", target)
                .idempotencyKey()
                .body(City.utf8(body))
                .prepare();
    }

    /** Texts that {@link Drafts} leaves out, as members of a draft. */
    private static String moreTexts() {
        return """
                "documentNumber": "咸市监〔2023〕1号", "addressees": ["POLICE-421200"], "origin": "LIVE",
                "label": {"level": "INTERNAL", "basis": {"code": "WORK_SECRET", "text": "内部"},
                  "scope": {"units": ["MSA-421200"], "persons": ["MSA-421200-001"]}, "declassify": {"on": "2099-01-01"}},
                """;
    }

    private static List<JsonPointer> texts(JsonNode tree) {
        List<JsonPointer> places = new ArrayList<>();
        collect(tree, JsonPointer.empty(), places);
        assertTrue(places.size() > 5);
        return places;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
        if (node.isTextual()) {
            places.add(at);
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            collect(field.getValue(), at.appendProperty(field.getKey()), places);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.get(i), at.appendIndex(i), places);
        }
    }

    private static void put(JsonNode tree, JsonPointer place, String text) {
        JsonNode parent = tree.at(place.head());
        JsonPointer last = place.last();
        if (parent instanceof ObjectNode object) {
            object.set(last.getMatchingProperty(), TextNode.valueOf(text));
        } else {
            ((ArrayNode) parent).set(last.getMatchingIndex(), TextNode.valueOf(text));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Eight Chinese characters that stand together nowhere else. */
    private static String codename() {
        StringBuilder name = new StringBuilder();
        ThreadLocalRandom.current().ints(8, 0x4E00, 0x9FA5).forEach(name::appendCodePoint);
        return name.toString();
    }
}
