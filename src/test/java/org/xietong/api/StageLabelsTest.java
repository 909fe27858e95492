package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;

/** Labels on the stages of a case: raised at once, lowered by two keys, on single parts, until a milestone. */
@QuarkusTest
@WithTestResource(CityResource.class)
class StageLabelsTest {
    private static final String OCCURRED =
            "{\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}}";
    private static final String CONTENT = Stages.judgment("P1", "P2")
            .replace("\"id\": \"P1\"", "\"ref\": \"P1\"")
            .replace("\"id\": \"P2\"", "\"ref\": \"P2\"");

    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoKeys keys = new TwoKeys(city, City.COURT);

    @Test
    void aRaisedLabelHidesAJudgmentAtOnceAndTwoKeysBringItBack() {
        Piece judgment = pronounced(work.create(City.COURT, "judgment", Stages.draft(null, CONTENT)));
        Set<String> summary = new HashSet<>(TwoKeys.EVERYWHERE);
        summary.remove("history");
        Feed feed = Feed.of(City.MSA).now();
        assertEquals(summary, keys.ways(City.MSA, judgment));

        judgment = work.amend(City.COURT, judgment, labelled(judgment, Scenes.label("WORK_SECRET", "")));
        assertEquals(TwoKeys.NOWHERE, keys.ways(City.MSA, judgment));
        assertEquals(TwoKeys.NOWHERE, keys.ways(City.AUD, judgment));
        assertEquals(List.of("GONE"), feed.about(judgment.id()));
        assertTrue(keys.ways(City.PROC, judgment).contains("id"), "the supervisor's sight is statutory");

        judgment = work.review(City.COURT, judgment);
        assertEquals("METADATA", view(City.MSA, judgment), "a work secret: nearness shows no more");
        assertEquals(List.of("APPEARED"), feed.about(judgment.id()));
        JsonNode proposal = TwoKeys.done(
                201,
                city.signed(City.COURT, 1, "POST", judgment.path() + "/label-lowerings")
                        .idempotencyKey()
                        .ifMatch(judgment.etag())
                        .body(City.utf8(
                                "{\"label\": {\"level\": \"INTERNAL\"}, \"reason\": \"已宣判\", \"noStateSecret\": true}"))
                        .send());
        assertEquals("METADATA", view(City.MSA, judgment));
        TwoKeys.done(
                200,
                city.signed(
                                City.COURT,
                                2,
                                "POST",
                                judgment.path() + "/label-lowerings/"
                                        + proposal.get("id").asText() + "/confirm")
                        .idempotencyKey()
                        .ifMatch(judgment.etag())
                        .body(TwoKeys.digest(proposal))
                        .send());
        assertEquals("SUMMARY", view(City.MSA, judgment));
        assertEquals(summary, keys.ways(City.MSA, judgment));
    }

    /** A label on what is said of each suspect closes it to whomever it does not open, on every way on which its numbers lead. */
    @Test
    void aFieldLabelClosesAPartOfEachParticipant() {
        CriminalCase it = CriminalCase.ofThePolice();
        it.sent();
        String label = Scenes.label("INTERNAL", "")
                .replace(
                        "\"scope\"",
                        "\"fields\": [{\"field\": \"suspects\", \"caveats\": [\"INFORMANT\"]}], \"scope\"");
        String number = "咸检刑诉〔2023〕" + Math.abs(it.first().hashCode() % 1_000_000) + "号";
        Piece prosecution = work.create(
                City.PROC,
                "prosecution",
                Stages.draft(it.filing().id(), Stages.prosecution(it.first())).replaceFirst("\\{", "{" + label));
        it.act(
                City.PROC,
                prosecution,
                "indict",
                Stages.of(it.first(), number, "\"addressees\": [\"" + City.COURT + "\"]," + Stages.note("秘点") + ","));
        for (String unit : List.of(City.COURT, City.POLICE, City.MSA)) {
            JsonNode seen = it.read(unit, prosecution);
            assertTrue(seen.at("/content/suspects").isMissingNode(), unit + seen);
            assertTrue(seen.at("/meta/masked").toString().contains("\"/content/suspects\""), unit);
        }
        assertEquals("FULL", view(City.POLICE, prosecution));
        String history = Casework.text(it.get(City.POLICE, prosecution.path() + "/history"));
        assertTrue(history.contains("\"indict\""), history);
        assertFalse(history.contains("秘点") || history.contains(number), history);
        assertEquals(
                number,
                it.read(City.PROC, prosecution).at("/content/suspects/0/number").asText());
        assertTrue(Casework.text(it.get(City.PROC, prosecution.path() + "/history"))
                .contains("秘点"));
    }

