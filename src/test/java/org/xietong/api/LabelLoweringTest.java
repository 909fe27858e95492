package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.EVERYWHERE;
import static org.xietong.api.TwoKeys.NOWHERE;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;

/** A label is lowered by two officers of the owner, each with his own key (I11); what it shut out opens with it. */
@QuarkusTest
@WithTestResource(CityResource.class)
class LabelLoweringTest {
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";
    private static final String NARROW = Scenes.label("WORK_SECRET_LIMITED", "\"units\": [\"IPO-421200\"]");
    private static final String LOWERED =
            "{\"label\": {\"level\": \"INTERNAL\"}, \"reason\": \"侦查已公开\", \"noStateSecret\": true}";

    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoKeys keys = new TwoKeys(city);
    private final Piece clue =
            work.review(City.MSA, work.createSigned(City.MSA, "clue", Drafts.clue("", null, TO_COURT + NARROW)));

    @Test
    void opensOnEveryWayOnceTheSecondOfficerConfirmed() {
        JsonNode proposal = proposed(LOWERED);
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
        JsonNode lowered = TwoKeys.done(200, confirm(proposal, 2).send());
        assertEquals("INTERNAL", lowered.at("/label/level").asText());
        assertEquals("MSA-421200-001", lowered.at("/label/markedBy").asText());
        assertEquals("MSA-421200-002", lowered.at("/label/reviewedBy").asText());
        assertEquals(3, lowered.get("version").asInt());
        assertEquals(EVERYWHERE, keys.ways(City.COURT, clue));
        refused(409, "STATE_CONFLICT", confirm(proposal, 2).send());
    }

