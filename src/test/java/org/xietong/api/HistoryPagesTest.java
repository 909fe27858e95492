package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** A history is read by pages: so many versions at most, and so many bytes. */
@QuarkusTest
@WithTestResource(CityResource.class)
class HistoryPagesTest {
    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void followsItsCursorToTheEnd() {
        assertEquals(List.of(List.of(1, 2), List.of(3)), pages(threeVersions(), 2));
    }

    @Test
    void endsAPageBeforeItGrowsTooLarge() {
        Piece clue = threeVersions();
        work.sql(
                "UPDATE xietong.record_version SET content = content || jsonb_build_object('ofAnOlderRelease', repeat('查', 750000))"
                        + " WHERE record_id = ?",
                UUID.fromString(clue.id()));
        assertEquals(List.of(List.of(1), List.of(2), List.of(3)), pages(clue, 50));
    }

    @Test
    void refusesAMadeUpCursor() {
        Piece clue = work.clue(City.MSA);
        for (String cursor : List.of("AA", "_____w", "%21")) {
            SignedAnswer answer = city.call(City.MSA, "GET", clue.path() + "/history?after=" + cursor)
                    .send();
            assertEquals(422, answer.status(), cursor);
        }
    }

    private Piece threeVersions() {
        Piece clue = work.clue(City.MSA);
        return work.act(City.MSA, work.act(City.MSA, clue, "triage", "{}"), "accept", "{}");
    }

    private List<List<Integer>> pages(Piece piece, int limit) {
        List<List<Integer>> pages = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = Casework.json(city.call(City.MSA, "GET", piece.path() + "/history?limit=" + limit + after)
                    .send());
            List<Integer> versions = new ArrayList<>();
            page.get("versions").forEach(v -> versions.add(v.get("version").asInt()));
            pages.add(versions);
            if (!page.has("next")) {
                return pages;
            }
            after = "&after=" + page.get("next").asText();
        }
    }
}
