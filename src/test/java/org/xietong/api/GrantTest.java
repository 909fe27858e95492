package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.EVERYWHERE;
import static org.xietong.api.TwoKeys.NOWHERE;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.grant;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;
import org.xietong.testing.Stored;

/** The owner opens a record beyond the matrix: two of its officers, each with his own key, for a time (I4, I11). */
@QuarkusTest
@WithTestResource(CityResource.class)
class GrantTest {
    private static final String COURT = "\"unit\": \"COURT-421200\"";
    private static final String JUDGE = "\"officer\": \"COURT-421200-001\"";

    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoKeys keys = new TwoKeys(city);
    private final Piece clue = work.clue(City.MSA);

    @Test
    void opensToTheUnitOnEveryWayOnceTheSecondOfficerApproved() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "FULL", "\"PI\""));
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
        TwoKeys.done(200, keys.approve(clue, proposed, 2).send());
        assertEquals(EVERYWHERE, keys.ways(City.COURT, clue));
        assertEquals(NOWHERE, keys.ways(City.POLICE_DISTRICT, clue));
        JsonNode view = Casework.json(city.call(City.COURT, "GET", clue.path()).send());
        assertEquals("张某某", view.at("/content/participants/0/name").asText());
        assertTrue(view.at("/content/informant").isMissingNode());
        assertEquals(0, view.get("actions").size());
    }

    @Test
    void givesItsNameToTheDecision() {
        JsonNode granted = keys.granted(clue, grant(COURT, "SUMMARY", ""));
        String exchange = city.call(City.COURT, "GET", clue.path()).send().exchangeId();
        assertEquals(
                "GRANT-" + granted.get("id").asText(),
                city.stored().text("SELECT rule FROM xietong.exchange_index WHERE id = ?::uuid", exchange));
    }

    @Test
    void opensTheInformantToTheNamedOfficerAloneWhoSigns() {
        faulty(
                "INVALID_CONTENT",
                "/caveats INFORMANT_TO_AN_OFFICER_ONLY",
                keys.propose(clue, grant(COURT, "FULL", "\"INFORMANT\"")).send());
        keys.granted(clue, grant(JUDGE, "FULL", "\"PI\", \"INFORMANT\""));
        assertEquals(EVERYWHERE, keys.waysSigned(City.COURT, 1, clue));
        assertEquals(NOWHERE, keys.waysSigned(City.COURT, 2, clue));
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
        JsonNode view =
                Casework.json(city.signed(City.COURT, 1, "GET", clue.path()).send());
        assertEquals("李某", view.at("/content/informant/name").asText());
    }

    /** His unit sees the record anyway; only he, with his key, sees who told. */
    @Test
    void addsTheInformantToWhatTheUnitSees() {
        Piece addressed = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        keys.granted(addressed, grant("\"officer\": \"POLICE-421200-001\"", "FULL", "\"PI\", \"INFORMANT\""));
        assertTrue(Casework.text(
                        city.signed(City.POLICE, 1, "GET", addressed.path()).send())
                .contains("李某"));
        for (int officer : List.of(1, 2)) {
            var call = officer == 1
                    ? city.call(City.POLICE, "GET", addressed.path())
                    : city.signed(City.POLICE, officer, "GET", addressed.path());
            assertFalse(Casework.text(call.send()).contains("李某"));
        }
        JsonNode list =
                Casework.json(city.signed(City.POLICE, 1, "GET", "/v1/clues?count=true&matterId=" + addressed.matter())
                        .send());
        assertEquals("1 1", list.get("items").size() + " " + list.get("count").asText());
    }

    @Test
    void needsTwoKeys() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "FULL", ""));
        refused(403, "SECOND_OFFICER_REQUIRED", keys.approve(clue, proposed, 1).send());
        String approve = clue.path() + "/grants/" + proposed.get("id").asText() + "/approve";
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", approve)
                        .idempotencyKey()
                        .body(TwoKeys.digest(proposed))
                        .send());
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", clue.path() + "/grants")
                        .idempotencyKey()
                        .body(City.utf8(grant(COURT, "FULL", "")))
                        .send());
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
    }

    @Test
    void isApprovedOnceWhateverIsRepeated() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "FULL", ""));
        PreparedRequest approval = keys.approve(clue, proposed, 2).prepare();
        city.wire().send(approval).requireStatus(200);
        city.wire().send(approval).requireProblem(409, "REPLAYED");
        refused(409, "STATE_CONFLICT", keys.approve(clue, proposed, 2).send());
        String id = proposed.get("id").asText();
        TwoKeys.done(
                200,
                city.call(City.MSA, "POST", clue.path() + "/grants/" + id + "/revoke")
                        .idempotencyKey()
                        .send());
        refused(409, "STATE_CONFLICT", keys.approve(clue, proposed, 2).send());
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
    }

    @Test
    void tellsARepetitionWhatTheFirstDid() {
        String key = UUID.randomUUID().toString();
        byte[] body = City.utf8(grant(COURT, "FULL", ""));
        String path = clue.path() + "/grants";
        JsonNode first = TwoKeys.done(
                201,
                city.signed(City.MSA, 1, "POST", path)
                        .idempotencyKey(key)
                        .body(body)
                        .send());
        JsonNode again = TwoKeys.done(
                201,
                city.signed(City.MSA, 1, "POST", path)
                        .idempotencyKey(key)
                        .body(body)
                        .send());
        assertEquals(first.get("id"), again.get("id"));
        assertTrue(again.get("repeated").asBoolean());
        assertEquals(
                1,
                city.stored().number("SELECT count(*) FROM xietong.record_grant WHERE record_id = ?::uuid", clue.id()));
    }

    @Test
    void isApprovedByOneOfManyAtOnce() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "FULL", ""));
        List<Integer> statuses =
                Race.run(4, () -> keys.approve(clue, proposed, 2).send().status());
        assertEquals(1, statuses.stream().filter(s -> s == 200).count(), statuses::toString);
        assertEquals(3, statuses.stream().filter(s -> s == 409).count(), statuses::toString);
    }

    @Test
    void isNotApprovedAsSomethingElseThanWasProposed() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "SUMMARY", ""));
        String approve = clue.path() + "/grants/" + proposed.get("id").asText() + "/approve";
        faulty(
                "INVALID_CONTENT",
                "/digest DIFFERS",
                city.signed(City.MSA, 2, "POST", approve)
                        .idempotencyKey()
                        .body(City.utf8("{\"digest\": \"" + "0".repeat(64) + "\"}"))
                        .send());
        work.sql(
                "UPDATE xietong.record_grant SET view = 'FULL' WHERE id = ?",
                UUID.fromString(proposed.get("id").asText()));
        refused(409, "PROPOSAL_STALE", keys.approve(clue, proposed, 2).send());
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
    }

    @Test
    void isNotApprovedTooLate() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "SUMMARY", ""));
        work.sql(
                "UPDATE xietong.record_grant SET expires_at = now() WHERE id = ?",
                UUID.fromString(proposed.get("id").asText()));
        refused(409, "PROPOSAL_STALE", keys.approve(clue, proposed, 2).send());
    }

    /** The rows of sight may stand a moment longer; nobody sees or counts by them. */
    @ParameterizedTest
    @CsvSource({"FULL, \"unit\": \"COURT-421200\"", "FULL, \"officer\": \"COURT-421200-001\""})
    void endsAtItsTime(String view, String to) {
        JsonNode granted = keys.granted(clue, grant(to, view, "\"PI\""));
        assertEquals(EVERYWHERE, keys.waysSigned(City.COURT, 1, clue));
        UUID id = UUID.fromString(clue.id());
        work.sql(
                "UPDATE xietong.record_grant SET until = now() WHERE id = ?",
                UUID.fromString(granted.get("id").asText()));
        work.sql("UPDATE xietong.record_sight SET until = now() WHERE id = ? AND until IS NOT NULL", id);
        assertEquals(NOWHERE, keys.waysSigned(City.COURT, 1, clue));
        Stored.await(
                "the row goes",
                Duration.ofSeconds(20),
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.record_sight WHERE id = ?::uuid AND until IS NOT NULL",
                                        clue.id())
                        == 0);
        assertEquals(0, list().size());
    }

    @Test
    void isRevokedAtOnceByOneOfficer() {
        JsonNode granted = keys.granted(clue, grant(COURT, "FULL", "\"PI\""));
        TwoKeys.done(
                200,
                city.call(
                                City.MSA,
                                "POST",
                                clue.path() + "/grants/" + granted.get("id").asText() + "/revoke")
                        .idempotencyKey()
                        .send());
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.record_sight WHERE id = ?::uuid AND viewer LIKE 'COURT%'",
                                clue.id()));
    }

    @Test
    void goesToNobodyOutsideTheCircleOfTheLabel() {
        keys.granted(clue, grant(COURT, "FULL", ""));
        Piece now = new Piece("clue", clue.id(), clue.matter(), etag());
        work.amend(City.MSA, now, Drafts.clue("", null, Scenes.label("INTERNAL", "\"units\": [\"COPYRIGHT-421200\"]")));
        assertEquals(NOWHERE, keys.ways(City.COURT, clue));
        faulty(
                "INVALID_CONTENT",
                "/unit OUTSIDE_SCOPE",
                keys.propose(clue, grant(COURT, "FULL", "")).send());
        keys.granted(clue, grant("\"unit\": \"COPYRIGHT-421200\"", "FULL", ""));
        assertEquals(EVERYWHERE, keys.ways(City.COPYRIGHT, clue));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"unit\": \"AUD-421200\" | FULL | /unit CANNOT_RECEIVE",
                "\"officer\": \"AUD-421200-001\" | FULL | /officer CANNOT_RECEIVE",
                "\"unit\": \"MSA-421200\" | FULL | /unit OWNER",
                "\"unit\": \"COURT-999999\" | FULL | /unit UNKNOWN_UNIT",
                "\"officer\": \"COURT-421200-999\" | FULL | /officer UNKNOWN_OFFICER",
                "\"unit\": \"COURT-421200\", \"officer\": \"COURT-421200-001\" | FULL | /unit EITHER_UNIT_OR_OFFICER",
            })
    void isRefusedToWhomItMayNotGo(String to, String view, String fault) {
        faulty("INVALID_CONTENT", fault, keys.propose(clue, grant(to, view, "")).send());
    }

    @Test
    void isRefusedForTooLongAndForWhatIsNeverOpened() {
        String tooLong = grant(COURT, "FULL", "")
                .replaceFirst(
                        "\"until\": \"[^\"]+\"",
                        "\"until\": \"" + OffsetDateTime.now().plusDays(181) + "\"");
        faulty("INVALID_CONTENT", "/until TOO_LATE", keys.propose(clue, tooLong).send());
        String past = grant(COURT, "FULL", "")
                .replaceFirst(
                        "\"until\": \"[^\"]+\"",
                        "\"until\": \"" + OffsetDateTime.now().minusDays(1) + "\"");
        faulty("INVALID_CONTENT", "/until IN_THE_PAST", keys.propose(clue, past).send());
        faulty(
                "INVALID_CONTENT",
                "/caveats NEVER_GRANTED",
                keys.propose(clue, grant(COURT, "FULL", "\"SEALED_RECORD\"")).send());
        refused(
                422,
                "DECLARATION_REQUIRED",
                keys.propose(clue, grant(COURT, "FULL", "").replace("true", "false"))
                        .send());
        refused(
                422,
                "STATE_SECRET_REFUSED",
                keys.propose(clue, grant(COURT, "FULL", "").replace("共同办理", "本件密级：机密★5年"))
                        .send());
    }

    /** Whoever sees a criminal filing in full may post a stage of it; who was granted it sees it and does no more. */
    @Test
    void letsNobodyTakePartInTheCase() {
        Piece filing = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        new TwoKeys(city, City.POLICE).granted(filing, grant(COURT, "FULL", "\"PI\", \"INVESTIGATION\""));
        assertEquals(EVERYWHERE, keys.ways(City.COURT, filing));
        faulty(
                "INVALID_CONTENT",
                "/filing UNKNOWN",
                city.call(City.COURT, "POST", "/v1/judgments")
                        .idempotencyKey()
                        .body(City.utf8("""
                                {"filing": "%s", "noStateSecret": true,
                                 "content": {"caseClass": "CRIMINAL", "instance": "FIRST", "court": "咸宁市中级人民法院",
                                   "caseNumber": "（2023）鄂12刑初1号"}}
                                """.formatted(filing.id())))
                        .send());
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.matter_member WHERE matter_id = ?::uuid AND unit = 'COURT-421200'",
                                filing.matter()));
    }

    @Test
    void isNobodyElsesToKnowOf() {
        JsonNode proposed = keys.proposed(clue, grant(COURT, "FULL", ""));
        String gid = proposed.get("id").asText();
        String grants = clue.path() + "/grants";
        assertEquals(Set.of(gid), Set.copyOf(list().findValuesAsText("id")));
        for (String path : List.of("", "/" + gid + "/approve", "/" + gid + "/revoke")) {
            String method = path.isEmpty() ? "GET" : "POST";
            assertTrue(keys.sameAsNothing(City.COURT, method, grants + path, clue.id()), path);
        }
        TwoKeys.done(200, keys.approve(clue, proposed, 2).send());
        // who sees the record learns as little: neither that grants are there, nor which
        refused(403, "FORBIDDEN", city.call(City.COURT, "GET", grants).send());
        for (String path : List.of("/approve", "/revoke")) {
            assertTrue(keys.sameAsNothing(City.COURT, "POST", grants + "/" + gid + path, gid), path);
        }
        refused(403, "FORBIDDEN", city.call(City.PROC, "GET", grants).send());
    }

    private JsonNode list() {
        return Casework.json(city.call(City.MSA, "GET", clue.path() + "/grants").send())
                .get("items");
    }

    private String etag() {
        return city.call(City.MSA, "GET", clue.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }
}