    @Test
    void needsTwoKeys() {
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", clue.path() + "/label-lowerings")
                        .idempotencyKey()
                        .ifMatch(etag())
                        .body(City.utf8(LOWERED))
                        .send());
        JsonNode proposal = proposed(LOWERED);
        refused(403, "SECOND_OFFICER_REQUIRED", confirm(proposal, 1).send());
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", path(proposal))
                        .idempotencyKey()
                        .ifMatch(etag())
                        .body(TwoKeys.digest(proposal))
                        .send());
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
    }

    @Test
    void isConfirmedByOneOfManyAtOnceAndNeverByAReplay() {
        JsonNode proposal = proposed(LOWERED);
        String tag = etag();
        PreparedRequest first = confirm(proposal, 2, tag).prepare();
        List<Integer> statuses = Race.run(List.of(
                () -> city.wire().send(first).status(),
                () -> confirm(proposal, 2, tag).send().status(),
                () -> confirm(proposal, 2, tag).send().status()));
        assertEquals(1, statuses.stream().filter(s -> s == 200).count(), statuses::toString);
        city.wire().send(first).requireProblem(409, "REPLAYED");
        assertEquals(3, city.stored().number("SELECT version FROM xietong.record WHERE id = ?::uuid", clue.id()));
    }

    @Test
    void isStaleOnceTheLabelChanged() {
        JsonNode proposal = proposed(LOWERED);
        Piece now = new Piece("clue", clue.id(), clue.matter(), etag());
        work.amend(
                City.MSA,
                now,
                Drafts.clue("", null, TO_COURT + NARROW.replace("\"scope\"", "\"caveats\": [\"MINOR\"], \"scope\"")));
        refused(409, "PROPOSAL_STALE", confirm(proposal, 2).send());
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
    }

    @Test
    void isStaleOnceANewerOneStandsOrItsTimeIsOver() {
        JsonNode older = proposed(LOWERED);
        JsonNode newer = proposed(LOWERED);
        refused(409, "PROPOSAL_STALE", confirm(older, 2).send());
        work.sql("UPDATE xietong.label_lowering SET expires_at = now() WHERE id = ?", id(newer));
        refused(409, "PROPOSAL_STALE", confirm(newer, 2).send());
    }

    /** A curious administrator puts another label under the proposal: it finds no second signature. */
    @Test
    void isNotConfirmedAsSomethingElseThanWasProposed() {
        JsonNode proposal = proposed(LOWERED);
        work.sql(
                "UPDATE xietong.label_lowering SET label = jsonb_set(label, '{level}', '\"PUBLIC\"') WHERE id = ?",
                id(proposal));
        refused(409, "PROPOSAL_STALE", confirm(proposal, 2).send());
        JsonNode next = proposed(LOWERED);
        faulty(
                "INVALID_CONTENT",
                "/digest DIFFERS",
                city.signed(City.MSA, 2, "POST", path(next))
                        .idempotencyKey()
                        .ifMatch(etag())
                        .body(City.utf8("{\"digest\": \"" + "1".repeat(64) + "\"}"))
                        .send());
    }

    /** The second officer finds what waits for him without being told its id. */
    @Test
    void isListedForTheOwnersUnitWithWhatBecameOfIt() {
        String list = clue.path() + "/label-lowerings";
        assertEquals(0, items(list).size());
        JsonNode older = proposed(LOWERED);
        JsonNode newer = proposed(LOWERED);
        JsonNode items = items(list);
        assertEquals(List.of(newer.get("id"), older.get("id")), List.of(items.at("/0/id"), items.at("/1/id")));
        assertEquals(List.of(true, false), List.of(open(items, 0), open(items, 1)));
        assertEquals(newer.get("digest"), items.at("/0/digest"));
        TwoKeys.done(200, confirm(items.get(0), 2).send());
        assertEquals(List.of(false, false), List.of(open(items(list), 0), open(items(list), 1)));
    }

    @Test
    void isListedForNobodyElse() {
        String list = clue.path() + "/label-lowerings";
        proposed(LOWERED);
        assertTrue(keys.sameAsNothing(City.COURT, "GET", list, clue.id()));
        refused(403, "FORBIDDEN", city.call(City.PROC, "GET", list).send());
        refused(403, "FORBIDDEN", city.signed(City.IPO, 1, "GET", list).send());
    }

    private JsonNode items(String list) {
        return TwoKeys.done(200, city.signed(City.MSA, 2, "GET", list).send()).get("items");
    }

    private static boolean open(JsonNode items, int place) {
        return items.get(place).get("open").asBoolean();
    }

    @Test
    void lowersAndDeclares() {
        faulty(
                "LABEL_INVALID",
                "/label LOWERS_NOTHING",
                propose("{%s \"reason\": \"无\", \"noStateSecret\": true}".formatted(NARROW))
                        .send());
        refused(
                422,
                "DECLARATION_REQUIRED",
                propose(LOWERED.replace("true", "false")).send());
        refused(
                422,
                "STATE_SECRET_REFUSED",
                propose(LOWERED.replace("侦查已公开", "机密★5年")).send());
    }

    @Test
    void isNobodyElsesToKnowOf() {
        String proposal =
                clue.path() + "/label-lowerings/" + proposed(LOWERED).get("id").asText();
        assertTrue(keys.sameAsNothing(City.COURT, "GET", proposal, clue.id()));
        assertTrue(keys.sameAsNothing(City.COURT, "POST", proposal + "/confirm", clue.id()));
        assertTrue(keys.sameAsNothing(City.COURT, "POST", clue.path() + "/label-lowerings", clue.id()));
        TwoKeys.done(200, city.call(City.MSA, "GET", proposal).send());
        refused(403, "FORBIDDEN", city.call(City.PROC, "GET", proposal).send());
        refused(
                403,
                "FORBIDDEN",
                city.call(City.PROC, "GET", clue.path() + "/label-lowerings/" + UUID.randomUUID())
                        .send());
    }

    /** One officer alone neither ends a label earlier nor lifts what it says of a field. */
    @Test
    void isTheOnlyWayToAnEarlierEnd() {
        String early = NARROW.replace("\"scope\"", "\"declassify\": {\"on\": \"2999-01-01\"}, \"scope\"");
        faulty(
                "LABEL_INVALID",
                "/label LOWERING_NEEDS_A_SECOND_PERSON",
                city.signed(City.MSA, 1, "PUT", clue.path())
                        .ifMatch(etag())
                        .body(City.utf8(Drafts.clue("", null, TO_COURT + early)))
                        .send());
    }

    @Test
    void marksFieldsOneByOne() {
        String fields = Scenes.label("INTERNAL", "")
                .replace("\"scope\"", "\"fields\": [{\"field\": \"title\", \"caveats\": [\"INFORMANT\"]}], \"scope\"");
        Piece marked = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT + fields));
        JsonNode seen =
                Casework.json(city.call(City.COURT, "GET", marked.path()).send());
        assertTrue(seen.at("/content/title").isMissingNode(), seen::toString);
        assertTrue(seen.at("/meta/masked").toString().contains("/content/title"));
        assertTrue(seen.at("/label/fields").isEmpty(), "which fields are marked is the owner's to know");
        assertEquals("2840000", seen.at("/content/amounts/0/value").asText());
        JsonNode own = Casework.json(city.call(City.MSA, "GET", marked.path()).send());
        assertEquals("销售假冒注册商标的商品案", own.at("/content/title").asText());
        faulty(
                "LABEL_INVALID",
                "/label/fields/0/field UNKNOWN_FIELD",
                city.call(City.MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(City.utf8(Drafts.clue("", null, fields.replace("\"title\"", "\"state\""))))
                        .send());
    }

    /** Both officers signed the term with the label: on its day it ends by itself, and its circle with it. */
    @Test
    void endsByItselfOnItsDay() {
        String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
        String term = NARROW.replace("\"scope\"", "\"declassify\": {\"on\": \"" + today + "\"}, \"scope\"");
        Piece waiting = work.createSigned(City.MSA, "clue", Drafts.clue("", null, TO_COURT + term));
        assertEquals(NOWHERE, keys.ways(City.COURT, waiting));
        work.review(City.MSA, waiting);
        assertEquals(EVERYWHERE, keys.ways(City.COURT, waiting));
        assertEquals(
                "INTERNAL",
                Casework.json(city.call(City.COURT, "GET", waiting.path()).send())
                        .at("/label/level")
                        .asText());
    }

    /** It ends with the milestone of everybody, and holds again once that is revoked. */
    @Test
    void endsWithAMilestoneOfEverybody() {
        String term = NARROW.replace("\"scope\"", "\"declassify\": {\"milestone\": \"JUDGED\"}, \"scope\"");
        Piece piece =
                work.review(City.MSA, work.createSigned(City.MSA, "clue", Drafts.clue("", null, TO_COURT + term)));
        JsonNode own = Casework.json(city.call(City.MSA, "GET", piece.path()).send());
        work.milestone(piece, own.at("/content/participants/0/id").asText(), "JUDGED");
        piece = work.act(City.MSA, piece, "triage", "{}");
        assertEquals(NOWHERE, keys.ways(City.COURT, piece));
        work.milestone(piece, own.at("/content/participants/1/id").asText(), "JUDGED");
        piece = work.act(City.MSA, piece, "accept", "{}");
        assertEquals(EVERYWHERE, keys.ways(City.COURT, piece));
        work.sql(
                "UPDATE xietong.milestone SET revoked_at = now(), revoked_by = 'MSA-421200' WHERE record_id = ?",
                UUID.fromString(piece.id()));
        work.amend(City.MSA, piece, Drafts.clue("", null, TO_COURT).replace("158箱", "159箱"));
        assertEquals(NOWHERE, keys.ways(City.COURT, piece));
    }

    private Call propose(String draft) {
        return city.signed(City.MSA, 1, "POST", clue.path() + "/label-lowerings")
                .idempotencyKey()
                .ifMatch(etag())
                .body(City.utf8(draft));
    }

    private JsonNode proposed(String draft) {
        return TwoKeys.done(201, propose(draft).send());
    }

    private Call confirm(JsonNode proposal, int officer) {
        return confirm(proposal, officer, etag());
    }

    private Call confirm(JsonNode proposal, int officer, String tag) {
        return city.signed(City.MSA, officer, "POST", path(proposal))
                .idempotencyKey()
                .ifMatch(tag)
                .body(TwoKeys.digest(proposal));
    }

    private String path(JsonNode proposal) {
        return clue.path() + "/label-lowerings/" + id(proposal) + "/confirm";
    }

    private static UUID id(JsonNode proposal) {
        return UUID.fromString(proposal.get("id").asText());
    }

    private String etag() {
        return city.call(City.MSA, "GET", clue.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }
}
