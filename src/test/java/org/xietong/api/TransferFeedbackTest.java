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
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;

/** The sender is told what became of his case: per suspect, as far as the policy shows it to him, until nothing is left to be told. */
@QuarkusTest
@WithTestResource(CityResource.class)
class TransferFeedbackTest {
    private static final String REFUSAL = "\"reasonCode\": \"BELOW_THRESHOLD\"," + Stages.note("未达到追诉标准");
    private static final String WORDS = "{" + Stages.note("侦查中") + "}";

    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);
    private final City city = work.city();

    @Test
    void tellsOfEachSuspectUntilTheJudgmentHasEffect() {
        Piece transfer = transfers.received(City.MSA);
        String first = suspect(transfer, 0);
        String second = suspect(transfer, 1);
        transfers.act(City.POLICE, transfer, "file", Stages.of(first, "咸公立字〔2023〕1号", ""));
        transfers.act(City.POLICE, transfer, "refuse", Stages.of(second, "咸公不立字〔2023〕1号", REFUSAL));
        assertEquals(
                List.of(
                        "transfer DECIDED 1 FILED",
                        "transfer DECIDED 2 NOT_FILED settled",
                        "transfer DECIDED WITH_SENDER"),
                lines(feedback(City.MSA, transfer).get("standing"), first, second));
        transfers.act(City.POLICE, transfer, "feedback", WORDS);
        assertEquals("MET RUNNING", clocks(transfer), "one case goes on");
        assertFalse(complete(transfer));

        CriminalCase it = CriminalCase.about(transfer.matter(), first, second);
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(first));
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        it.act(City.PROC, arrest, "accept", "{}");
        it.act(City.PROC, arrest, "approve", Stages.of(first, "咸检批捕〔2023〕1号", ""));
        assertFalse(standing(City.MSA, transfer, first, second).contains("arrest"), "not before it is executed");
        it.act(City.POLICE, arrest, "execute", "{}");
        assertTrue(standing(City.MSA, transfer, first, second).contains("arrest EXECUTED 1 APPROVED"));

        it.sent();
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(first, second));
        it.indict(prosecution);
        faulty(
                "INVALID_CONTENT",
                "/content/participants/0/id UNKNOWN",
                city.call(City.COURT, "POST", "/v1/judgments")
                        .idempotencyKey()
                        .body(City.utf8(Stages.draft(it.filing().id(), Stages.judgment(second))))
                        .send());
        Piece judgment = it.create(City.COURT, "judgment", Stages.judgment(first));
        it.act(City.COURT, judgment, "hear", "{}");
        assertFalse(standing(City.MSA, transfer, first, second).contains("judgment"));
        it.act(
                City.COURT,
                judgment,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        transfers.act(City.POLICE, transfer, "feedback", WORDS);
        assertFalse(complete(transfer), "not in effect");
        it.act(City.COURT, judgment, "effect", "{}");
        assertTrue(standing(City.MSA, transfer, first, second).contains("judgment EFFECTIVE 1 CONVICTED settled"));
        transfers.act(City.POLICE, transfer, "feedback", WORDS);
        assertTrue(complete(transfer));
        assertEquals("MET MET MET", clocks(transfer), "nothing is left to be told");

        JsonNode given = feedback(City.MSA, transfer).get("items");
        assertEquals(3, given.size());
        assertTrue(given.at("/0/complete").asBoolean());
        assertEquals("POLICE-421200", given.at("/0/byUnit").asText());
        assertTrue(lines(given.at("/0/progress"), first, second).contains("judgment EFFECTIVE 1 CONVICTED settled"));
        assertFalse(given.at("/2/progress").toString().contains("arrest"), "as it stood then");
        JsonNode page = Casework.json(get(City.MSA, transfer, "?limit=2"));
        assertEquals(2, page.get("items").size());
        JsonNode rest = Casework.json(
                get(City.MSA, transfer, "?limit=2&after=" + page.get("next").asText()));
        assertEquals(given.get(2), rest.at("/items/0"));
        assertFalse(rest.has("next"));
    }

    /** What the sender was told opens nothing to another who sees the transfer; who does not see it learns of nothing. */
    @Test
    void nobodyReadsInItWhatHeDoesNotSee() {
        Piece transfer = transfers.received(City.MSA);
        String first = suspect(transfer, 0);
        String second = suspect(transfer, 1);
        transfers.act(City.POLICE, transfer, "file", Stages.document("咸公立字〔2023〕1号"));
        CriminalCase it = CriminalCase.about(transfer.matter(), first, second);
        it.sent();
        it.indictedFirst();
        assertTrue(standing(City.PROC, transfer, first, second).contains("prosecution"));
        transfers.act(City.POLICE, transfer, "feedback", WORDS);
        for (String unit : List.of(City.MSA, City.PROC, City.POLICE)) {
            String all = Casework.text(get(unit, transfer, ""));
            for (JsonNode line : feedback(unit, transfer).get("standing")) {
                SignedAnswer read = city.call(
                                unit,
                                "GET",
                                Casework.collection(line.get("kind").asText()) + "/"
                                        + line.get("recordId").asText())
                        .send();
                assertEquals(200, read.status(), unit + " reads what it is told of: " + line);
            }
            assertFalse(all.contains("侦查中"), "the officer's words stand in the record");
        }
        for (String unit : List.of(City.COPYRIGHT, City.PROC_DISTRICT, City.POLICE_DISTRICT)) {
            assertEquals(404, get(unit, transfer, "").status(), unit);
        }
        Piece none = new Piece("transfer", UUID.randomUUID().toString(), "", "");
        refused(404, "NOT_FOUND", get(City.MSA, none, ""));
        refused(422, "INVALID_CURSOR", get(City.MSA, transfer, "?after=abc"));
    }

    /** What is between the same people beside the criminal case ends nothing. */
    @Test
    void anotherCaseOfTheSamePeopleEndsNothing() {
        Piece transfer = transfers.received(City.MSA);
        String first = suspect(transfer, 0);
        transfers.act(City.POLICE, transfer, "file", Stages.document("咸公立字〔2023〕1号"));
        assertEquals(
                201,
                city.call(City.MSA, "POST", "/v1/matters/" + transfer.matter() + "/invitations")
                        .idempotencyKey()
                        .body(City.utf8("{\"unit\": \"" + City.IPO + "\"}"))
                        .send()
                        .status());
        String content = Stages.penalty("").replace("{\"ref\": \"P1\"", "{\"id\": \"" + first + "\"");
        Piece penalty = work.create(
                City.IPO,
                "penalty",
                Stages.draft(null, content).replaceFirst("\\{", "{\"matterId\": \"" + transfer.matter() + "\","));
        for (String act : List.of("notify", "decide", "serve")) {
            transfers.act(City.IPO, penalty, act, Stages.document("咸知罚〔2023〕1号"));
        }
        transfers.act(City.POLICE, transfer, "feedback", WORDS);
        assertFalse(complete(transfer));
        assertFalse(feedback(City.MSA, transfer).get("standing").toString().contains("penalty"));
    }

    /** 不起诉 ends it for whom nobody prosecutes; the other's case goes on. */
    @Test
    void whoIsNotProsecutedIsToldOf() {
        Piece transfer = transfers.received(City.MSA);
        String first = suspect(transfer, 0);
        String second = suspect(transfer, 1);
        transfers.act(City.POLICE, transfer, "file", Stages.document("咸公立字〔2023〕1号"));
        CriminalCase it = CriminalCase.about(transfer.matter(), first, second);
        it.sent();
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(first, second));
        it.act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(first, "咸检不诉〔2023〕1号", "\"reasonCode\": \"DISCRETIONARY\"," + Stages.note("情节轻微")));
        it.act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(second, "咸检不诉〔2023〕2号", "\"reasonCode\": \"DISCRETIONARY\"," + Stages.note("情节轻微")));
        transfers.act(City.POLICE, transfer, "feedback", WORDS);
        assertTrue(complete(transfer), standing(City.MSA, transfer, first, second));
    }

    /** Of what is never filed the written notice is the feedback. */
    @Test
    void aRefusalOfAllEndsIt() {
        Piece transfer = transfers.received(City.MSA);
        transfers.act(City.POLICE, transfer, "refuse", "{" + REFUSAL + ", \"documentNumber\": \"咸公不立字〔2023〕1号\"}");
        assertEquals("ENDED", clocks(transfer));
        transfers.act(City.MSA, transfer, "reconsider", "{\"documentNumber\": \"咸市监复〔2023〕1号\"}");
        transfers.act(City.POLICE, transfer, "reverse", Stages.document("咸公复字〔2023〕1号"));
        assertEquals("ENDED RUNNING", clocks(transfer), "filed after all");
    }

    /** The clue goes the way of its transfer, and nobody needs to key it in twice. */
    @Test
    void theClueMovesWithItsTransfer() {
        Piece clue = accepted();
        Piece transfer = transfers.dispatched(City.MSA, transfers.reported(City.MSA, clue));
        assertEquals("TRANSFERRED", state(clue));
        transfers.act(City.MSA, transfer, "recall", "{\"documentNumber\": \"咸市监撤〔2023〕1号\"," + Stages.note("误移") + "}");
        assertEquals("ACCEPTED", state(clue));
        assertEquals("transfer", act(clue, 1));
        assertEquals("recall", act(clue, 0));

        JsonNode sent = transfers.read(City.MSA, transfer).get("content");
        faulty(
                "INVALID_CONTENT",
                "/content/clue READ_ONLY",
                city.call(City.MSA, "PUT", transfer.path())
                        .ifMatch("*")
                        .body(City.utf8(Transfers.draftOf(sent, "\"papers\": " + sent.get("papers") + ",")))
                        .send());

        Piece again = transfers.dispatched(City.MSA, transfers.reported(City.MSA, clue));
        transfers.act(City.POLICE, again, "receive", "{\"documentNumber\": \"咸公回字〔2023〕1号\"}");
        String first = suspect(again, 0);
        transfers.act(City.POLICE, again, "file", Stages.of(first, "咸公立字〔2023〕1号", ""));
        assertEquals("TRANSFERRED", state(clue), "nothing was decided of the other");
        transfers.act(City.POLICE, again, "file", Stages.document("咸公立字〔2023〕2号"));
        assertEquals("DISPOSED", state(clue));
        transfers.act(City.POLICE, again, "feedback", WORDS);
        assertEquals("DISPOSED", state(clue), "the case goes on");
        transfers.act(City.POLICE, again, "drop", "{\"documentNumber\": \"咸公撤字〔2023〕1号\"," + Stages.note("撤案") + "}");
        assertEquals("FEEDBACK_GIVEN", state(clue));
        transfers.act(City.MSA, again, "close", "{}");
        assertEquals("CLOSED", state(clue));
    }

    /** Who handed the clue over by itself lets it go its own way. */
    @Test
    void aClueThatWasHandedOverByItselfIsLeftAlone() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE_DISTRICT);
        Piece transfer = transfers.dispatched(City.MSA, transfers.reported(City.MSA, clue));
        transfers.act(City.MSA, transfer, "recall", "{\"documentNumber\": \"咸市监撤〔2023〕1号\"," + Stages.note("误移") + "}");
        assertEquals("TRANSFERRED", state(clue));
    }

    /** A refusal may be reversed: it is not the last word. */
    @Test
    void theClueOfAReversedRefusalIsOpen() {
        Piece clue = accepted();
        Piece transfer = transfers.dispatched(City.MSA, transfers.reported(City.MSA, clue));
        transfers.act(City.POLICE, transfer, "receive", Stages.document("咸公回字〔2023〕1号"));
        transfers.act(City.POLICE, transfer, "refuse", "{" + REFUSAL + ", \"documentNumber\": \"咸公不立字〔2023〕1号\"}");
        assertEquals("DISPOSED", state(clue));
        transfers.act(City.MSA, transfer, "reconsider", Stages.document("咸市监复〔2023〕1号"));
        transfers.act(City.POLICE, transfer, "reverse", Stages.document("咸公复字〔2023〕1号"));
        assertEquals("DISPOSED", state(clue));
    }

    private Piece accepted() {
        Piece clue = work.clue(City.MSA);
        transfers.act(City.MSA, clue, "triage", "{}");
        transfers.act(City.MSA, clue, "accept", "{}");
        return clue;
    }

    private String clocks(Piece transfer) {
        JsonNode page = Casework.json(
                city.call(City.POLICE, "GET", transfer.path() + "/deadlines").send());
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .filter(each -> each.get("rule").asText().equals("FEEDBACK"))
                .map(each -> each.get("state").asText())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private boolean complete(Piece transfer) {
        return transfers
                .read(City.MSA, transfer)
                .at("/content/feedback/complete")
                .asBoolean();
    }

    private String suspect(Piece transfer, int place) {
        return transfers
                .read(City.MSA, transfer)
                .at("/content/suspects/" + place + "/participant")
                .asText();
    }

    private String state(Piece clue) {
        return transfers.read(City.MSA, clue).get("state").asText();
    }

    private String act(Piece clue, int place) {
        JsonNode history = Casework.json(
                city.call(City.MSA, "GET", clue.path() + "/history").send());
        JsonNode versions = history.get("versions");
        return versions.get(versions.size() - 1 - place).get("act").asText();
    }

    private SignedAnswer get(String unit, Piece transfer, String query) {
        return city.call(unit, "GET", transfer.path() + "/feedback" + query).send();
    }

    private JsonNode feedback(String unit, Piece transfer) {
        return Casework.json(get(unit, transfer, ""));
    }

    private String standing(String unit, Piece transfer, String first, String second) {
        return String.join("\n", lines(feedback(unit, transfer).get("standing"), first, second));
    }

    /** Kind, state, suspect, outcome, goods, and whether it has ended, of each line. */
    private static List<String> lines(JsonNode lines, String first, String second) {
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> (line.get("kind").asText()
                                + ' '
                                + line.path("state").asText()
                                + ' '
                                + line.path("participant")
                                        .asText()
                                        .replace(first, "1 ")
                                        .replace(second, "2 ")
                                + line.path("outcome").asText()
                                + line.path("goods").asText()
                                + (line.get("settled").asBoolean() ? " settled" : ""))
                        .strip())
                .sorted()
                .toList();
    }
}
