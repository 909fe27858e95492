package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** Records of the past 补录: they may begin where they ended, if the way there holds. */
@QuarkusTest
@WithTestResource(CityResource.class)
class BackfillTest {
    private static final String THEN =
            "\"occurred\": {\"time\": \"2015-03-01T00:00:00+08:00\", \"precision\": \"MONTH\"},";

    private final Casework work = new Casework();
    private final City city = work.city();

    @Test
    void beginsInALaterState() {
        JsonNode filing = created(signed(filing("\"state\": \"FILED\", \"documentNumber\": \"咸公立字〔2015〕1号\"," + THEN)));
        assertEquals("FILED", filing.path("state").asText());
        assertEquals("BACKFILL", filing.path("origin").asText());
        assertEquals("FILED", filing.at("/content/decision").asText());
        assertEquals(1, filing.path("version").asInt());
        assertEquals(
                List.of("FILED"),
                city.stored()
                        .texts(
                                "SELECT milestone FROM xietong.milestone WHERE record_id = ?::uuid AND revoked_at IS NULL",
                                filing.path("id").asText()));
    }

    /** The milestone that was taken back on the way stands no more. */
    @Test
    void keepsOfTheWayWhatStillStands() {
        JsonNode filing =
                created(signed(filing("\"state\": \"WITHDRAWN\", \"documentNumber\": \"咸公撤字〔2015〕1号\"," + THEN)));
        assertEquals(
                List.of("WITHDRAWN"),
                city.stored()
                        .texts(
                                "SELECT milestone FROM xietong.milestone WHERE record_id = ?::uuid AND revoked_at IS NULL",
                                filing.path("id").asText()));
    }

    /** One was indicted and another was not: each keeps his own, whichever way leads to the state. */
    @Test
    void keepsOfEachSuspectWhatWasDecidedOfHim() {
        CriminalCase it = CriminalCase.ofThePolice();
        String content = Stages.prosecution(it.first(), it.second())
                .replaceFirst("\"charges\"", "\"decision\": \"INDICTED\", \"charges\"");
        int second = content.lastIndexOf("\"charges\"");
        content = content.substring(0, second) + "\"decision\": \"NOT_PROSECUTED\", " + content.substring(second);
        work.create(
                City.PROC,
                "prosecution",
                Stages.draft(it.filing().id(), content)
                        .replaceFirst(
                                "\\{",
                                "{\"origin\": \"BACKFILL\", \"state\": \"DECIDED\", \"addressees\": [\"" + City.COURT
                                        + "\"], \"documentNumber\": \"咸检刑诉〔2015〕1号\"," + THEN));
        assertEquals(Set.of("FILED 1", "FILED 2", "INDICTED 1", "NOT_PROSECUTED 2"), it.milestones());
    }

    @Test
    void isSeenByWhomItWasHandedTo() {
        String draft = Drafts.clue(
                "",
                null,
                "\"origin\": \"BACKFILL\", \"state\": \"TRANSFERRED\", \"documentNumber\": \"咸市监移〔2015〕1号\","
                        + " \"addressees\": [\"POLICE-421200\"],");
        JsonNode clue = created(call(City.MSA, "clue", draft));
        assertEquals("TRANSFERRED", clue.path("state").asText());
        assertEquals(
                200,
                city.call(City.POLICE, "GET", "/v1/clues/" + clue.path("id").asText())
                        .send()
                        .status());
    }

    @Test
    void mustBringWhatTheActsOnTheWayDemand() {
        assertEquals(List.of("/documentNumber REQUIRED"), faults(signed(filing("\"state\": \"FILED\"," + THEN))));
        String draft = Drafts.clue("", null, "\"origin\": \"BACKFILL\", \"state\": \"TRANSFERRED\",");
        assertEquals(
                List.of("/addressees REQUIRED", "/documentNumber REQUIRED"),
                faults(call(City.MSA, "clue", draft)).stream().sorted().toList());
        assertEquals(
                List.of("/content/suspectedArticle REQUIRED"),
                faults(
                        call(
                                City.MSA,
                                "clue",
                                draft.replace("\"suspectedArticle\": \"CL_214\",", "")
                                        .replace(
                                                "\"state\": \"TRANSFERRED\",",
                                                "\"state\": \"TRANSFERRED\", \"documentNumber\": \"1\", \"addressees\": [\"POLICE-421200\"],"))));
    }

    @Test
    void mustSayWhenItWas() {
        assertEquals(List.of("/occurred REQUIRED"), faults(signed(filing(""))));
        assertEquals(
                List.of("/occurred/time FUTURE"),
                faults(signed(
                        filing("\"occurred\": {\"time\": \"2999-01-01T00:00:00+08:00\", \"precision\": \"DAY\"},"))));
    }

    @Test
    void endsInNoStateThatItsLifecycleDoesNotKnow() {
        assertEquals(List.of("/state NOT_IN_LIFECYCLE"), faults(signed(filing("\"state\": \"TRIAGED\"," + THEN))));
        assertEquals(List.of("/state UNKNOWN_CODE"), faults(signed(filing("\"state\": \"ANYWHERE\"," + THEN))));
    }

    @Test
    void isNoWayAroundTheActsOfALiveRecord() {
        String live = Drafts.filing(null, "").replaceFirst("\\{", "{\"state\": \"FILED\", \"documentNumber\": \"1\",");
        assertEquals(List.of("/state BACKFILL_ONLY"), faults(signed(live)));
    }

