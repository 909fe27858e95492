package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** Whoever lost sight of a record finds it nowhere any more, from the next request on (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class LostSightTest {
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";

    private final Casework work = new Casework();
    private final City city = work.city();

    @Test
    void whoseAddressWasRemoved() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        assertEquals(Set.of(), gone(City.COURT, clue, false));
        work.amend(City.MSA, clue, Drafts.clue(""));
        assertEquals(ALL, gone(City.COURT, clue, false));
    }

    /** A case system that repeats its first draft every night takes nothing back that an act handed over. */
    @Test
    void butNotToWhomItWasTransferred() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.COURT);
        work.amend(City.MSA, clue, Drafts.clue("amended"));
        assertEquals(Set.of(), gone(City.COURT, clue, false));
    }

    @Test
    void whomALabelShutsOut() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        assertEquals(Set.of(), gone(City.POLICE, clue, false));
        work.amend(
                City.MSA,
                clue,
                Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"]," + Scenes.label("WORK_SECRET", "")));
        assertEquals(ALL, gone(City.POLICE, clue, false));
    }

    @Test
    void whoIsNotInANarrowerScope() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        work.amend(
                City.MSA,
                clue,
                Drafts.clue("", null, TO_COURT + Scenes.label("INTERNAL", "\"persons\": [\"COURT-421200-001\"]")));
        assertEquals(ALL, gone(City.COURT, clue, false));
        assertEquals(Set.of(), gone(City.COURT, clue, true));
    }

    /** What he did while he saw it he may not do again: not even to learn in which state it is. */
    @Test
    void cannotActOnIt() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        String tag = city.call(City.COURT, "GET", clue.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        work.amend(City.MSA, clue, Drafts.clue(""));
        assertSame(
                id -> city.signed(City.COURT, 1, "POST", "/v1/clues/" + id + "/acts/dispose")
                        .idempotencyKey()
                        .ifMatch(tag)
                        .body(City.utf8("{}")),
                clue.id());
    }

    /** A page that was begun before goes on without it. */
    @Test
    void findsItOnNoLaterPage() {
        List<String> clues = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            pieces.add(work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT)));
            clues.add(pieces.get(i).id());
        }
        JsonNode first =
                Casework.json(city.call(City.COURT, "GET", "/v1/clues?limit=1").send());
        assertEquals(clues.get(2), first.at("/items/0/id").asText());
        work.amend(City.MSA, pieces.get(1), Drafts.clue(""));
        JsonNode second = Casework.json(city.call(
                        City.COURT,
                        "GET",
                        "/v1/clues?limit=1&after=" + first.get("next").asText())
                .send());
        assertEquals(clues.get(0), second.at("/items/0/id").asText());
    }

    private static final Set<String> ALL = Set.of("id", "history", "list", "count", "matter", "timeline", "explain");

    /** The ways on which the reader meets nothing, or what he would meet of a record that never was. */
    private Set<String> gone(String unit, Piece piece, boolean signed) {
        BiFunction<String, String, Call> call =
                (method, target) -> signed ? city.signed(unit, 1, method, target) : city.call(unit, method, target);
        Set<String> gone = new HashSet<>();
        if (same(id -> call.apply("GET", "/v1/clues/" + id), piece.id())) {
            gone.add("id");
        }
        if (same(id -> call.apply("GET", "/v1/clues/" + id + "/history"), piece.id())) {
            gone.add("history");
        }
        if (same(id -> call.apply("GET", "/v1/matters/" + id), piece.matter())) {
            gone.add("matter");
        }
        if (same(id -> call.apply("GET", "/v1/matters/" + id + "/timeline"), piece.matter())) {
            gone.add("timeline");
        }
        if (same(id -> call.apply("GET", "/v1/clues?matterId=" + id), piece.matter())) {
            gone.add("list");
        }
        if (same(id -> call.apply("GET", "/v1/clues?limit=1&count=true&matterId=" + id), piece.matter())) {
            gone.add("count");
        }
        if (same(
                id -> call.apply("POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"clue\", \"recordId\": \"" + id + "\"}")),
                piece.id())) {
            gone.add("explain");
        }
        return gone;
    }

    private interface Request {
        Call about(String id);
    }

    private boolean same(Request request, String id) {
        return shape(request, UUID.randomUUID().toString()).equals(shape(request, id));
    }

    private void assertSame(Request request, String id) {
        assertEquals(shape(request, UUID.randomUUID().toString()), shape(request, id));
    }

    private AnswerShape shape(Request request, String id) {
        return AnswerShape.of(city, request.about(id).send());
    }
}
