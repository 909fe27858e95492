package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;

/** What a record of several says of nobody by name, and of those whose milestone has not come (domain, section 6; I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class OthersBesideTest {
    private static final String FACTS = "有证据证明有犯罪事实";

    /** The reasons for an arrest are those of both: the indictment of one opens them to no court. */
    @Test
    void commonFactsStayClosedUntilEverybodyHasReachedTheMilestone() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.arrested();
        Piece prosecution = it.indictedFirst();
        assertEquals("FULL", it.read(City.COURT, arrest).at("/meta/view").asText());
        assertTrue(it.read(City.COURT, arrest).at("/meta/masked").toString().contains("/content/facts"));
        assertFalse(it.everything(City.COURT).contains(FACTS));
        it.act(
                City.PROC,
                prosecution,
                "indict",
                Stages.of(it.second(), "咸检刑诉〔2023〕2号", "\"addressees\": [\"" + City.COURT + "\"],"));
        assertEquals(FACTS, it.read(City.COURT, arrest).at("/content/facts").asText());
    }

    /** A split 另案处理: who may know of the one that was left learns nothing from older versions of whom they concerned, too. */
    @Test
    void anOlderVersionTellsNothingOfWhomTheRecordWasSplitFrom() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first(), it.second()));
        String alone = Stages.arrest(it.first()).replace(FACTS, "仅涉第一人之事实");
        it.work().amend(City.POLICE, arrest, Stages.draft(it.filing().id(), alone));
        it.indict(it.create(City.PROC, "prosecution", Stages.prosecution(it.first())));
        SignedAnswer history = it.get(City.COURT, arrest.path() + "/history");
        assertEquals(200, history.status());
        JsonNode versions = Casework.json(history).get("versions");
        assertEquals(2, versions.size());
        assertFalse(Casework.text(history).contains(it.second()), Casework.text(history));
        assertFalse(Casework.text(history).contains(FACTS), Casework.text(history));
        assertTrue(versions.at("/0/state").isMissingNode());
        assertEquals("仅涉第一人之事实", versions.at("/1/content/facts").asText());
        assertEquals("PREPARED", versions.at("/1/state").asText());
        assertTrue(Casework.text(it.get(City.PROC, it.filing().path() + "/history"))
                .contains(it.second()));
    }

    /** A step taken upon one suspect takes from the supervisor nothing of what statute shows of all. */
    @Test
    void theProcuratorateKeepsTheSummaryOfOneWhenTheArrestOfAnotherIsAskedFor() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece detention = it.detained(it.first(), it.second());
        JsonNode before = it.read(City.PROC, detention);
        assertEquals("SUMMARY", before.at("/meta/view").asText());
        assertEquals("NOTIFIED", before.get("state").asText());

        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first()));
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        JsonNode after = it.read(City.PROC, detention);
        assertEquals("FULL", after.at("/meta/view").asText());
        assertEquals("NOTIFIED", after.get("state").asText());
        assertEquals(before.get("documentNumber"), after.get("documentNumber"));
        assertEquals(1, after.at("/content/participants").size());
        assertEquals(it.first(), after.at("/content/participants/0/id").asText());
        assertTrue(after.path("version").isMissingNode(), "versions count acts upon the other, too");
        assertEquals(403, it.get(City.PROC, detention.path() + "/history").status());
        assertTrue(Casework.text(it.get(City.PROC, detention.matterPath())).contains(it.second()));
        JsonNode filtered = Casework.json(
                it.get(City.PROC, "/v1/investigations?count=true&state=NOTIFIED&matterId=" + detention.matter()));
        assertEquals(1, filtered.get("count").asInt());
    }

    /** Opened, not served: the procuratorate reads on at once, and nobody learns that it does. */
    @Test
    void aSupervisionOfTheInvestigationOpensItToTheProcuratorateAndShowsToNobody() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece search = it.create(City.POLICE, "investigation", Stages.measure("SEARCH", it.first(), it.second()));
        String police = it.everything(City.POLICE);
        assertEquals("SUMMARY", it.read(City.PROC, search).at("/meta/view").asText());
        it.work()
                .create(
                        City.PROC,
                        "supervision",
                        Stages.draft(
                                it.filing().id(), Stages.supervision("FILING", "," + Stages.participants(it.first()))));
        JsonNode seen = it.read(City.PROC, search);
        assertEquals("FULL", seen.at("/meta/view").asText());
        assertEquals(1, seen.at("/content/participants").size(), "upon whom it is opened, and nobody else");
        assertEquals(police, it.everything(City.POLICE));
    }
}