    /** A right that needs the officer's own key needs it for the past, too. */
    @Test
    void needsTheRightsOfTheActsOnTheWay() {
        String draft = filing("\"state\": \"FILED\", \"documentNumber\": \"咸公立字〔2015〕1号\"," + THEN);
        long before = city.stored().count("record");
        SignedAnswer answer = call(City.MSA, "filing", draft).send();
        assertEquals(403, answer.status());
        assertEquals(before, city.stored().count("record"));
    }

    /** Nobody takes another's act in a live case by calling it past: the procuratorate approves there, and nobody for it. */
    @Test
    void statesNoActOfOthersInALiveFiling() {
        CriminalCase live = CriminalCase.ofThePolice();
        assertEquals(List.of("/filing LIVE"), faults(arrest(live.filing().id(), live.first())));
        JsonNode past = created(signed(filing("\"state\": \"FILED\", \"documentNumber\": \"咸公立字〔2015〕1号\"," + THEN)));
        JsonNode arrest = created(arrest(
                past.path("id").asText(), past.at("/content/participants/0/id").asText()));
        assertEquals("EXECUTED", arrest.path("state").asText());
    }

    /** What was revoked on the way stands no more, whoever revoked it. */
    @Test
    void opensNothingByAnArrestThatWasRevoked() {
        JsonNode past = created(signed(filing("\"state\": \"FILED\", \"documentNumber\": \"咸公立字〔2015〕1号\"," + THEN)));
        String suspect = past.at("/content/participants/0/id").asText();
        JsonNode arrest = created(arrest(past.path("id").asText(), suspect, "REVOKED"));
        assertEquals("REVOKED", arrest.at("/content/suspects/0/decision").asText());
        assertEquals(
                List.of("ARREST_REQUESTED"),
                city.stored()
                        .texts(
                                "SELECT milestone FROM xietong.milestone WHERE record_id = ?::uuid AND revoked_at IS NULL",
                                arrest.path("id").asText()));
    }

    private Call arrest(String filing, String suspect) {
        return arrest(filing, suspect, "EXECUTED");
    }

    private Call arrest(String filing, String suspect, String state) {
        String draft = Stages.draft(
                        filing,
                        Stages.arrest(suspect).replace("\"charge\"", "\"executedOn\": \"2023-01-28\", \"charge\""))
                .replaceFirst(
                        "\\{",
                        "{\"origin\": \"BACKFILL\", \"state\": \"" + state
                                + "\", \"documentNumber\": \"咸公提捕字〔2023〕1号\","
                                + " \"addressees\": [\"PROC-421200\"],"
                                + " \"occurred\": {\"time\": \"2023-02-01T00:00:00+08:00\", \"precision\": \"DAY\"},");
        return city.signed(City.POLICE, 1, "POST", "/v1/arrests")
                .idempotencyKey()
                .body(City.utf8(draft));
    }

    @Test
    void amendsNoState() {
        String ref = "backfill-" + java.util.UUID.randomUUID();
        String draft = filing("\"state\": \"FILED\", \"documentNumber\": \"咸公立字〔2015〕1号\"," + THEN);
        Call first = city.signed(City.POLICE, 1, "PUT", "/v1/filings/by-source/" + ref)
                .body(City.utf8(draft));
        assertEquals(201, first.send().status());
        assertEquals(
                200,
                city.signed(City.POLICE, 1, "PUT", "/v1/filings/by-source/" + ref)
                        .body(City.utf8(draft))
                        .send()
                        .status());
        assertEquals(
                List.of("/state READ_ONLY"),
                faults(city.signed(City.POLICE, 1, "PUT", "/v1/filings/by-source/" + ref)
                        .body(City.utf8(draft.replace("\"FILED\"", "\"CONCLUDED\"")))));
    }

    /** Numbers of fifteen digits cannot be checked: kept as they were stated, and flagged. */
    @Test
    void keepsFifteenDigitsAsStated() {
        String draft = Drafts.clue("", null, "\"origin\": \"BACKFILL\",")
                .replaceFirst(
                        "\"value\": \"11010519491231002X\",\\s*\"verified\": true, \"verification\": \"DOCUMENT_SEEN\"",
                        "\"value\": \"110105491231002\"");
        JsonNode number = created(call(City.MSA, "clue", draft)).at("/content/participants/0/identifiers/0");
        assertEquals("110105491231002", number.path("value").asText());
        assertTrue(number.path("asStated").asBoolean());
        String claimed = draft.replace(
                "\"110105491231002\"",
                "\"110105491231002\", \"verified\": true," + " \"verification\": \"DOCUMENT_SEEN\"");
        assertEquals(
                List.of("/content/participants/0/identifiers/0/value LEGACY_NUMBER"),
                faults(call(City.MSA, "clue", claimed)));
    }

    private static String filing(String more) {
        return Drafts.filing(null, "").replaceFirst("\\{", "{\"origin\": \"BACKFILL\"," + more);
    }

    private Call signed(String draft) {
        return city.signed(City.POLICE, 1, "POST", "/v1/filings")
                .idempotencyKey()
                .body(City.utf8(draft));
    }

    private Call call(String unit, String kind, String draft) {
        return city.call(unit, "POST", "/v1/" + kind + "s").idempotencyKey().body(City.utf8(draft));
    }

    private static JsonNode created(Call call) {
        SignedAnswer answer = call.send();
        assertEquals(201, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private List<String> faults(Call call) {
        Reply reply = city.wire().send(call.prepare());
        return reply.requireJournaledProblem(422, "INVALID_CONTENT").faults();
    }
}
