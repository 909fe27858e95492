package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** The case goes up with the appeal (刑事诉讼法 art. 231): court and procuratorate above see it from then on, and not before. */
@QuarkusTest
@WithTestResource(CityResource.class)
class AppealTest {
    private final CriminalCase it = CriminalCase.of(City.POLICE_DISTRICT);
    private Piece prosecution = it.filing();
    private Piece judgment = it.filing();

    @BeforeEach
    void theFirstOfTwoIsJudgedAndAppeals() {
        prosecution = it.create(City.PROC_DISTRICT, "prosecution", Stages.prosecution(it.first(), it.second()));
        it.act(
                City.PROC_DISTRICT,
                prosecution,
                "indict",
                Stages.of(it.first(), "咸安检刑诉〔2023〕1号", "\"addressees\": [\"" + City.COURT_DISTRICT + "\"],"));
        judgment = it.create(City.COURT_DISTRICT, "judgment", Stages.judgment(it.first()));
        it.act(City.COURT_DISTRICT, judgment, "hear", "{}");
        it.act(
                City.COURT_DISTRICT,
                judgment,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        it.act(
                City.COURT_DISTRICT,
                judgment,
                "appeal",
                "{\"noStateSecret\": true, \"content\": {"
                        + Stages.judgment(it.first()).strip() + ", \"appealBy\": [\"DEFENDANT\"]}}");
    }

    @Test
    void opensTheCaseToTheUnitsOfSecondInstanceOnceItIsSentUp() {
        for (String unit : List.of(City.COURT, City.PROC)) {
            for (Piece piece : List.of(it.filing(), prosecution, judgment)) {
                assertEquals(404, it.status(unit, piece), unit + " before");
            }
        }
        sendUp();
        for (String unit : List.of(City.COURT, City.PROC)) {
            for (Piece piece : List.of(it.filing(), prosecution, judgment)) {
                assertEquals("FULL", it.read(unit, piece).at("/meta/view").asText(), unit + " " + piece.kind());
            }
        }
        for (String unit : List.of(City.MSA, City.POLICE, City.IPO)) {
            assertEquals(404, it.status(unit, it.filing()), unit);
        }
    }

    /** The second suspect is not judged: nothing of him goes up. */
    @Test
    void opensNothingOfWhoIsNotJudged() {
        sendUp();
        for (String unit : List.of(City.COURT, City.PROC)) {
            assertTrue(!it.read(unit, it.filing()).toString().contains(CriminalCase.SECOND_NAME), unit);
            assertTrue(!it.read(unit, prosecution).toString().contains(it.second()), unit);
        }
    }

    @Test
    void letsTheHigherCourtHangItsJudgmentOnTheFiling() {
        sendUp();
        Piece second = it.create(City.COURT, "judgment", Stages.judgment(it.first()));
        it.act(City.COURT, second, "hear", "{}");
        it.act(
                City.COURT,
                second,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-09-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        it.act(City.COURT, second, "effect", "{}");
        assertTrue(it.milestones().contains("EFFECTIVE 1"), it.milestones().toString());
        assertEquals("FULL", it.read(City.PROC, second).at("/meta/view").asText());
    }

    /** 发回重审: the case lies with the court below again, and comes up anew by a new appeal alone. */
    @Test
    void closesWithTheRemandAndOpensNotBeforeTheNewJudgmentIsSentUp() {
        sendUp();
        Piece second = it.create(City.COURT, "judgment", secondInstance());
        it.act(City.COURT, second, "hear", "{}");
        it.act(City.COURT, second, "remand", "{" + Stages.note("事实不清") + "}");
        requireUnseenAbove("remanded");

        Piece anew = pronounced(retried());
        requireUnseenAbove("judged anew");
        it.act(
                City.COURT_DISTRICT,
                anew,
                "appeal",
                "{\"noStateSecret\": true, \"content\": {" + retried() + ", \"appealBy\": [\"DEFENDANT\"]}}");
        requireUnseenAbove("appealed anew");
        sendUp(anew);
        for (String unit : List.of(City.COURT, City.PROC)) {
            for (Piece piece : List.of(it.filing(), prosecution)) {
                assertEquals("FULL", it.read(unit, piece).at("/meta/view").asText(), unit + " " + piece.kind());
            }
        }
    }

    /** Each is judged by a judgment of his own; one of them appeals. */
    @Test
    void opensNothingOfWhoseJudgmentIsNotSentUp() {
        it.act(
                City.PROC_DISTRICT,
                prosecution,
                "indict",
                Stages.of(it.second(), "咸安检刑诉〔2023〕2号", "\"addressees\": [\"" + City.COURT_DISTRICT + "\"],"));
        pronounced(Stages.judgment(it.second()).replace("刑初1号", "刑初2号"));
        sendUp();
        assertTrue(it.milestones().contains("JUDGED 2"), it.milestones().toString());
        for (String unit : List.of(City.COURT, City.PROC)) {
            assertEquals("FULL", it.read(unit, it.filing()).at("/meta/view").asText(), unit);
            assertTrue(!it.read(unit, it.filing()).toString().contains(CriminalCase.SECOND_NAME), unit);
            assertTrue(!it.read(unit, prosecution).toString().contains(it.second()), unit);
        }
    }

    /** Only the court above annuls what the one below has judged. */
    @Test
    void isEndedByNoRemandOfTheCourtBelow() {
        sendUp();
        Piece another = it.create(City.COURT_DISTRICT, "judgment", Stages.judgment(it.first()));
        it.act(City.COURT_DISTRICT, another, "hear", "{}");
        SignedAnswer answer = it.work()
                .city()
                .call(City.COURT_DISTRICT, "POST", another.path() + "/acts/remand")
                .ifMatch("*")
                .idempotencyKey()
                .body(City.utf8("{" + Stages.note("事实不清") + "}"))
                .send();
        new Reply(answer.status(), answer.headers(), answer.body()).requireProblem(422, "INVALID_CONTENT");
        assertTrue(it.milestones().contains("JUDGED 1"), it.milestones().toString());
    }

    private void requireUnseenAbove(String when) {
        for (String unit : List.of(City.COURT, City.PROC)) {
            for (Piece piece : List.of(it.filing(), prosecution)) {
                assertEquals(404, it.status(unit, piece), unit + " " + piece.kind() + " " + when);
            }
        }
    }

    private Piece pronounced(String content) {
        Piece piece = it.create(City.COURT_DISTRICT, "judgment", content);
        it.act(City.COURT_DISTRICT, piece, "hear", "{}");
        it.act(
                City.COURT_DISTRICT,
                piece,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-10-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        return piece;
    }

    private String retried() {
        return Stages.judgment(it.first()).replace("刑初1号", "刑初2号").strip();
    }

    private String secondInstance() {
        return Stages.judgment(it.first())
                        .replace("\"FIRST\"", "\"SECOND\"")
                        .replace("刑初1号", "刑终1号")
                        .strip()
                + ", \"against\": \"（2023）鄂12刑初1号\"";
    }

    /** What the procuratorate above opens tells the one below nothing before it is served. */
    @Test
    void aSupervisionOfTheProcuratorateAboveShowsNothingToTheOneBelow() {
        Piece search = it.create(City.POLICE_DISTRICT, "investigation", Stages.measure("SEARCH", it.first()));
        sendUp();
        assertEquals(
                "SUMMARY", it.read(City.PROC_DISTRICT, search).at("/meta/view").asText());
        it.create(City.PROC, "supervision", Stages.supervision("INVESTIGATION", "," + Stages.participants(it.first())));
        assertEquals(
                "SUMMARY", it.read(City.PROC_DISTRICT, search).at("/meta/view").asText());
    }

    /** Once in effect, the ruling returns: the court of first instance enforces it, and the police read how it ended. */
    @Test
    void returnsTheRulingToWhoHandledTheCaseOnceItIsInEffect() {
        sendUp();
        Piece ruling = it.create(City.COURT, "judgment", Stages.judgment(it.first()));
        it.act(City.COURT, ruling, "hear", "{}");
        it.act(
                City.COURT,
                ruling,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-09-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        List<String> below = List.of(City.COURT_DISTRICT, City.PROC_DISTRICT, City.POLICE_DISTRICT);
        assertEquals(
                List.of(404, 404, 404),
                below.stream().map(unit -> it.status(unit, ruling)).toList());
        it.act(City.COURT, ruling, "effect", "{}");
        assertEquals(
                List.of("FULL", "FULL", "SUMMARY"),
                below.stream()
                        .map(unit -> it.read(unit, ruling).at("/meta/view").asText())
                        .toList());
        assertEquals(404, it.status(City.MSA_DISTRICT, ruling));
    }

    private void sendUp() {
        sendUp(judgment);
    }

    private void sendUp(Piece appealed) {
        it.act(
                City.COURT_DISTRICT,
                appealed,
                "forward",
                "{\"addressees\": [\"" + City.COURT + "\", \"" + City.PROC + "\"]}");
    }
}
