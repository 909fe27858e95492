package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;

/** A transfer on its way: report, approval, papers, copy, receipt, filing for each suspect, goods, reconsideration, feedback. */
@QuarkusTest
@WithTestResource(CityResource.class)
class TransfersTest {
    private static final String DISPATCH =
            "{\"documentNumber\": \"咸市监移〔2023〕1号\", \"addressees\": [\"POLICE-421200\"]}";

    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);
    private final City city = work.city();

    @Test
    void goesFromTheReportToTheFilingOfEachSuspect() {
        Piece transfer = transfers.received(City.MSA);
        JsonNode at = transfers.read(City.MSA, transfer).at("/content/delivery");
        assertEquals("POLICE-421200", at.get("handler").asText());
        assertEquals("咸公回字〔2023〕1号", at.get("receipt").asText());
        List<String> suspects = suspects(transfer);
        transfers.act(City.POLICE, transfer, "file", of(suspects.get(0), "咸公立字〔2023〕1号", ""));
        assertEquals("RECEIVED", state(transfer), "one is open");
        transfers.act(City.MSA, transfer, "hand-over", "{\"documentNumber\": \"咸市监交〔2023〕1号\"}");
        transfers.act(City.POLICE, transfer, "refuse", of(suspects.get(1), "咸公不立字〔2023〕1号", REFUSAL));
        assertEquals("DECIDED", state(transfer));
        JsonNode content = transfers.read(City.MSA, transfer).get("content");
        assertEquals("FILED", content.at("/suspects/0/outcome").asText());
        assertEquals("NOT_FILED", content.at("/suspects/1/outcome").asText());
        assertEquals("BELOW_THRESHOLD", content.at("/suspects/1/reasonClass").asText());
        assertEquals("FILED", content.get("outcome").asText());
        transfers.act(City.POLICE, transfer, "take-over", note("存于市局涉案财物仓库"));
        transfers.act(City.MSA, transfer, "reconsider", "{\"documentNumber\": \"咸市监复〔2023〕1号\"}");
        transfers.act(
                City.POLICE,
                transfer,
                "uphold",
                "{\"documentNumber\": \"咸公复字〔2023〕1号\", \"note\": \"维持\", \"noStateSecret\": true}");
        transfers.act(City.MSA, transfer, "complain", "{\"documentNumber\": \"咸市监建〔2023〕1号\"}");
        transfers.act(City.POLICE, transfer, "place", note("随案移送检察院"));
        transfers.act(City.POLICE, transfer, "feedback", note("一人已立案侦查"));
        content = transfers.read(City.MSA, transfer).get("content");
        assertEquals(
                "随案移送检察院", content.at("/goodsHandover/whereabouts").asText(), "the sender sees where his goods are");
        assertEquals("UPHELD", content.at("/suspects/1/outcome").asText());
        assertEquals("一人已立案侦查", content.at("/feedback/text").asText());
        transfers.act(City.MSA, transfer, "close", "{}");
        assertEquals("CLOSED", state(transfer));
    }

    private static final String REFUSAL =
            "\"reasonCode\": \"BELOW_THRESHOLD\", \"note\": \"未达到追诉标准\", \"noStateSecret\": true,";

    /** 不得以材料不全为由不接受移送案件: incompleteness is asked for, never a reason. */
    @Test
    void missingPapersAreAskedForAndAreNoReasonToRefuse() {
        Piece transfer = transfers.received(City.MSA);
        transfers.act(City.POLICE, transfer, "ask", note("缺鉴定意见"));
        assertEquals("PAPERS_ASKED", state(transfer));
        faulty(
                "INVALID_CONTENT",
                "/reasonCode UNKNOWN_CODE",
                transfers.tried(
                        City.POLICE,
                        transfer,
                        "refuse",
                        "{\"documentNumber\": \"1号\", \"reasonCode\": \"PAPERS_MISSING\", \"note\": \"材料不全\", \"noStateSecret\": true}"));
        transfers.act(City.MSA, transfer, "complete", "{}");
        assertEquals("RECEIVED", state(transfer));
        assertEquals(
                "缺鉴定意见",
                transfers.read(City.MSA, transfer).at("/content/delivery/asked").asText());
        transfers.act(City.POLICE, transfer, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
        assertEquals("DECIDED", state(transfer));
    }

    @Test
    void nothingIsSentWithoutItsPapers() {
        Piece bare = transfers.reported(City.MSA);
        transfers.signed(City.MSA, bare, "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
        SignedAnswer none = transfers.tried(City.MSA, bare, "dispatch", DISPATCH);
        refused(422, "INVALID_CONTENT", none);
        assertEquals(
                "[TRANSFER_LETTER_MISSING, REPORT_MISSING, GOODS_LIST_MISSING]",
                StreamSupport.stream(Casework.json(none).get("faults").spliterator(), false)
                        .map(fault -> fault.get("rule").asText())
                        .toList()
                        .toString());
        String named = "{\"paper\": \"%s\", \"attachment\": \"" + UUID.randomUUID() + "\"}";
        transfers.amended(
                City.MSA,
                bare,
                "\"papers\": [" + named.formatted("TRANSFER_LETTER") + "," + named.formatted("INVESTIGATION_REPORT")
                        + "," + named.formatted("GOODS_LIST") + "],");
        faulty(
                "INVALID_CONTENT",
                "/content/papers NOT_ATTACHED",
                transfers.tried(City.MSA, bare, "dispatch", DISPATCH));
        assertEquals("APPROVED", state(bare));
    }

    @Test
    void theHeadDecidesWithHisOwnKeyAndHisReasonsShowToTheProcuratorate() {
        Piece transfer = transfers.reported(City.MSA);
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                transfers.tried(City.MSA, transfer, "approve", "{\"documentNumber\": \"1号\"}"));
        faulty(
                "INVALID_CONTENT",
                "/note REQUIRED",
                city.signed(City.MSA, 1, "POST", transfer.path() + "/acts/decline")
                        .ifMatch("*")
                        .idempotencyKey()
                        .body(City.utf8("{}"))
                        .send());
        transfers.signed(City.MSA, transfer, "decline", note("证据不足"));
        JsonNode approval = transfers.read(City.PROC, transfer).at("/content/approval");
        assertEquals("DECLINED", approval.get("decision").asText());
        assertEquals("证据不足", approval.get("reasons").asText());
        refused(409, "STATE_CONFLICT", transfers.tried(City.MSA, transfer, "dispatch", DISPATCH));
        transfers.signed(City.MSA, transfer, "approve", "{\"documentNumber\": \"咸市监审〔2023〕2号\"}");
        assertEquals("APPROVED", state(transfer), "after a second look");
    }

    @ParameterizedTest
    @ValueSource(strings = {City.MSA, City.COURT, City.IPO, City.COPYRIGHT, City.PROC, City.POLICE_DISTRICT})
    void aTransferShowsToNobodyElseBeforeItIsSent(String unit) {
        Piece transfer = transfers.reported(City.COPYRIGHT);
        int expected = unit.equals(City.COPYRIGHT) || unit.equals(City.PROC) ? 200 : 404;
        assertEquals(expected, city.call(unit, "GET", transfer.path()).send().status());
    }

    /** 抄送检察院备案: made by the service, whatever sender and addressee do, and acknowledged. */
    @Test
    void theProcuratorateHasItsCopyWithoutAnybodysDoing() {
        Piece transfer = transfers.dispatched(City.MSA);
        assertEquals(
                "[\"POLICE-421200\",\"PROC-421200\"]",
                transfers.read(City.MSA, transfer).get("addressees").toString());
        JsonNode copy = transfers.read(City.PROC, transfer);
        assertEquals("FULL", copy.at("/meta/view").asText());
        assertEquals("[\"acknowledge\"]", copy.get("actions").toString());
        transfers.act(City.PROC, transfer, "acknowledge", "{}");
        assertTrue(transfers.read(City.MSA, transfer).at("/content/delivery").has("acknowledgedOn"));
        refused(409, "STATE_CONFLICT", transfers.tried(City.PROC, transfer, "acknowledge", "{}"));
        refused(403, "FORBIDDEN", transfers.tried(City.PROC, transfer, "receive", "{}"));
        for (String unit : List.of(City.MSA, City.POLICE)) {
            refused(403, "FORBIDDEN", transfers.tried(unit, transfer, "acknowledge", "{}"));
        }
    }

    @Test
    void nobodyKeepsTheCopyBack() {
        String limited =
                "\"label\": " + "{\"level\": \"WORK_SECRET_LIMITED\", \"scope\": {\"units\": [\"POLICE-421200\"]},"
                        + " \"basis\": {\"code\": \"WORK_SECRET\", \"text\": \"办案需要\"}},";
        Piece hidden =
                work.createSigned(City.MSA, "transfer", Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", limited, ""));
        assertEquals("FULL", transfers.read(City.PROC, hidden).at("/meta/view").asText(), "no label hides it");
        Piece transfer = transfers.dispatched(City.MSA);
        transfers.amended(City.MSA, transfer, papersOf(transfer));
        assertEquals(
                "[\"POLICE-421200\",\"PROC-421200\"]",
                transfers.read(City.MSA, transfer).get("addressees").toString(),
                "an amendment that addresses nobody");
        for (String unit : List.of(City.MSA, City.POLICE)) {
            SignedAnswer out = city.call(unit, "POST", "/v1/matters/" + transfer.matter() + "/removals")
                    .idempotencyKey()
                    .body(City.utf8("{\"unit\": \"PROC-421200\"}"))
                    .send();
            assertTrue(out.status() >= 400, Casework.text(out));
        }
        transfers.act(City.POLICE, transfer, "receive", "{}");
        assertEquals(
                "FULL", transfers.read(City.PROC, transfer).at("/meta/view").asText());
        refused(403, "FORBIDDEN", transfers.tried(City.PROC, transfer, "feedback", note("x")));
    }

    /** Whom another unit brought in it takes out again, and learns by no refusal of a copy that it does not see (I4). */
    @Test
    void aCopyTellsNobodyWhoDoesNotSeeIt() {
        Piece transfer = transfers.dispatched(City.MSA);
        post(201, City.MSA, transfer.matterPath() + "/invitations", City.COPYRIGHT);
        work.create(City.COPYRIGHT, "clue", Drafts.clue("", null, "\"matterId\": \"" + transfer.matter() + "\","));
        assertEquals(
                404, city.call(City.COPYRIGHT, "GET", transfer.path()).send().status());
        post(201, City.COPYRIGHT, transfer.matterPath() + "/invitations", City.PROC);
        post(201, City.COPYRIGHT, transfer.matterPath() + "/removals", City.PROC);
        assertEquals(
                "[\"acknowledge\"]",
                transfers.read(City.PROC, transfer).get("actions").toString(),
                "it keeps its copy");
    }

    /** What was sent is recalled by an act and on a paper; nobody just takes it out of the addressee's hands. */
    @Test
    void whatWasSentUnderACopyIsTakenBackByAnActOnly() {
        Piece transfer = transfers.dispatched(City.MSA);
        post(409, City.MSA, transfer.matterPath() + "/removals", City.POLICE);
        post(409, City.MSA, transfer.matterPath() + "/removals", City.PROC);
        transfers.act(City.POLICE, transfer, "receive", "{}");
    }

    /** Nobody keeps the copy back by registering the transfer as one of the past. */
    @Test
    void aTransferOfThePastIsCopiedToo() {
        String past = "\"origin\": \"BACKFILL\", \"state\": \"DISPATCHED\", \"documentNumber\": \"咸市监移〔2023〕1号\","
                + " \"addressees\": [\"POLICE-421200\"],"
                + " \"occurred\": {\"time\": \"2023-01-06T00:00:00+08:00\", \"precision\": \"DAY\"},";
        Piece transfer = work.createSigned(
                City.MSA,
                "transfer",
                Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", past, "\"papers\": " + NAMED + ","));
        assertEquals(
                "[\"POLICE-421200\",\"PROC-421200\"]",
                transfers.read(City.MSA, transfer).get("addressees").toString());
        transfers.act(City.PROC, transfer, "acknowledge", "{}");
        transfers.act(City.POLICE, transfer, "receive", "{}");
        transfers.act(City.POLICE, transfer, "ask", "{\"note\": \"缺移送书原件\", \"noStateSecret\": true}");
        faulty(
                "INVALID_CONTENT",
                "/content/papers NOT_ATTACHED",
                transfers.tried(City.MSA, transfer, "complete", "{}"));
        transfers.act(City.MSA, transfers.withPapers(City.MSA, transfer), "complete", "{}");
    }

    private static final String NAMED = List.of("TRANSFER_LETTER", "INVESTIGATION_REPORT", "GOODS_LIST").stream()
            .map(paper -> "{\"paper\": \"" + paper + "\", \"attachment\": \"" + UUID.randomUUID() + "\"}")
            .toList()
            .toString();

    private void post(int status, String unit, String path, String whom) {
        SignedAnswer answer = city.call(unit, "POST", path)
                .idempotencyKey()
                .body(City.utf8("{\"unit\": \"" + whom + "\"}"))
                .send();
        assertEquals(status, answer.status(), () -> Casework.text(answer));
    }

    /** A copy makes the sender no sender of the procuratorate's own records: what it does about them stays its own. */
    @Test
    void aCopyOpensNothingOfTheProcuratorate() {
        Piece transfer = transfers.dispatched(City.MSA);
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.handover WHERE record_id = ?::uuid AND NOT copy AND to_unit = 'PROC-421200'",
                                transfer.id()));
        assertEquals(
                1,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.handover WHERE record_id = ?::uuid AND copy AND to_unit = 'PROC-421200'",
                                transfer.id()));
    }

    /** In writing: whoever sent the letter cannot take it out of the addressee's hands. */
    @Test
    void papersThatAreNamedStay() {
        Piece transfer = transfers.dispatched(City.MSA);
        String letter = transfers
                .read(City.MSA, transfer)
                .at("/content/papers/0/attachment")
                .asText();
        String at = transfer.path() + "/attachments/" + letter;
        refused(409, "STATE_CONFLICT", withdrawn(at));
        assertEquals(200, city.call(City.POLICE, "GET", at + "/content").send().status());
        String other = transfers.attached(City.MSA, transfer);
        JsonNode content = transfers.read(City.MSA, transfer).get("content");
        String papers = "\"papers\": " + content.get("papers").toString();
        SignedAnswer exchanged = city.call(City.MSA, "PUT", transfer.path())
                .ifMatch("*")
                .body(City.utf8(Transfers.draftOf(content, papers.replace(letter, other) + ",")))
                .send();
        faulty("INVALID_CONTENT", "/content/papers READ_ONLY", exchanged);
        SignedAnswer renumbered = city.call(City.MSA, "PUT", transfer.path())
                .ifMatch("*")
                .body(City.utf8(Transfers.draftOf(
                        content, papers.replaceFirst("\"paper\"", "\"number\": \"2号\", \"paper\"") + ",")))
                .send();
        faulty("INVALID_CONTENT", "/content/papers READ_ONLY", renumbered);
        assertEquals(200, withdrawn(transfer.path() + "/attachments/" + other).status());
    }

    private SignedAnswer withdrawn(String attachment) {
        return city.signed(City.MSA, 1, "POST", attachment + "/withdraw")
                .idempotencyKey()
                .body(City.utf8("{\"reason\": \"误传\", \"noStateSecret\": true}"))
                .send();
    }

    /** 不属于本机关管辖的，转送有管辖权的机关: the first has no say any more, and the procuratorate there has a copy. */
    @Test
    void aCaseIsForwardedToWhoIsCompetent() {
        Piece transfer = transfers.dispatched(City.MSA);
        transfers.act(
                City.POLICE,
                transfer,
                "forward",
                "{\"documentNumber\": \"咸公转字〔2023〕1号\", \"note\": \"属咸安区管辖\", \"noStateSecret\": true, \"addressees\": [\"POLICE-421202\"]}");
        assertEquals("DISPATCHED", state(transfer));
        refused(403, "FORBIDDEN", transfers.tried(City.POLICE, transfer, "receive", "{}"));
        assertEquals(
                "FULL",
                transfers.read(City.PROC_DISTRICT, transfer).at("/meta/view").asText());
        transfers.act(City.POLICE_DISTRICT, transfer, "receive", "{\"documentNumber\": \"咸安公回字〔2023〕1号\"}");
        transfers.act(City.POLICE_DISTRICT, transfer, "file", "{\"documentNumber\": \"咸安公立字〔2023〕1号\"}");
        assertEquals("DECIDED", state(transfer));
        for (String unit : List.of(City.PROC, City.PROC_DISTRICT)) {
            transfers.act(unit, transfer, "acknowledge", "{}");
            refused(409, "STATE_CONFLICT", transfers.tried(unit, transfer, "acknowledge", "{}"));
            assertEquals("[]", transfers.read(unit, transfer).get("actions").toString());
        }
        assertEquals(
                "[\"PROC-421200\",\"PROC-421202\"]",
                transfers
                        .read(City.MSA, transfer)
                        .at("/content/delivery/acknowledgedBy")
                        .toString(),
                "each its own copy");
    }

    @ParameterizedTest
    @CsvSource({
        "MSA-421200, /addressees/0 CANNOT_RECEIVE",
        "PROC-421200, /addressees/0 CANNOT_RECEIVE",
        "COURT-421200, /addressees/0 CANNOT_RECEIVE",
        "POLICE-999999, /addressees/0 UNKNOWN_UNIT",
        "'POLICE-421200\", \"POLICE-421202', /addressees/1 NOT_ALLOWED"
    })
    void toTheWrongAgencyNothingIsSent(String to, String fault) {
        Piece ready = transfers.withPapers(City.MSA, transfers.reported(City.MSA));
        transfers.signed(City.MSA, ready, "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
        faulty(
                "INVALID_CONTENT",
                fault,
                transfers.tried(City.MSA, ready, "dispatch", DISPATCH.replace("POLICE-421200", to)));
        assertEquals("APPROVED", state(ready));
    }

    /** Police return cases to market supervision, those of copyright to the copyright bureau. */
    @ParameterizedTest
    @CsvSource({"TRADEMARK, MSA-421200, COPYRIGHT-421200", "COPYRIGHT, COPYRIGHT-421200, MSA-421200"})
    void goesBackToTheAgencyOfItsRight(String right, String to, String wrong) {
        Piece back = work.create(City.POLICE, "transfer", Transfers.draft("POLICE_TO_AGENCY", right, "", ""));
        back = transfers.withPapers(City.POLICE, back);
        faulty(
                "INVALID_CONTENT",
                "/addressees/0 CANNOT_RECEIVE",
                transfers.tried(City.POLICE, back, "dispatch", DISPATCH.replace(City.POLICE, wrong)));
        transfers.act(City.POLICE, back, "dispatch", DISPATCH.replace(City.POLICE, to));
        assertEquals("FULL", transfers.read(City.PROC, back).at("/meta/view").asText(), "copied in this direction too");
        transfers.act(to, back, "receive", "{}");
        transfers.act(to, back, "file", "{\"documentNumber\": \"咸市监立〔2023〕1号\"}");
        assertEquals(
                "DECIDED",
                Casework.json(city.call(City.POLICE, "GET", back.path()).send())
                        .get("state")
                        .asText());
    }

    @Test
    void courtAndProcuratorateTransferToo() {
        Piece court = transfers.withPapers(
                City.COURT,
                work.create(City.COURT, "transfer", Transfers.draft("COURT_TO_POLICE", "TRADEMARK", "", "")));
        transfers.act(City.COURT, court, "dispatch", DISPATCH);
        assertEquals("FULL", transfers.read(City.PROC, court).at("/meta/view").asText());
        transfers.act(City.POLICE, court, "receive", "{}");
        Piece reverse = transfers.withPapers(
                City.PROC, work.create(City.PROC, "transfer", Transfers.draft("PROC_TO_AGENCY", "TRADEMARK", "", "")));
        transfers.act(City.PROC, reverse, "dispatch", DISPATCH.replace(City.POLICE, City.MSA));
        transfers.act(City.MSA, reverse, "receive", "{}");
    }

    /** 应当附有全部材料: what is handed over is the agency's whole case; recalled, it closes again. */
    @Test
    void theAgencysFilingAndPenaltyOpenToThePoliceWithIt() {
        Piece transfer = transfers.withPapers(City.MSA, transfers.reported(City.MSA));
        String suspect = transfers
                .read(City.MSA, transfer)
                .at("/content/participants/0/id")
                .asText();
        String content = Stages.penalty("").replace("{\"ref\": \"P1\"", "{\"id\": \"" + suspect + "\"");
        Piece penalty = work.create(
                City.MSA,
                "penalty",
                Stages.draft(null, content).replaceFirst("\\{", "{\"matterId\": \"" + transfer.matter() + "\","));
        assertEquals("SUMMARY", view(City.POLICE, penalty));
        transfers.signed(City.MSA, transfer, "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
        transfers.act(City.MSA, transfer, "dispatch", DISPATCH);
        assertEquals("FULL", view(City.POLICE, penalty));
        assertEquals("SUMMARY", view(City.COURT, penalty), "to nobody else");
        transfers.act(
                City.MSA,
                transfer,
                "recall",
                "{\"documentNumber\": \"咸市监撤〔2023〕1号\", \"note\": \"误移\", \"noStateSecret\": true}");
        assertEquals("SUMMARY", view(City.POLICE, penalty));
    }

    private String view(String unit, Piece piece) {
        return transfers.read(unit, piece).at("/meta/view").asText();
    }

    @Test
    void nobodySendsInAnothersDirection() {
        for (String unit : List.of(City.POLICE, City.COURT, City.PROC)) {
            SignedAnswer answer = city.call(unit, "POST", "/v1/transfers")
                    .idempotencyKey()
                    .body(City.utf8(Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", "", "")))
                    .send();
            refused(403, "FORBIDDEN", answer);
        }
    }

    @Test
    void oneClueIsHandedOverOnce() {
        Piece clue = work.clue(City.MSA);
        String of = "\"matterId\": \"" + clue.matter() + "\",";
        String draft = Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", of, "\"clue\": \"" + clue.id() + "\",");
        Piece first = work.create(City.MSA, "transfer", draft);
        refused(
                409,
                "ALREADY_TRANSFERRED",
                city.call(City.MSA, "POST", "/v1/transfers")
                        .idempotencyKey()
                        .body(City.utf8(draft))
                        .send());
        transfers.signed(City.MSA, first, "decline", note("证据不足"));
        work.create(City.MSA, "transfer", draft);
        Piece others = work.clue(City.IPO);
        for (String unknown : List.of(others.id(), UUID.randomUUID().toString())) {
            faulty(
                    "INVALID_CONTENT",
                    "/content/clue UNKNOWN",
                    city.call(City.MSA, "POST", "/v1/transfers")
                            .idempotencyKey()
                            .body(City.utf8(draft.replace(clue.id(), unknown)))
                            .send());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "investigators": ["001", "002"],   | "investigators": ["001", "001"],    | /content/investigators TWO_NEEDED
                    "suspectedArticle": "CL_214",      |                                     | /content/suspectedArticle REQUIRED
                    "reportedOn": "2023-01-05",        | "reportedOn": "2999-01-05",         | /content/reportedOn FUTURE
                    {"participant": "P2"}              | {"participant": "P2", "outcome": "FILED"} | /content/suspects/1/outcome READ_ONLY
                    """)
    void aDraftThatIsNotSoundIsRefusedByFieldAndRule(String from, String to, String fault) {
        String draft = Transfers.draft("AGENCY_TO_POLICE", "TRADEMARK", "", "");
        assertTrue(draft.contains(from));
        faulty(
                "INVALID_CONTENT",
                fault,
                city.call(City.MSA, "POST", "/v1/transfers")
                        .idempotencyKey()
                        .body(City.utf8(draft.replace(from, to == null ? "" : to)))
                        .send());
    }

    /** Its statutory days run with it: T2 to T8, and the feedback. */
    @Test
    void itsDaysRunWithIt() {
        Piece transfer = transfers.reported(City.MSA);
        assertEquals(
                "[T2 OVERDUE MSA-421200]", deadlines(City.MSA, transfer), "from the report, not from its registration");
        transfer = transfers.received(City.MSA);
        assertEquals(
                "[FEEDBACK RUNNING POLICE-421200, T2 MISSED MSA-421200, T3 MET MSA-421200, T4 MET POLICE-421200,"
                        + " T4_ASK RUNNING POLICE-421200, T5 RUNNING POLICE-421200]",
                deadlines(City.PROC, transfer));
        transfers.act(City.POLICE, transfer, "refuse", "{" + REFUSAL + "\"documentNumber\": \"咸公不立字〔2023〕1号\"}");
        assertTrue(deadlines(City.MSA, transfer).contains("T5 MET POLICE-421200, T7 RUNNING MSA-421200"));
        transfers.act(City.MSA, transfer, "reconsider", "{\"documentNumber\": \"咸市监复〔2023〕1号\"}");
        assertTrue(deadlines(City.MSA, transfer).contains("T7 MET MSA-421200, T8 RUNNING POLICE-421200"));
    }

    /** Goods that were handed over are not due again, none are due where nobody's case is filed any more, and nothing filed is recalled. */
    @Test
    void theDaysOfTheGoodsEndWithTheirReason() {
        Piece handed = transfers.received(City.MSA);
        List<String> suspects = suspects(handed);
        transfers.act(City.POLICE, handed, "file", of(suspects.get(0), "咸公立字〔2023〕1号", ""));
        refused(
                409,
                "STATE_CONFLICT",
                transfers.tried(
                        City.MSA,
                        handed,
                        "recall",
                        "{\"documentNumber\": \"1号\", \"note\": \"撤回\", \"noStateSecret\": true}"));
        transfers.act(City.POLICE, handed, "refuse", of(suspects.get(1), "咸公不立字〔2023〕1号", REFUSAL));
        transfers.act(City.MSA, handed, "hand-over", "{\"documentNumber\": \"咸市监交〔2023〕1号\"}");
        transfers.act(City.MSA, handed, "reconsider", "{\"documentNumber\": \"咸市监复〔2023〕1号\"}");
        transfers.act(City.POLICE, handed, "reverse", "{\"documentNumber\": \"咸公复字〔2023〕1号\"}");
        assertFalse(deadlines(City.MSA, handed).contains("T6 RUNNING"), "handed over already");
        Piece dropped = transfers.received(City.MSA);
        transfers.act(City.POLICE, dropped, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
        assertTrue(deadlines(City.MSA, dropped).contains("T6 RUNNING"));
        transfers.act(
                City.POLICE,
                dropped,
                "drop",
                "{\"documentNumber\": \"咸公撤字〔2023〕1号\", \"note\": \"撤案\", \"noStateSecret\": true}");
        assertTrue(deadlines(City.MSA, dropped).contains("T6 ENDED"));
    }

    /** Who complained that the police were silent may complain of their refusal, too (国务院令310号 §9). */
    @Test
    void silenceAndRefusalAreTwoComplaints() {
        Piece transfer = transfers.received(City.MSA);
        transfers.act(City.MSA, transfer, "complain", "{\"documentNumber\": \"咸市监建〔2023〕1号\"}");
        transfers.act(City.POLICE, transfer, "refuse", "{" + REFUSAL + "\"documentNumber\": \"咸公不立字〔2023〕1号\"}");
        transfers.act(City.MSA, transfer, "complain", "{\"documentNumber\": \"咸市监建〔2023〕2号\"}");
        assertTrue(deadlines(City.MSA, transfer).contains("T7 MET MSA-421200"));
    }

    private String deadlines(String unit, Piece piece) {
        JsonNode page = Casework.json(
                city.call(unit, "GET", piece.path() + "/deadlines").send());
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .map(each -> each.get("rule").asText()
                        + ' '
                        + each.get("state").asText()
                        + ' '
                        + each.at("/actors/0").asText())
                .sorted()
                .toList()
                .toString();
    }

    private String papersOf(Piece transfer) {
        return "\"papers\": " + transfers.read(City.MSA, transfer).at("/content/papers") + ",";
    }

    private List<String> suspects(Piece transfer) {
        JsonNode content = transfers.read(City.MSA, transfer).get("content");
        return List.of(
                content.at("/suspects/0/participant").asText(),
                content.at("/suspects/1/participant").asText());
    }

    private String state(Piece transfer) {
        return transfers.read(City.PROC, transfer).get("state").asText();
    }

    private static String of(String suspect, String number, String more) {
        return "{" + more + "\"documentNumber\": \"" + number + "\", \"participants\": [\"" + suspect + "\"]}";
    }

    private static String note(String text) {
        return "{\"note\": \"" + text + "\", \"noStateSecret\": true}";
    }
}
