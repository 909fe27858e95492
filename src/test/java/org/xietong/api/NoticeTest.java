package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Reply;
import org.xietong.testing.Stages;

/** No administrative agency sees a criminal filing before a coercive measure is notified (domain, section 6; 刑事诉讼法 art. 85). */
@QuarkusTest
@WithTestResource(CityResource.class)
class NoticeTest {
    private static final List<String> ADMINISTRATION = List.of(City.MSA, City.IPO, City.COPYRIGHT);

    @ParameterizedTest
    @ValueSource(strings = {"DETENTION", "BAIL", "RESIDENTIAL_SURVEILLANCE"})
    void aMeasureOpensTheFilingWhenItIsNotifiedAndNotWhenItIsExecuted(String measure) {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece coercion = it.create(City.POLICE, "investigation", Stages.measure(measure, it.first()));
        Piece search = it.create(City.POLICE, "investigation", Stages.measure("SEARCH", it.first()));
        List<String> before = seen(it);
        for (Piece piece : List.of(coercion, search)) {
            it.act(City.POLICE, piece, "approve", Stages.document("咸公侦字〔2023〕1号"));
            it.act(City.POLICE, piece, "execute", "{}");
        }
        it.act(City.POLICE, search, "notify", "{}");
        it.act(City.POLICE, coercion, "extend", Stages.document("咸公侦字〔2023〕2号"));
        assertEquals(before, seen(it), "executed, and extended, the notice withheld");
        it.act(City.POLICE, coercion, "notify", "{}");
        for (String unit : ADMINISTRATION) {
            for (Piece piece : List.of(it.filing(), coercion, search)) {
                assertEquals("METADATA", it.read(unit, piece).at("/meta/view").asText(), unit);
            }
        }
    }

    @Test
    void anArrestOpensTheFilingWhenTheFamilyIsTold() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first(), it.second()));
        List<String> before = seen(it);
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        it.act(City.PROC, arrest, "accept", "{}");
        it.act(City.PROC, arrest, "approve", Stages.of(it.first(), "咸检批捕〔2023〕1号", ""));
        it.act(City.POLICE, arrest, "execute", "{}");
        assertEquals(
                "UNDER_REVIEW", it.state(arrest, City.POLICE), "the first is arrested before the second is decided");
        it.act(City.PROC, arrest, "approve", Stages.of(it.second(), "咸检批捕〔2023〕2号", ""));
        it.act(City.POLICE, arrest, "execute", "{}");
        assertEquals(before, seen(it));
        it.act(City.POLICE, arrest, "notify", "{\"participants\": [\"" + it.first() + "\"]}");
        for (String unit : ADMINISTRATION) {
            String all = it.everything(unit);
            assertEquals("METADATA", it.read(unit, it.filing()).at("/meta/view").asText());
            assertEquals("METADATA", it.read(unit, arrest).at("/meta/view").asText());
            assertFalse(all.contains(it.second()), all);
        }
    }

    @Test
    void theNoticeOfABackfilledArrestOpensToo() {
        CriminalCase it = CriminalCase.ofThePast();
        String content = Stages.arrest(it.first())
                .replace(
                        "\"custodySince\"",
                        "\"decision\": \"APPROVED\", \"executedOn\": \"2023-01-28\", %s \"custodySince\"");
        Piece untold = backfilled(it, content.formatted(""));
        assertEquals(404, it.status(City.IPO, untold));
        assertEquals(404, it.status(City.IPO, it.filing()));
        Piece told = backfilled(it, content.formatted("\"notifiedOn\": \"2023-01-29\","));
        assertEquals("METADATA", it.read(City.IPO, told).at("/meta/view").asText());
        assertEquals("METADATA", it.read(City.IPO, it.filing()).at("/meta/view").asText());
    }

    /** A suspect who stands in a measure alone, and not in the filing, is of the filing all the same. */
    @Test
    void aCaseThatIsWithdrawnClosesWhatWasOpenedByASuspectOfAMeasureAlone() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece detention = it.create(
                City.POLICE,
                "investigation",
                "\"measure\": \"DETENTION\", \"startsOn\": \"2023-01-13\", \"participants\": [{\"ref\": \"P3\","
                        + " \"type\": \"NATURAL_PERSON\", \"roles\": [\"SUSPECT\"], \"name\": \"王某某\"}]");
        it.act(City.POLICE, detention, "approve", Stages.document("咸公拘字〔2023〕1号"));
        it.act(City.POLICE, detention, "execute", "{}");
        it.act(City.POLICE, detention, "notify", "{}");
        assertEquals("METADATA", it.read(City.IPO, detention).at("/meta/view").asText());
        it.act(
                City.POLICE,
                it.filing(),
                "withdraw",
                "{\"documentNumber\": \"咸公撤案字〔2023〕1号\"," + Stages.note("没有犯罪事实") + "}");
        assertEquals(404, it.status(City.IPO, detention));
    }

    @Test
    void aWithdrawnCaseIsOpenedByNoLateNotice() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece detention = it.create(City.POLICE, "investigation", Stages.measure("DETENTION", it.first()));
        it.act(City.POLICE, detention, "approve", Stages.document("咸公拘字〔2023〕1号"));
        it.act(City.POLICE, detention, "execute", "{}");
        it.act(
                City.POLICE,
                it.filing(),
                "withdraw",
                "{\"documentNumber\": \"咸公撤案字〔2023〕1号\"," + Stages.note("没有犯罪事实") + "}");
        SignedAnswer late = it.work()
                .city()
                .call(City.POLICE, "POST", detention.path() + "/acts/notify")
                .idempotencyKey()
                .ifMatch("*")
                .body(City.utf8("{}"))
                .send();
        new Reply(late.status(), late.headers(), late.body()).requireProblem(409, "STATE_CONFLICT");
        assertEquals(Set.of("WITHDRAWN 1", "WITHDRAWN 2"), it.milestones());
        assertEquals(404, it.status(City.IPO, it.filing()));
    }

    /** 武汉: arrested, and released on bail before the trial. */
    @Test
    void whoIsReleasedOnBailIsInCustodyNoMore() {
        CriminalCase it = CriminalCase.ofThePolice();
        it.detained(it.first(), it.second());
        Piece bail = it.create(City.POLICE, "investigation", Stages.measure("BAIL", it.first()));
        it.act(City.POLICE, bail, "approve", Stages.document("咸公取保字〔2023〕1号"));
        it.act(City.POLICE, bail, "execute", "{}");
        assertFalse(it.milestones().contains("CUSTODY 1"), it.milestones().toString());
        assertTrue(it.milestones().contains("CUSTODY 2"), it.milestones().toString());
    }

    private static Piece backfilled(CriminalCase it, String content) {
        return it.work()
                .create(
                        City.POLICE,
                        "arrest",
                        Stages.draft(it.filing().id(), content)
                                .replaceFirst(
                                        "\\{",
                                        "{\"origin\": \"BACKFILL\", \"state\": \"EXECUTED\", \"addressees\": [\""
                                                + City.PROC + "\"], \"documentNumber\": \"咸公提捕字〔2023〕1号\","
                                                + " \"occurred\": {\"time\": \"2023-01-28T00:00:00+08:00\","
                                                + " \"precision\": \"DAY\"},"));
    }

    private static List<String> seen(CriminalCase it) {
        return ADMINISTRATION.stream().map(it::everything).toList();
    }
}
