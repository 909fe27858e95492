package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;

/** From the clue to the enforcement, with two suspects whose ways part. */
@QuarkusTest
@WithTestResource(CityResource.class)
class WholeCaseTest {
    @Test
    void goesFromTheClueToTheEnforcementForEachSuspectHisOwnWay() {
        CriminalCase it = CriminalCase.transferred();
        assertEquals(Set.of("FILED 1", "FILED 2"), it.milestones());

        it.detained(it.first(), it.second());
        assertEquals(
                Set.of("FILED 1", "FILED 2", "CUSTODY 1", "CUSTODY 2", "COERCION_NOTIFIED 1", "COERCION_NOTIFIED 2"),
                it.milestones());

        Piece arrest = it.arrested();
        assertEquals("EXECUTED", it.state(arrest, City.POLICE));
        assertEquals(
                Set.of(
                        "FILED 1",
                        "FILED 2",
                        "CUSTODY 1",
                        "CUSTODY 2",
                        "COERCION_NOTIFIED 1",
                        "COERCION_NOTIFIED 2",
                        "ARREST_REQUESTED 1",
                        "ARREST_REQUESTED 2",
                        "ARRESTED 1"),
                it.milestones());
        it.act(City.POLICE, arrest, "reconsider", Stages.document("咸公要复〔2023〕1号"));
        it.act(City.PROC, arrest, "uphold", Stages.document("咸检复决〔2023〕1号"));
        it.act(City.POLICE, arrest, "review", Stages.to("咸公提复〔2023〕1号", City.PROC));
        it.act(City.PROC, arrest, "uphold", Stages.document("咸检复核〔2023〕1号"));
        assertEquals("FINAL", it.state(arrest, City.POLICE));
        assertEquals(
                "REVIEW_UPHELD",
                it.read(City.POLICE, arrest)
                        .at("/content/suspects/1/reconsideration")
                        .asText());

        it.sent();
        it.act(City.POLICE, it.filing(), "conclude", "{}");
        Piece prosecution = it.returnedOnce();
        it.indict(prosecution);
        assertEquals("RECEIVED", it.state(prosecution, City.PROC), "of the second nothing is decided");
        it.act(
                City.PROC,
                prosecution,
                "not-prosecute",
                Stages.of(it.second(), "咸检不诉〔2023〕1号", "\"reasonCode\": \"DISCRETIONARY\","));
        assertEquals("DECIDED", it.state(prosecution, City.PROC));

        Piece judgment = it.create(City.COURT, "judgment", Stages.judgment(it.first()));
        it.act(City.COURT, judgment, "hear", "{}");
        it.act(
                City.COURT,
                judgment,
                "pronounce",
                "{\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        it.act(City.COURT, judgment, "effect", "{}");
        assertEquals(
                "2023-06-30",
                it.read(City.COURT, judgment).at("/content/decidedOn").asText());
        Piece enforcement = it.create(City.COURT, "enforcement", Stages.enforcement(it.first()));
        it.act(City.COURT, enforcement, "proceed", "{}");
        it.act(City.COURT, enforcement, "complete", "{}");
        assertEquals("COMPLETED", it.state(enforcement, City.COURT));
        assertEquals(
                Set.of(
                        "FILED 1",
                        "FILED 2",
                        "CUSTODY 1",
                        "CUSTODY 2",
                        "COERCION_NOTIFIED 1",
                        "COERCION_NOTIFIED 2",
                        "ARREST_REQUESTED 1",
                        "ARREST_REQUESTED 2",
                        "ARRESTED 1",
                        "SENT_FOR_PROSECUTION 1",
                        "SENT_FOR_PROSECUTION 2",
                        "INDICTED 1",
                        "NOT_PROSECUTED 2",
                        "JUDGED 1",
                        "EFFECTIVE 1",
                        "ENFORCED 1"),
                it.milestones());

        it.act(City.POLICE, it.clue(), "dispose", "{}");
        it.act(City.POLICE, it.clue(), "feedback", "{" + Stages.note("一人判决生效，一人不起诉") + "}");
        it.act(City.MSA, it.clue(), "close", "{}");
        assertEquals("CLOSED", it.state(it.clue(), City.MSA));
    }

    @Test
    void oneWhoIsArrestedDoesNotWaitForTheOther() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrestRequested();
        it.act(City.PROC, arrest, "approve", Stages.of(it.first(), "咸检批捕〔2023〕1号", ""));
        it.act(City.PROC, arrest, "refuse", Stages.of(it.second(), "咸检不批〔2023〕1号", "\"reasonCode\": \"NO_CRIME\","));
        it.act(City.POLICE, arrest, "reconsider", Stages.document("咸公要复〔2023〕1号"));
        it.act(City.POLICE, arrest, "execute", "{}");
        assertEquals("RECONSIDERING", it.state(arrest, City.POLICE));
        it.act(City.PROC, arrest, "reverse", Stages.document("咸检复决〔2023〕1号"));
        it.act(City.POLICE, arrest, "execute", "{}");
        assertEquals("EXECUTED", it.state(arrest, City.POLICE));
        assertEquals(
                Set.of(
                        "FILED 1",
                        "FILED 2",
                        "ARREST_REQUESTED 1",
                        "ARREST_REQUESTED 2",
                        "ARRESTED 1",
                        "ARRESTED 2",
                        "CUSTODY 1",
                        "CUSTODY 2"),
                it.milestones());
    }

