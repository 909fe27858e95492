package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;

/** Whoever sees a record may ask for its correction; the owner answers; nobody else learns of it, and nothing is edited. */
@QuarkusTest
@WithTestResource(CityResource.class)
class CorrectionsTest {
    private static final String REPLY = "{\"outcome\": \"ACCEPTED\", \"text\": \"已核实\", \"noStateSecret\": true}";
    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void isAskedForAndAnswered() {
        Piece clue = work.clue(City.MSA);
        String record = owned(clue);
        String id = request(City.POLICE, clue, "/content/title").get("id").asText();
        JsonNode open = list(City.MSA, clue).at("/items/0");
        assertEquals("OPEN", open.get("state").asText());
        assertEquals(City.POLICE, open.get("unit").asText());
        assertEquals("/content/title", open.at("/fields/0").asText());
        assertEquals("名称有误", open.get("reason").asText());

        post(200, City.MSA, clue.path() + "/corrections/" + id + "/reply", REPLY);
        JsonNode replied = list(City.POLICE, clue).at("/items/0");
        assertEquals("REPLIED", replied.get("state").asText());
        assertEquals("ACCEPTED", replied.get("outcome").asText());
        assertEquals("已核实", replied.get("reply").asText());
        assertEquals(record, owned(clue));
    }

    /** On each kind, by whoever sees the record: in shown fields; a masked one fails like one that is not. */
    @Test
    void isAskedForOnEachKindByWhoeverSeesTheRecord() {
        Set<String> kinds = new TreeSet<>();
        for (Scenes.Scene scene :
                Stream.concat(Scenes.all().stream(), Scenes.stages().stream()).toList()) {
            Piece piece = scene.piece();
            for (String unit : List.of(City.MSA, City.POLICE, City.PROC, City.COURT, City.AUD)) {
                SignedAnswer read = city.call(unit, "GET", piece.path()).send();
                JsonNode view = read.status() == 200 ? Casework.json(read) : null;
                if (view == null) {
                    post(404, unit, piece.path() + "/corrections", draft("/state"));
                    continue;
                }
                if (unit.equals(scene.situation().owner())) {
                    post(403, unit, piece.path() + "/corrections", draft("/state"));
                    continue;
                }
                List<String> masked = new ArrayList<>();
                view.at("/meta/masked").forEach(field -> masked.add(field.asText()));
                List<String> shown = new ArrayList<>();
                view.path("content").fieldNames().forEachRemaining(field -> shown.add("/content/" + field));
                shown.removeAll(masked);
                if (!shown.isEmpty()) {
                    post(201, unit, piece.path() + "/corrections", draft(String.join("\", \"", shown)));
                }
                JsonNode refused = post(422, unit, piece.path() + "/corrections", draft(String.join("\", \"", masked)));
                assertEquals(masked.size(), refused.get("faults").size(), scene.name() + " " + unit);
                kinds.add(piece.kind());
            }
        }
        assertEquals(12, kinds.size(), kinds.toString());
    }

    @Test
    void isKnownToRequesterAndOwnerAlone() {
        Piece clue = work.clue(City.MSA);
        String id = request(City.POLICE, clue, "/content/title").get("id").asText();
        request(City.PROC, clue, "/content/facts");
        assertEquals(2, list(City.MSA, clue).get("items").size());
        assertEquals(1, list(City.POLICE, clue).get("items").size());
        assertEquals(1, list(City.PROC, clue).get("items").size());
        // The sister agency reads as the owner does; this it does not.
        assertEquals(0, list(City.IPO, clue).get("items").size());
        AnswerShape nothing = shape(City.IPO, clue.path() + "/corrections/" + UUID.randomUUID() + "/reply", REPLY);
        assertEquals(404, nothing.status());
        assertEquals(nothing, shape(City.IPO, clue.path() + "/corrections/" + id + "/reply", REPLY));
        post(403, City.POLICE, clue.path() + "/corrections/" + id + "/reply", REPLY);
    }

    @Test
    void ofARecordOutOfSightFailsAsOfNone() {
        Piece clue = work.clue(City.MSA);
        String draft = draft("/content/title");
        AnswerShape nothing = shape(City.COURT, "/v1/clues/" + UUID.randomUUID() + "/corrections", draft);
        assertEquals(404, nothing.status());
        assertEquals(nothing, shape(City.COURT, clue.path() + "/corrections", draft));
        SignedAnswer list =
                city.call(City.COURT, "GET", clue.path() + "/corrections").send();
        SignedAnswer none = city.call(City.COURT, "GET", "/v1/clues/" + UUID.randomUUID() + "/corrections")
                .send();
        assertEquals(AnswerShape.of(city, none), AnswerShape.of(city, list));
    }