    /** Until the judgment is effective for everybody; a retrial of one closes it again. */
    @Test
    void aLabelEndsWhenTheJudgmentIsEffectiveForAll() {
        String label = Scenes.label("WORK_SECRET_LIMITED", "\"units\": [\"IPO-421200\"]")
                .replace("\"scope\"", "\"declassify\": {\"milestone\": \"EFFECTIVE\"}, \"scope\"");
        Piece judgment = pronounced(work.review(
                City.COURT,
                work.createSigned(
                        City.COURT, "judgment", Stages.draft(null, CONTENT).replaceFirst("\\{", "{" + label))));
        JsonNode own =
                Casework.json(city.call(City.COURT, "GET", judgment.path()).send());
        String first = own.at("/content/results/0/participant").asText();
        String second = own.at("/content/results/1/participant").asText();
        Feed feed = Feed.of(City.MSA).now();
        assertEquals(TwoKeys.NOWHERE, keys.ways(City.MSA, judgment));
        judgment = work.act(City.COURT, judgment, "effect", "{\"participants\": [\"" + first + "\"]}");
        assertEquals(TwoKeys.NOWHERE, keys.ways(City.MSA, judgment));
        assertEquals(List.of(), feed.about(judgment.id()));
        judgment = work.act(City.COURT, judgment, "effect", "{\"participants\": [\"" + second + "\"]}");
        assertEquals("SUMMARY", view(City.MSA, judgment));
        assertEquals(List.of("APPEARED"), feed.about(judgment.id()));
        judgment = work.act(
                City.COURT,
                judgment,
                "retry",
                "{\"documentNumber\": \"（2023）鄂12刑再1号\", \"participants\": [\"" + first + "\"]}");
        assertEquals(TwoKeys.NOWHERE, keys.ways(City.MSA, judgment));
        assertEquals(List.of("GONE"), feed.about(judgment.id()));
    }

    /** The same of a clue: what an act said may be what the label closes. */
    @Test
    void aFieldLabelClosesTheWordsOfActs() {
        String label = Scenes.label("INTERNAL", "")
                .replace(
                        "\"scope\"",
                        "\"fields\": [{\"field\": \"facts\", \"caveats\": [\"CLOSED_TRIAL\"]}], \"scope\"");
        Piece clue =
                work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"]," + label));
        work.act(City.MSA, clue, "triage", "{" + Stages.note("仓库在某处") + "}");
        String history = Casework.text(
                city.call(City.POLICE, "GET", clue.path() + "/history").send());
        assertTrue(history.contains("\"triage\""), history);
        assertFalse(history.contains("仓库在某处"), history);
        assertTrue(Casework.text(
                        city.call(City.PROC, "GET", clue.path() + "/history").send())
                .contains("仓库在某处"));
    }

    private Piece pronounced(Piece judgment) {
        return work.act(City.COURT, work.act(City.COURT, judgment, "hear", "{}"), "pronounce", OCCURRED);
    }

    /** The judgment as it stands, under another label. */
    private String labelled(Piece judgment, String label) {
        JsonNode own =
                Casework.json(city.call(City.COURT, "GET", judgment.path()).send());
        String content = Stages.judgment(
                own.at("/content/results/0/participant").asText(),
                own.at("/content/results/1/participant").asText());
        return Stages.draft(null, content).replaceFirst("\\{", "{" + label);
    }

    private String view(String unit, Piece piece) {
        return Casework.json(city.call(unit, "GET", piece.path()).send())
                .at("/meta/view")
                .asText();
    }
}
