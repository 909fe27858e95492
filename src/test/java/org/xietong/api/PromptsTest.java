package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.done;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;
import org.xietong.testing.Stages;

/** A prompt to consider a transfer: raised, answered, fallen away; and who learns of it, and when (I4, I10). */
@QuarkusTest
@WithTestResource(CityResource.class)
class PromptsTest {
    private static final String REASONS = "{\"note\": \"经查数额系误填\", \"noStateSecret\": true}";

    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);
    private final City city = work.city();

    @Test
    void isRaisedWithTheRecordAndSaysThatItFindsNothing() {
        Piece penalty = penalty("30000");
        JsonNode prompt = only(City.MSA, penalty);
        assertEquals("OPEN", prompt.get("state").asText());
        assertEquals("CL_213_GAIN", prompt.at("/reached/0/id").asText());
        assertEquals("TEXT", prompt.at("/reached/0/basis/verified").asText(), "decided on in 2023: the earlier law");
        assertEquals("2023-02-01", prompt.get("measuredOn").asText());
        assertEquals(1, prompt.get("version").asInt());
        assertTrue(prompt.get("notice").asText().contains("不作结论"));
        assertTrue(prompt.get("noticeEn").asText().contains("must be considered"));
        JsonNode clock = clock(City.MSA, penalty);
        assertEquals("RUNNING", clock.get("state").asText());
        assertEquals(clock.get("dueOn"), prompt.get("considerBy"));
        assertTrue(mine(City.MSA).contains(prompt.get("id").asText()));
    }

    @Test
    void oneFenLessRaisesNoneAndWhatIsUnknownIsNamed() {
        Piece below = penalty("29999.99");
        assertEquals(0, page(City.MSA, below).get("items").size());
        assertEquals("[]", page(City.MSA, below).at("/standing/reached").toString());
        Piece boxes = work.create(
                City.MSA,
                "penalty",
                draft(", \"amounts\": [{\"type\": \"LABELS\", \"value\": \"50000\", \"unit\": \"CASE\"}]"));
        assertEquals(0, page(City.MSA, boxes).get("items").size());
        assertEquals(
                "[\"LABELS\"]", page(City.MSA, boxes).at("/standing/unknown").toString());
        refused(409, "STATE_CONFLICT", decide(City.MSA, below));
    }

    @Test
    void anOfficersSuspicionIsEnough() {
        Piece marked = work.create(
                City.MSA, "penalty", draft(", \"flags\": [{\"code\": \"SUSPICION\", \"reason\": \"账外有账，需公安措施查明\"}]"));
        JsonNode prompt = only(City.MSA, marked);
        assertTrue(prompt.get("suspicion").asBoolean());
        assertEquals(0, prompt.get("reached").size());
    }

    @Test
    void comesAndGoesWithAmendments() {
        Piece penalty = penalty("29999.99");
        Piece raised = work.amend(City.MSA, penalty, amended(penalty, "30000"));
        JsonNode first = only(City.MSA, penalty);
        assertEquals(2, first.get("version").asInt());
        Piece lowered = work.amend(City.MSA, raised, amended(penalty, "100"));
        assertEquals("LAPSED", only(City.MSA, penalty).get("state").asText());
        assertEquals("ENDED", clock(City.MSA, penalty).get("state").asText());
        assertFalse(mine(City.MSA).contains(first.get("id").asText()));
        work.amend(City.MSA, lowered, amended(penalty, "90000"));
        assertEquals(List.of("LAPSED", "OPEN"), states(City.MSA, penalty));
        assertEquals(2, clocks(City.MSA, penalty).size(), "each has a clock of its own");
    }

    @Test
    void isAnsweredByTheReportAndOpensAgainWhenTheCaseIsCalledBack() {
        Piece penalty = penalty("30000");
        Piece transfer = reported(penalty);
        JsonNode answered = only(City.MSA, penalty);
        assertEquals("TRANSFERRED", answered.get("state").asText());
        assertEquals(transfer.id(), answered.get("transferId").asText());
        assertEquals("MET", clock(City.MSA, penalty).get("state").asText());
        refused(409, "STATE_CONFLICT", decide(City.MSA, penalty));
        transfers.signed(City.MSA, transfer, "decline", REASONS);
        assertEquals(List.of("DECLINED"), states(City.PROC, penalty), "a refusal shows to the procuratorate");
        transfers.signed(City.MSA, transfer, "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
        assertEquals(List.of("TRANSFERRED"), states(City.MSA, penalty));
        assertEquals(List.of(), states(City.PROC, penalty));
        send(transfer);
        transfers.act(
                City.MSA,
                transfer,
                "recall",
                "{\"documentNumber\": \"1号\", \"note\": \"误送\", \"noStateSecret\": true}");
        assertEquals(List.of("TRANSFERRED", "OPEN"), states(City.MSA, penalty));
    }

    /** What nobody sees any more answers nothing; once it is back, it does again. */
    @Test
    void aReportUnderQuarantineAnswersNoneUntilItIsReleased() {
        Piece penalty = penalty("30000");
        Piece transfer = reported(penalty);
        String body = "{\"recordId\": \"" + transfer.id() + "\", \"reason\": \"SUSPECTED\"}";
        JsonNode spill = done(
                201,
                city.signed(City.MSA, 1, "POST", "/v1/spills")
                        .idempotencyKey()
                        .body(City.utf8(body))
                        .send());
        assertEquals(List.of("TRANSFERRED", "OPEN"), states(City.MSA, penalty));
        String release = "{\"documentNumber\": \"咸市监密核〔2026〕2号\", \"reason\": \"经核实不涉密\", \"noStateSecret\": true}";
        JsonNode proposal = done(
                201,
                city.signed(City.MSA, 1, "POST", "/v1/spills/" + spill.get("id").asText() + "/release")
                        .idempotencyKey()
                        .body(City.utf8(release))
                        .send());
        done(200, new TwoErase(city, City.MSA).approve(2, proposal).send());
        assertEquals(List.of("TRANSFERRED", "TRANSFERRED"), states(City.MSA, penalty));
        transfers.signed(City.MSA, transfer, "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
        send(transfer);
        done(
                201,
                city.signed(City.POLICE, 1, "POST", "/v1/spills")
                        .idempotencyKey()
                        .body(City.utf8(body))
                        .send());
        assertEquals(
                List.of("TRANSFERRED", "TRANSFERRED"), states(City.MSA, penalty), "who received it reopens nothing");
    }

    /** A report of the past starts no days: it answers no prompt of today. */
    @Test
    void aBackfilledReportAnswersNone() {
        Piece penalty = penalty("30000");
        String past = "\"origin\": \"BACKFILL\", \"matterId\": \"" + penalty.matter()
                + "\", \"occurred\": {\"time\": \"2023-01-06T00:00:00+08:00\", \"precision\": \"DAY\"},";
        work.create(City.MSA, "transfer", Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", past, ""));
        assertEquals(List.of("OPEN"), states(City.MSA, penalty));
        List<String> named = List.of("TRANSFER_LETTER", "INVESTIGATION_REPORT", "GOODS_LIST").stream()
                .map(paper -> "{\"paper\": \"" + paper + "\", \"attachment\": \"" + UUID.randomUUID() + "\"}")
                .toList();
        String sent = past + "\"state\": \"DISPATCHED\", \"documentNumber\": \"咸市监移〔2023〕9号\", \"addressees\": [\""
                + City.POLICE + "\"],";
        Piece transfer = work.createSigned(
                City.MSA,
                "transfer",
                Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", sent, "\"papers\": " + named + ","));
        assertEquals(
                "DISPATCHED", transfers.read(City.MSA, transfer).get("state").asText());
        assertEquals(List.of("OPEN"), states(City.MSA, penalty), "nor one that says that it was sent");
        assertEquals("RUNNING", clock(City.MSA, penalty).get("state").asText());
    }

    /** A matter is one case: what was registered before the report goes with it, what comes later does not. */
    @Test
    void aTransferOfTheCaseAnswersWhatStoodInItBefore() {
        Piece clue = work.clue(City.MSA);
        Piece penalty = work.create(City.MSA, "penalty", in(clue, draft(gain("30000"))));
        work.create(
                City.MSA,
                "transfer",
                Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", "\"matterId\": \"" + clue.matter() + "\",", ""));
        assertEquals(List.of("TRANSFERRED"), states(City.MSA, clue));
        assertEquals(List.of("TRANSFERRED"), states(City.MSA, penalty));
        Piece later = work.create(City.MSA, "penalty", in(clue, draft(gain("30000"))));
        assertEquals(List.of("OPEN"), states(City.MSA, later));
        Piece others = work.create(City.IPO, "penalty", draft(gain("30000")));
        assertEquals(List.of("OPEN"), states(City.IPO, others), "another agency's is its own");
    }

    @Test
    void aClueIsAnsweredByBeingHandedToThePolice() {
        Piece clue = work.clue(City.MSA);
        assertEquals(List.of("OPEN"), states(City.MSA, clue));
        work.transferred(City.MSA, clue, City.POLICE);
        assertEquals(List.of("TRANSFERRED"), states(City.MSA, clue));
    }

    @Test
    void aDecisionIsSignedHasReasonsAndShowsToTheProcuratorate() {
        Piece penalty = penalty("30000");
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", penalty.path() + "/acts/not-transfer")
                        .ifMatch("*")
                        .idempotencyKey()
                        .body(City.utf8(REASONS))
                        .send());
        refused(403, "FORBIDDEN", decide(City.IPO, penalty));
        refused(403, "FORBIDDEN", decide(City.PROC, penalty));
        assertEquals(200, decide(City.MSA, penalty).status());
        for (String unit : List.of(City.MSA, City.PROC)) {
            JsonNode considered = only(unit, penalty);
            assertEquals("CONSIDERED", considered.get("state").asText(), unit);
            assertEquals("经查数额系误填", considered.get("reasons").asText(), unit);
            assertEquals("MSA-421200-001", considered.get("decidedBy").asText(), unit);
        }
        assertEquals(
                "INVESTIGATING",
                Casework.json(get(City.MSA, penalty.path())).get("state").asText());
        work.amend(City.MSA, now(penalty), amended(penalty, "40000"));
        assertEquals(List.of("CONSIDERED"), states(City.MSA, penalty), "no more thresholds than were considered");
        String more = amended(penalty, "40000")
                .replace(
                        "\"amounts\": [",
                        "\"amounts\": [{\"type\": \"TURNOVER\", \"value\": \"50000\", \"unit\": \"CNY\"},");
        work.amend(City.MSA, now(penalty), more);
        assertEquals(List.of("CONSIDERED", "OPEN"), states(City.MSA, penalty), "more than was considered");
    }

    /** The procuratorate sees it once nothing was done in time, and nobody else at all; no order keeps it from him. */
    @Test
    void showsToTheProcuratorateOnceItIsLateAndToNobodyElse() {
        Piece penalty = penalty("30000");
        List<String> others = List.of(
                City.PROC,
                City.POLICE,
                City.IPO,
                City.COURT,
                City.COPYRIGHT,
                City.AUD,
                City.MSA_DISTRICT,
                City.PROC_DISTRICT);
        for (String unit : others) {
            assertEquals(List.of(), states(unit, penalty), unit);
            assertTrue(page(unit, penalty).path("standing").isMissingNode(), unit);
            assertEquals(List.of(), considerations(unit, penalty), unit);
        }
        assertEquals(List.of(), clocks(City.PROC, penalty), "in time, it is the agency's");
        for (String order : List.of("END", "SUSPEND", "RESTART")) {
            refused(
                    409,
                    "STATE_CONFLICT",
                    city.signed(
                                    City.MSA,
                                    1,
                                    "POST",
                                    "/v1/deadlines/"
                                            + clock(City.MSA, penalty).get("id").asText() + "/orders")
                            .idempotencyKey()
                            .body(City.utf8("{\"order\": \"" + order + "\", \"documentNumber\": \"1号\"}"))
                            .send());
        }
        late(penalty);
        for (String unit : others) {
            boolean supervises = unit.equals(City.PROC);
            assertEquals(supervises ? List.of("OPEN") : List.of(), states(unit, penalty), unit);
            assertEquals(supervises ? List.of("OVERDUE") : List.of(), considerations(unit, penalty), unit);
        }
        new TwoKeys(city).granted(penalty, TwoKeys.grant("\"unit\": \"PROC-421202\"", "FULL", "\"PI\""));
        assertEquals(
                "FULL",
                Casework.json(get(City.PROC_DISTRICT, penalty.path()))
                        .at("/meta/view")
                        .asText());
        assertEquals(List.of(), states(City.PROC_DISTRICT, penalty), "a grant opens the record, and no prompt");
        assertEquals(List.of(), considerations(City.PROC_DISTRICT, penalty));
        decide(City.MSA, penalty);
        assertEquals("MISSED", clock(City.PROC, penalty).get("state").asText());
    }

    @Test
    void aLabelKeepsNothingOfItFromTheSupervisor() {
        String label =
                "\"label\": {\"level\": \"INTERNAL\", \"fields\": [{\"field\": \"amounts\", \"caveats\": [\"LEGAL_PRIVILEGE\"]}]},";
        Piece penalty =
                work.createSigned(City.MSA, "penalty", draft(gain("30000")).replaceFirst("\\{", "{" + label));
        decide(City.MSA, penalty);
        for (String unit : List.of(City.MSA, City.PROC)) {
            assertEquals("CL_213_GAIN", only(unit, penalty).at("/reached/0/id").asText(), unit);
        }
    }

    @Test
    void aBackfilledPenaltyRaisesNone() {
        String past = "\"origin\": \"BACKFILL\", \"state\": \"DECIDED\", \"documentNumber\": \"咸市监处罚〔2021〕1号\","
                + " \"occurred\": {\"time\": \"2021-03-01T00:00:00+08:00\", \"precision\": \"DAY\"},";
        Piece penalty = work.create(City.MSA, "penalty", draft(gain("90000")).replaceFirst("\\{", "{" + past));
        assertEquals(List.of(), states(City.MSA, penalty));
    }

    @Test
    void goesWithTheRecordThatIsErased() {
        Piece penalty = penalty("30000");
        late(penalty);
        new TwoErase(city, City.MSA).erased(TwoErase.record(penalty.id()));
        for (String unit : List.of(City.MSA, City.PROC)) {
            assertEquals(List.of(), states(unit, penalty));
        }
        assertEquals(
                "LAPSED {} false",
                city.stored()
                        .text(
                                "SELECT state || ' ' || reached::text || ' ' || suspicion FROM xietong.transfer_prompt"
                                        + " WHERE record_id = ?::uuid",
                                penalty.id()));
        assertEquals("ENDED", clock(City.MSA, penalty).get("state").asText());
    }

    /** A transfer that is erased, as one that was entered by mistake, answers nothing any more. */
    @Test
    void opensAgainWhenItsTransferIsErased() {
        Piece penalty = penalty("30000");
        Piece transfer = reported(penalty);
        assertEquals(List.of("TRANSFERRED"), states(City.MSA, penalty));
        new TwoErase(city, City.MSA).erased(TwoErase.record(transfer.id()));
        assertEquals(List.of("TRANSFERRED", "OPEN"), states(City.MSA, penalty));
        assertEquals(2, clocks(City.MSA, penalty).size(), "with days of its own");
    }

    /** Two reports and a decision at once: one report stands, and the prompt is answered by it, whoever came first. */
    @Test
    void racesEndInOneTransfer() {
        for (int round = 0; round < 5; round++) {
            Piece penalty = penalty("30000");
            String report = Transfers.draft(
                            "AGENCY_TO_POLICE", "TRADEMARK", "\"matterId\": \"" + penalty.matter() + "\",", "")
                    .replace("\"direction\"", "\"clue\": \"" + penalty.id() + "\", \"direction\"");
            Callable<Integer> reports = () -> city.call(City.MSA, "POST", "/v1/transfers")
                    .idempotencyKey()
                    .body(City.utf8(report))
                    .send()
                    .status();
            List<Integer> ended = Race.run(
                    List.of(reports, reports, () -> decide(City.MSA, penalty).status()));
            assertEquals(
                    1,
                    ended.subList(0, 2).stream().filter(status -> status == 201).count(),
                    ended.toString());
            assertTrue(ended.get(2) == 200 || ended.get(2) == 409, ended.toString());
            assertEquals(List.of("TRANSFERRED"), states(City.MSA, penalty));
            assertEquals("MET", clock(City.MSA, penalty).get("state").asText());
        }
    }

    @Test
    void pagesByKeysetAlsoWhereTimesAreEqual() {
        for (int i = 0; i < 3; i++) {
            penalty("30000");
        }
        city.stored()
                .execute(
                        "UPDATE xietong.transfer_prompt SET raised_at = '2026-01-01Z' WHERE owner_unit = 'MSA-421200'");
        List<String> whole = mine(City.MSA);
        List<String> paged = Pages.ids(City.MSA, "/v1/prompts", 1);
        assertTrue(whole.size() >= 3);
        assertEquals(whole, paged);
    }

    @Test
    void thresholdsAreThereForEverybodyToRead() {
        JsonNode all = Casework.json(get(City.COURT, "/v1/thresholds")).get("thresholds");
        List<String> ofMarks = StreamSupport.stream(all.spliterator(), false)
                .filter(each -> each.get("id").asText().equals("CL_213_GAIN"))
                .map(each -> each.path("validTo").asText("") + " "
                        + each.at("/basis/verified").asText())
                .toList();
        assertEquals(List.of("2025-04-25 TEXT", " NONE"), ofMarks);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "record=x",
                "record=",
                "limit=0",
                "after=%21",
                "record=00000000-0000-4000-8000-000000000000&limit=1"
            })
    void aQueryThatIsNotSoundIsRefused(String query) {
        assertEquals(422, get(City.MSA, "/v1/prompts?" + query).status());
    }

    @Test
    void aRecordThatDoesNotExistHasNone() {
        JsonNode none = Casework.json(get(City.MSA, "/v1/prompts?record=" + UUID.randomUUID()));
        assertEquals(
                Map.of("items", "[]").toString(),
                Map.of("items", none.get("items").toString()).toString());
        assertTrue(none.path("standing").isMissingNode());
    }

    private static String gain(String value) {
        return ", \"amounts\": [{\"type\": \"ILLEGAL_GAIN\", \"value\": \"" + value + "\", \"unit\": \"CNY\"}]";
    }

    private static String draft(String more) {
        return Stages.draft(null, Stages.penalty(more));
    }

    private Piece penalty(String value) {
        return work.create(City.MSA, "penalty", draft(gain(value)));
    }

    private static String in(Piece piece, String draft) {
        return draft.replaceFirst("\\{", "{\"matterId\": \"" + piece.matter() + "\",");
    }

    private String amended(Piece penalty, String value) {
        JsonNode content = Casework.json(get(City.MSA, penalty.path())).get("content");
        return draft(gain(value)).replace("\"ref\": \"P1\"", "\"id\": " + content.at("/participants/0/id"));
    }

    private Piece now(Piece piece) {
        return new Piece(piece.kind(), piece.id(), piece.matter(), "*");
    }

    private Piece reported(Piece penalty) {
        return work.create(
                City.MSA,
                "transfer",
                Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", "\"matterId\": \"" + penalty.matter() + "\",", "")
                        .replace("\"direction\"", "\"clue\": \"" + penalty.id() + "\", \"direction\""));
    }

    /** With its papers, as far as it is approved. */
    private void send(Piece transfer) {
        List<String> papers = List.of("TRANSFER_LETTER", "INVESTIGATION_REPORT", "GOODS_LIST").stream()
                .map(paper -> "{\"paper\": \"" + paper + "\", \"attachment\": \""
                        + transfers.attached(City.MSA, transfer) + "\"}")
                .toList();
        JsonNode content = transfers.read(City.MSA, transfer).get("content");
        String body = Transfers.draft(
                        "AGENCY_TO_POLICE", "TRADEMARK", "", "\"papers\": [" + String.join(",", papers) + "],")
                .replace("\"direction\"", "\"clue\": " + content.get("clue") + ", \"direction\"")
                .replace("\"P1\"", content.at("/participants/0/id").toString())
                .replace("\"P2\"", content.at("/participants/1/id").toString())
                .replace("\"ref\"", "\"id\"");
        work.amend(City.MSA, now(transfer), body);
        transfers.act(
                City.MSA,
                transfer,
                "dispatch",
                "{\"documentNumber\": \"咸市监移〔2023〕1号\", \"addressees\": [\"POLICE-421200\"]}");
    }

    private SignedAnswer decide(String unit, Piece piece) {
        return city.signed(unit, 1, "POST", piece.path() + "/acts/not-transfer")
                .ifMatch("*")
                .idempotencyKey()
                .body(City.utf8(REASONS))
                .send();
    }

    /** As if it had been raised ten days before. */
    private void late(Piece piece) {
        Lateness.ofPrompts(city, piece);
    }

    private JsonNode page(String unit, Piece piece) {
        return Casework.json(get(unit, "/v1/prompts?record=" + piece.id()));
    }

    private List<String> states(String unit, Piece piece) {
        return StreamSupport.stream(page(unit, piece).get("items").spliterator(), false)
                .map(each -> each.get("state").asText())
                .toList();
    }

    private JsonNode only(String unit, Piece piece) {
        JsonNode items = page(unit, piece).get("items");
        assertEquals(1, items.size(), items.toString());
        return items.get(0);
    }

    private static List<String> mine(String unit) {
        return Pages.ids(unit, "/v1/prompts", 100);
    }

    private List<JsonNode> clocks(String unit, Piece piece) {
        return StreamSupport.stream(
                        Casework.json(get(unit, piece.path() + "/deadlines"))
                                .get("items")
                                .spliterator(),
                        false)
                .filter(each -> each.get("rule").asText().equals("T1"))
                .toList();
    }

    private JsonNode clock(String unit, Piece piece) {
        List<JsonNode> all = clocks(unit, piece);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    /** States of T1 upon this record in the list of what others have to do. */
    private List<String> considerations(String unit, Piece piece) {
        return Pages.items(unit, "/v1/deadlines?whose=OVERSEEN", 100).stream()
                .filter(each -> each.get("recordId").asText().equals(piece.id())
                        && each.get("rule").asText().equals("T1"))
                .map(each -> each.get("state").asText())
                .toList();
    }

    private SignedAnswer get(String unit, String target) {
        return city.call(unit, "GET", target).send();
    }
}