    /** A masked field fails as one that does not exist: the police see no facts, nor the times that full views show. */
    @Test
    void namesFieldsInSightAlone() {
        Piece clue = work.clue(City.MSA);
        for (String field : List.of("/content/facts", "/content/nothing", "/version", "facts", "/content")) {
            JsonNode problem = post(422, City.POLICE, clue.path() + "/corrections", draft(field));
            assertEquals("/fields/0", problem.at("/faults/0/field").asText());
            assertEquals("UNKNOWN", problem.at("/faults/0/rule").asText());
        }
        request(City.PROC, clue, "/content/facts");
    }

    @Test
    void needsTheDeclarationAndPassesTheGuard() {
        Piece clue = work.clue(City.MSA);
        String undeclared = draft("/content/title").replace("\"noStateSecret\": true", "\"noStateSecret\": false");
        assertEquals(
                "DECLARATION_REQUIRED",
                post(422, City.POLICE, clue.path() + "/corrections", undeclared)
                        .get("code")
                        .asText());
        String secret = draft("/content/title").replace("名称有误", "绝密★10年");
        assertEquals(
                "STATE_SECRET_REFUSED",
                post(422, City.POLICE, clue.path() + "/corrections", secret)
                        .get("code")
                        .asText());
        String id = request(City.POLICE, clue, "/content/title").get("id").asText();
        String reply = clue.path() + "/corrections/" + id + "/reply";
        assertEquals(
                "DECLARATION_REQUIRED",
                post(422, City.MSA, reply, REPLY.replace("true", "false"))
                        .get("code")
                        .asText());
        assertEquals(
                "STATE_SECRET_REFUSED",
                post(422, City.MSA, reply, REPLY.replace("已核实", "绝密★10年"))
                        .get("code")
                        .asText());
    }

    @Test
    void theOwnerAmendsInstead() {
        Piece clue = work.clue(City.MSA);
        post(403, City.MSA, clue.path() + "/corrections", draft("/content/title"));
    }

    @Test
    void isAnsweredOnceHoweverManyTryAtOnce() {
        Piece clue = work.clue(City.MSA);
        String id = request(City.POLICE, clue, "/content/title").get("id").asText();
        List<Integer> statuses = Race.run(
                4,
                () -> send(City.MSA, clue.path() + "/corrections/" + id + "/reply", REPLY)
                        .status());
        assertEquals(1, statuses.stream().filter(s -> s == 200).count(), statuses.toString());
        assertEquals(3, statuses.stream().filter(s -> s == 409).count(), statuses.toString());
    }

    @Test
    void theFeedTellsTheOwnerOfTheRequestAndTheRequesterOfTheReply() {
        Piece clue = work.clue(City.MSA);
        Feed owner = Feed.of(City.MSA).now();
        Feed requester = Feed.of(City.POLICE).now();
        Feed other = Feed.of(City.PROC).now();
        String id = request(City.POLICE, clue, "/content/title").get("id").asText();
        assertEquals(List.of("CORRECTION"), owner.about(clue.id()));
        assertEquals(List.of(), requester.about(clue.id()));
        post(200, City.MSA, clue.path() + "/corrections/" + id + "/reply", REPLY);
        assertEquals(List.of("CORRECTION"), requester.about(clue.id()));
        assertEquals(List.of(), owner.about(clue.id()));
        assertEquals(List.of(), other.about(clue.id()));
    }

    @Test
    void isListedByPages() {
        Piece clue = work.clue(City.MSA);
        List<String> asked = Stream.generate(() ->
                        request(City.POLICE, clue, "/content/title").get("id").asText())
                .limit(3)
                .toList();
        JsonNode first = Casework.json(
                city.call(City.MSA, "GET", clue.path() + "/corrections?limit=2").send());
        JsonNode second = Casework.json(city.call(
                        City.MSA,
                        "GET",
                        clue.path() + "/corrections?limit=2&after="
                                + first.get("next").asText())
                .send());
        assertEquals(asked.get(2), first.at("/items/0/id").asText());
        assertEquals(asked.get(1), first.at("/items/1/id").asText());
        assertEquals(asked.get(0), second.at("/items/0/id").asText());
        assertTrue(second.path("next").isMissingNode());
    }

    private JsonNode request(String unit, Piece piece, String field) {
        return post(201, unit, piece.path() + "/corrections", draft(field));
    }

    private static String draft(String field) {
        return "{\"fields\": [\"" + field + "\"], \"reason\": \"名称有误\", \"noStateSecret\": true}";
    }

    private String owned(Piece piece) {
        return Casework.text(city.call(City.MSA, "GET", piece.path()).send());
    }

    private JsonNode list(String unit, Piece piece) {
        SignedAnswer answer =
                city.call(unit, "GET", piece.path() + "/corrections").send();
        assertEquals(200, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private JsonNode post(int status, String unit, String path, String body) {
        SignedAnswer answer = send(unit, path, body);
        assertEquals(status, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    private SignedAnswer send(String unit, String path, String body) {
        return city.call(unit, "POST", path)
                .idempotencyKey()
                .body(City.utf8(body))
                .send();
    }

    private AnswerShape shape(String unit, String path, String body) {
        return AnswerShape.of(city, send(unit, path, body));
    }
}