    @Test
    void theUpheldAreReviewedThoughAnotherWasExecutedMeanwhile() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrestRequested();
        it.act(City.PROC, arrest, "approve", Stages.of(it.first(), "咸检批捕〔2023〕1号", ""));
        it.act(City.PROC, arrest, "refuse", Stages.of(it.second(), "咸检不批〔2023〕1号", "\"reasonCode\": \"NO_CRIME\","));
        it.act(City.POLICE, arrest, "reconsider", Stages.document("咸公要复〔2023〕1号"));
        it.act(City.PROC, arrest, "uphold", Stages.document("咸检复决〔2023〕1号"));
        it.act(City.POLICE, arrest, "execute", "{}");
        it.act(City.POLICE, arrest, "review", Stages.to("咸公提复〔2023〕1号", City.PROC));
        it.act(City.PROC, arrest, "uphold", Stages.document("咸检复核〔2023〕1号"));
        it.act(City.PROC, arrest, "revoke", "{\"documentNumber\": \"咸检撤捕〔2023〕1号\"," + Stages.note("发现不当") + "}");
        assertEquals("REVOKED", it.state(arrest, City.POLICE));
        assertEquals(Set.of("FILED 1", "FILED 2", "ARREST_REQUESTED 1", "ARREST_REQUESTED 2"), it.milestones());
    }

    @Test
    void aReconsiderationWaitsForTheLastDecision() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrestRequested();
        it.act(City.PROC, arrest, "refuse", "{\"documentNumber\": \"咸检不批〔2023〕1号\", \"reasonCode\": \"NO_CRIME\"}");
        it.act(City.POLICE, arrest, "reconsider", Stages.document("咸公要复〔2023〕1号"));
        it.act(City.PROC, arrest, "uphold", Stages.of(it.first(), "咸检复决〔2023〕1号", ""));
        assertEquals("RECONSIDERING", it.state(arrest, City.POLICE), "the second is still undecided");
        it.act(City.PROC, arrest, "reverse", Stages.of(it.second(), "咸检复决〔2023〕2号", ""));
        it.act(City.POLICE, arrest, "review", Stages.to("咸公提复〔2023〕1号", City.PROC));
        assertEquals(
                "REVIEW_REQUESTED",
                it.read(City.POLICE, arrest)
                        .at("/content/suspects/0/reconsideration")
                        .asText());
    }
}
