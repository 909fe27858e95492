package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** Who is in a matter, which matters belong together, and how little of it shows to whom (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class MattersTest {
    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void anInvitedUnitSeesWhatThePolicyShowsMembers() {
        Piece civil = civil();
        assertEquals(404, read(City.POLICE, civil).status());
        post(201, City.COURT, civil.matterPath() + "/invitations", unit(City.POLICE));
        assertEquals(200, read(City.POLICE, civil).status());
        assertEquals(404, read(City.MSA, civil).status());
        JsonNode matter = matter(City.POLICE, civil.matter());
        assertEquals(List.of(City.COURT, City.POLICE), texts(matter.get("units")));
        assertEquals(1, matter.get("invitations").size());
    }

    /** What is in the matter for others shows nothing to the invited: an invitation opens no record by itself. */
    @Test
    void anInvitedUnitWithoutSightReadsItsInvitationAlone() {
        Piece clue = work.clue(City.MSA);
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.POLICE));
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        JsonNode matter = matter(City.COURT, clue.matter());
        assertEquals(0, matter.get("records").size());
        assertEquals(List.of(City.COURT, City.MSA), texts(matter.get("units")));
        assertEquals(
                404,
                city.call(City.COURT, "GET", clue.matterPath() + "/timeline")
                        .send()
                        .status());
    }

    @Test
    void whoDoesNotSeeTheMatterFailsAsForOneThatIsNot() {
        Piece clue = work.clue(City.MSA);
        for (String act : List.of("invitations", "removals")) {
            assertSameAsNothing(City.COURT, clue.matter(), "/" + act, unit(City.POLICE));
        }
        assertSameAsNothing(
                City.COURT, clue.matter(), "/links", link(UUID.randomUUID().toString()));
    }

    @Test
    void whoSeesItWithoutBeingInItIsRefused() {
        Piece clue = work.clue(City.MSA);
        post(403, City.PROC, clue.matterPath() + "/invitations", unit(City.POLICE));
        post(403, City.POLICE, clue.matterPath() + "/removals", unit(City.MSA));
    }

    @Test
    void refusesUnknownUnitsAndOneself() {
        Piece clue = work.clue(City.MSA);
        for (String unit : List.of("POLICE-000000", City.MSA)) {
            JsonNode problem = post(422, City.MSA, clue.matterPath() + "/invitations", unit(unit));
            assertEquals("UNKNOWN_UNIT", problem.at("/faults/0/rule").asText());
        }
    }

    @Test
    void aRepetitionInvitesOnce() {
        Piece clue = work.clue(City.MSA);
        String key = UUID.randomUUID().toString();
        List<JsonNode> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SignedAnswer answer = city.call(City.MSA, "POST", clue.matterPath() + "/invitations")
                    .idempotencyKey(key)
                    .body(City.utf8(unit(City.COURT)))
                    .send();
            assertEquals(201, answer.status());
            answers.add(Casework.json(answer));
        }
        assertEquals(answers.get(0).get("id"), answers.get(1).get("id"));
        assertTrue(answers.get(1).get("repeated").asBoolean());
        assertEquals(1, matter(City.MSA, clue.matter()).get("invitations").size());
    }

    /** The police's secret filing in the market supervision's own matter, and whom they bring in there. */
    @Test
    void membershipTellsNobodyOfASecretFiling() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        JsonNode before = matter(City.MSA, clue.matter());
        String filing = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""))
                .id();
        post(201, City.POLICE, clue.matterPath() + "/invitations", unit(City.POLICE_DISTRICT));
        assertEquals(before, matter(City.MSA, clue.matter()));
        assertTrue(texts(matter(City.POLICE, clue.matter()).get("units")).contains(City.POLICE_DISTRICT));

        // Nor does taking them out: what they did unseen keeps them in, and nothing says so.
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.POLICE));
        assertEquals(
                200,
                city.call(City.POLICE, "GET", "/v1/filings/" + filing).send().status());
        work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        assertEquals(List.of(City.MSA), texts(matter(City.MSA, clue.matter()).get("units")));
    }

    @Test
    void whoWasBroughtInByMistakeIsTakenOutAgain() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"COURT-421200\"],"));
        assertEquals(200, read(City.COURT, clue).status());
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));
        assertEquals(404, read(City.COURT, clue).status());
        JsonNode refused =
                post(422, City.COURT, "/v1/clues", Drafts.clue("", null, "\"matterId\": \"" + clue.matter() + "\","));
        assertEquals("/matterId", refused.at("/faults/0/field").asText());
        post(422, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));

        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(201, City.MSA, clue.matterPath() + "/removals", unit(City.COURT));
        assertEquals(404, city.call(City.COURT, "GET", clue.matterPath()).send().status());
    }

    @Test
    void nobodyIsTakenOutByOthersOrAfterActing() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        post(201, City.MSA, clue.matterPath() + "/invitations", unit(City.COURT));
        post(422, City.POLICE, clue.matterPath() + "/removals", unit(City.COURT));
        work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        JsonNode refused = post(409, City.MSA, clue.matterPath() + "/removals", unit(City.POLICE));
        assertEquals("STATE_CONFLICT", refused.get("code").asText());
        assertEquals(200, read(City.POLICE, clue).status());
    }

    /** Article 10: whom to ring stands on every record in sight, except where the policy hides the unit. */
    @Test
    void theResponsiblePersonAndTelephoneStandOnEveryRecordInSight() {
        Piece clue = work.clue(City.MSA);
        for (String unit : List.of(City.MSA, City.POLICE, City.PROC, City.AUD)) {
            JsonNode owner = Casework.json(read(unit, clue)).get("owner");
            assertEquals(City.MSA, owner.get("unit").asText(), unit);
            assertTrue(owner.get("responsible").asText().endsWith("某某"), unit);
            assertEquals("0715-0000000", owner.get("telephone").asText(), unit);
        }
        Piece filing = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        JsonNode view = Casework.json(read(City.POLICE, filing));
        work.milestone(filing, view.at("/content/participants/0/id").asText(), "COERCION_NOTIFIED");
        filing = work.act(City.POLICE, filing, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
        assertEquals(
                "{\"agency\":\"POLICE\"}",
                Casework.json(read(City.MSA, filing)).get("owner").toString());
        assertEquals(List.of(), texts(matter(City.MSA, filing.matter()).get("units")));
    }

    @Test
    void aLinkShowsToUnitsOfBothMattersAndOpensNothing() {
        Piece one = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"COURT-421200\"],"));
        Piece two = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        post(201, City.MSA, one.matterPath() + "/links", link(two.matter()));
        JsonNode link = matter(City.MSA, two.matter()).at("/links/0");
        assertEquals("SPLIT_FROM", link.get("type").asText());
        assertEquals(one.matter(), link.get("from").asText());
        assertEquals(0, matter(City.COURT, one.matter()).get("links").size());
        assertEquals(404, read(City.COURT, two).status());
        // Police see both clues, as neighbours, and are in one of the matters: that is not enough.
        assertEquals(0, matter(City.POLICE, two.matter()).get("links").size());
        assertEquals(0, matter(City.POLICE, one.matter()).get("links").size());
        post(201, City.MSA, one.matterPath() + "/invitations", unit(City.POLICE));
        assertEquals(1, matter(City.POLICE, one.matter()).get("links").size());
        post(409, City.MSA, one.matterPath() + "/links", link(two.matter()));
    }

    @Test
    void aLinkToAMatterOutOfSightFailsAsToOneThatIsNot() {
        Piece own = work.clue(City.MSA);
        Piece foreign = civil();
        Piece unentered = work.clue(City.COPYRIGHT);
        AnswerShape nothing = shape(
                City.MSA, own.matterPath() + "/links", link(UUID.randomUUID().toString()));
        assertEquals(422, nothing.status());
        assertEquals(nothing, shape(City.MSA, own.matterPath() + "/links", link(foreign.matter())));
        assertEquals(nothing, shape(City.MSA, own.matterPath() + "/links", link(unentered.matter())));
        assertNotEquals(nothing, shape(City.MSA, own.matterPath() + "/links", link(own.matter())));
    }

    @Test
    void aNumberOnPaperFindsTheMatterForWhoCanReadIt() {
        String number = "咸公（食药环）立字〔2023〕" + (int) (Math.random() * 1_000_000) + "号";
        Piece filing =
                work.create(City.POLICE, "filing", Drafts.filing(null, "").replace("咸公（食药环）立字〔2023〕1号", number));
        String written =
                number.replace("（", "( ").replace("）", ")").replace("〔", "[").replace("〕", "] ");
        for (String unit : List.of(City.POLICE, City.PROC)) {
            JsonNode found = resolve(unit, written);
            assertEquals(1, found.size(), unit);
            assertEquals(filing.matter(), found.at("/0/matterId").asText());
            assertEquals(filing.id(), found.at("/0/recordId").asText());
        }
        AnswerShape none = shape(City.MSA, "/v1/matters/resolve", number("咸公立字〔1999〕1号"));
        assertEquals(none, shape(City.MSA, "/v1/matters/resolve", number(number)));
        assertEquals("{\"matches\":[]}", none.body());
        // The auditor sees that there is a filing, but no number of it.
        assertEquals(200, read(City.AUD, filing).status());
        assertEquals(0, resolve(City.AUD, number).size());
    }

    @Test
    void aNumberIsFoundNoMoreOnceItWasCorrected() {
        String number = "咸市监移〔2023〕" + (int) (Math.random() * 1_000_000) + "号";
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"documentNumber\": \"" + number + "\","));
        assertEquals(1, resolve(City.POLICE, number).size());
        work.amend(City.MSA, clue, Drafts.clue("", null, "\"documentNumber\": \"" + number + "-2\","));
        assertEquals(0, resolve(City.POLICE, number).size());
        assertEquals(1, resolve(City.POLICE, number + "-2").size());
    }

    private JsonNode resolve(String unit, String number) {
        return post(200, unit, "/v1/matters/resolve", number(number)).get("matches");
    }

    private Piece civil() {
        return work.create(
                City.COURT, "filing", Scenes.other("CIVIL", "CIVIL_TRADEMARK", null, "S-" + UUID.randomUUID()));
    }

    private JsonNode post(int status, String unit, String path, String body) {
        SignedAnswer answer = send(unit, path, body);
        assertEquals(status, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private SignedAnswer send(String unit, String path, String body) {
        return city.call(unit, "POST", path)
                .idempotencyKey()
                .body(City.utf8(body))
                .send();
    }

    private AnswerShape shape(String unit, String path, String body) {
        return AnswerShape.of(city, send(unit, path, body));
    }

    private void assertSameAsNothing(String unit, String matter, String act, String body) {
        AnswerShape nothing = shape(unit, "/v1/matters/" + UUID.randomUUID() + act, body);
        assertEquals(404, nothing.status());
        assertEquals(nothing, shape(unit, "/v1/matters/" + matter + act, body));
    }

    private SignedAnswer read(String unit, Piece piece) {
        return city.call(unit, "GET", piece.path()).send();
    }

    private JsonNode matter(String unit, String matter) {
        SignedAnswer answer = city.call(unit, "GET", "/v1/matters/" + matter).send();
        assertEquals(200, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static String unit(String unit) {
        return "{\"unit\": \"" + unit + "\"}";
    }

    private static String link(String to) {
        return "{\"type\": \"SPLIT_FROM\", \"to\": \"" + to + "\"}";
    }

    private static String number(String number) {
        return "{\"number\": \"" + number + "\"}";
    }
}
