package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;

/** What an agency is sued about opens to the court: its whole case upon who sued, and nobody else's (domain, section 6). */
@QuarkusTest
@WithTestResource(CityResource.class)
class LawsuitTest {
    private final Casework work = new Casework();
    private final City city = work.city();

    @Test
    void theAgencysCaseUponWhoSuedOpensToTheCourtAndNobodyElses() {
        Piece penalty = work.create(City.MSA, "penalty", Stages.draft(null, Stages.penalty("")));
        String who = Casework.json(city.call(City.MSA, "GET", penalty.path()).send())
                .at("/content/participants/0/id")
                .asText();
        Piece filing = work.create(
                City.MSA,
                "filing",
                in(
                        penalty,
                        "\"filingType\": \"ADMINISTRATIVE\", \"filedOn\": \"2023-01-10\", \"participants\": [{\"id\": \""
                                + who
                                + "\", \"type\": \"NATURAL_PERSON\", \"roles\": [\"PARTY\"], \"name\": \"张某某\"}]"));
        Piece another =
                work.create(City.MSA, "penalty", in(penalty, Stages.penalty("").replace("张某某", "李某某")));
        Piece clue =
                work.create(City.MSA, "clue", Drafts.clue("", null, "\"matterId\": \"" + penalty.matter() + "\","));
        for (String act : List.of("notify", "decide", "serve")) {
            work.act(
                    City.MSA,
                    new Piece("penalty", penalty.id(), penalty.matter(), "*"),
                    act,
                    "{\"documentNumber\": \"咸市监罚〔2023〕1号\"}");
        }
        List<Piece> all = List.of(penalty, filing, another, clue);
        List<String> before = views(City.COURT, all);
        assertEquals(List.of("SUMMARY", "SUMMARY", "SUMMARY"), before.subList(0, 3));
        Feed court = Feed.of(City.COURT).now();
        work.act(City.MSA, new Piece("penalty", penalty.id(), penalty.matter(), "*"), "sue", "{}");
        assertEquals(List.of("FULL", "FULL", "SUMMARY", before.getLast()), views(City.COURT, all));
        for (String unit : List.of(City.COURT_DISTRICT, City.COPYRIGHT, City.POLICE)) {
            assertEquals(
                    List.of(), views(unit, all).stream().filter("FULL"::equals).toList(), unit);
        }
        assertEquals(
                List.of("CHANGED"), court.about(filing.id()), "the court is told that it sees more of the filing, too");
    }

    private static String in(Piece piece, String content) {
        return Stages.draft(null, content).replaceFirst("\\{", "{\"matterId\": \"" + piece.matter() + "\",");
    }

    private List<String> views(String unit, List<Piece> pieces) {
        return pieces.stream()
                .map(piece -> Casework.json(city.call(unit, "GET", piece.path()).send())
                        .at("/meta/view")
                        .asText("–"))
                .toList();
    }
}
