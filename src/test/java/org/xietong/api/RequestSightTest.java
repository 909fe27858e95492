package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;

/** A request opens nothing (I4): not to who is asked, not to who asks, and not by naming a record. */
@QuarkusTest
@WithTestResource(CityResource.class)
class RequestSightTest {
    private final Casework work = new Casework();
    private final Requests requests = new Requests(work);

    /** A unit of the matter sees the court's civil filing; one that was only asked does not. */
    @Test
    void whoIsAskedSeesNothingElseOfTheMatter() {
        Piece civil = civil();
        Piece it = requests.received(City.COURT, civil.matter(), City.POLICE, Requests.records(civil.id()));
        assertEquals(404, requests.status(City.POLICE, civil.path()));
        JsonNode timeline = requests.get(City.POLICE, it.matterPath() + "/timeline");
        assertEquals(List.of(it.id()), timeline.get("items").findValuesAsText("id"));
        JsonNode matter = requests.get(City.POLICE, it.matterPath());
        assertEquals(
                "[\"" + City.COURT + "\",\"" + City.POLICE + "\"]",
                matter.get("units").toString());
        assertEquals("[]", matter.get("participants").toString());
        requests.act(City.POLICE, it, "answer", Requests.reply(""));
        assertEquals(404, requests.status(City.POLICE, civil.path()), "nor once it has answered");
        Piece later = civil(civil.matter());
        assertEquals(404, requests.status(City.POLICE, later.path()));
        post(City.COURT, civil.matterPath() + "/invitations", "{\"unit\": \"" + City.POLICE + "\"}");
        assertEquals(
                "SUMMARY",
                requests.read(City.POLICE, civil).at("/meta/view").asText(),
                "an invitation of the owner is what opens it");
    }

    /** Who was asked is in the matter: it may post there, and asks in its turn. */
    @Test
    void whoIsAskedIsInTheMatter() {
        Piece civil = civil();
        requests.received(City.COURT, civil.matter(), City.POLICE, "");
        Piece back = requests.sent(City.POLICE, civil.matter(), City.COURT, "");
        assertEquals("FULL", requests.read(City.COURT, back).at("/meta/view").asText());
        assertEquals(404, requests.status(City.POLICE, civil.path()), "asking the owner opens nothing either");
    }

    /** A sender sees the criminal filing in summary; that one asks makes no sender. */
    @Test
    void whoAsksThePoliceIsNoSenderToThem() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece search = it.create(City.POLICE, "investigation", Stages.measure("SEARCH", it.first()));
        String matter = it.filing().matter();
        post(City.POLICE, it.filing().matterPath() + "/invitations", "{\"unit\": \"" + City.COPYRIGHT + "\"}");
        assertEquals(404, requests.status(City.COPYRIGHT, it.filing().path()));
        requests.received(City.COPYRIGHT, matter, City.POLICE, "");
        assertEquals(404, requests.status(City.COPYRIGHT, it.filing().path()));
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first()));
        requests.received(City.POLICE, matter, City.PROC, "");
        assertEquals(
                404,
                requests.status(City.POLICE, prosecution.path()),
                "of the prosecution the police are none by asking");
        assertEquals(404, requests.status(City.COPYRIGHT, search.path()));
        assertEquals(404, requests.status(City.COPYRIGHT, it.filing().path()), "whatever is done in the matter later");
    }

    /** Each reader is shown the records that he sees himself; what is not there, and what he may not see, look alike. */
    @Test
    void namesToEachReaderWhatHeSees() {
        Piece civil = civil();
        Piece clue = work.clue(City.MSA);
        Piece transferred = work.transferred(City.MSA, clue, City.COURT);
        assertEquals(
                "SUMMARY",
                requests.read(City.POLICE, transferred).at("/meta/view").asText());
        Piece it = requests.received(
                City.COURT, civil.matter(), City.POLICE, Requests.records(civil.id(), transferred.id()));
        assertEquals(List.of(civil.id(), transferred.id()), named(City.COURT, it, "/content/records"));
        assertEquals(List.of(transferred.id()), named(City.POLICE, it, "/content/records"));
        assertEquals(404, requests.status(City.POLICE, civil.path()), "to be named opens nothing");
        assertFalse(everywhere(City.POLICE, it).contains(civil.id()));
        assertTrue(everywhere(City.COURT, it).contains(civil.id()));

        CriminalCase secret = CriminalCase.ofThePolice();
        requests.act(
                City.POLICE, it, "answer", Requests.supplying(secret.filing().id(), transferred.id()));
        assertEquals(
                List.of(secret.filing().id(), transferred.id()), named(City.POLICE, it, "/content/replies/0/records"));
        assertEquals(List.of(transferred.id()), named(City.COURT, it, "/content/replies/0/records"));
        assertFalse(everywhere(City.COURT, it).contains(secret.filing().id()), "nor in what the act carried");
        assertEquals(404, requests.status(City.COURT, secret.filing().path()));
        Piece bare = requests.received(City.COURT, civil.matter(), City.POLICE, "");
        requests.act(
                City.POLICE, bare, "answer", Requests.supplying(secret.filing().id()));
        assertTrue(everywhere(City.POLICE, bare).contains("\"supplies\""));
        assertFalse(everywhere(City.COURT, bare).contains("\"supplies\""), "none left looks like none named");
        new TwoKeys(work.city(), City.POLICE)
                .granted(
                        secret.filing(),
                        TwoKeys.grant("\"unit\": \"" + City.COURT + "\"", "SUMMARY", "\"INVESTIGATION\""));
        assertEquals(
                List.of(secret.filing().id(), transferred.id()),
                named(City.COURT, it, "/content/replies/0/records"),
                "what its owner opens is named");
    }

    @Test
    void nobodyNamesWhatHeDoesNotSee() {
        CriminalCase secret = CriminalCase.ofThePolice();
        Piece clue = work.clue(City.MSA);
        for (String unseen : List.of(secret.filing().id(), UUID.randomUUID().toString())) {
            String more = Requests.records(clue.id(), unseen);
            assertEquals(
                    List.of("/content/records/1 UNKNOWN"),
                    requests.created(City.MSA, Requests.draft(clue.matter(), "EVIDENCE", more))
                            .requireStatus(422)
                            .faults());
            Piece it = requests.drafted(City.MSA, clue.matter(), "");
            assertEquals(
                    List.of("/content/records/1 UNKNOWN"),
                    requests.amended(City.MSA, it, Requests.draft("", "EVIDENCE", more))
                            .requireStatus(422)
                            .faults());
            requests.act(City.MSA, it, "send", Stages.to("商函〔2023〕1号", City.COPYRIGHT));
            requests.act(City.COPYRIGHT, it, "receive", "{}");
            assertEquals(
                    Set.of("/supplies/0 UNKNOWN"),
                    requests.faults(City.COPYRIGHT, it, "answer", Requests.supplying(unseen, clue.id())));
        }
    }

    /** A label that is raised, or a grant that is taken back, unnames a record at once, in what was read before, too. */
    @Test
    void whatALabelHidesIsNamedNoMore() {
        String matter = work.clue(City.MSA).matter();
        Piece first = requests.received(City.MSA, matter, City.POLICE, "");
        Piece it = requests.received(City.MSA, matter, City.POLICE, Requests.records(first.id()));
        assertEquals(List.of(first.id()), named(City.POLICE, it, "/content/records"));
        String etag = etag(City.POLICE, it);
        String stands = Requests.draft("", "EVIDENCE", "");
        requests.amended(City.MSA, first, stands.replaceFirst("\\{", "{" + Scenes.label("WORK_SECRET", "")))
                .requireStatus(200);
        assertEquals(404, requests.status(City.POLICE, first.path()));
        assertEquals(List.of(), named(City.POLICE, it, "/content/records"));
        assertFalse(everywhere(City.POLICE, it).contains(first.id() + "\""));
        assertFalse(etag.equals(etag(City.POLICE, it)), "the tag is of what the reader sees");
        assertEquals(List.of(first.id()), named(City.MSA, it, "/content/records"), "what one wrote oneself one reads");
    }

    private String etag(String unit, Piece it) {
        return work.city()
                .call(unit, "GET", it.path())
                .send()
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    /** To whom a request is granted, it names no more than he sees himself. */
    @Test
    void aGrantOfTheRequestNamesNoMoreThanTheReaderSees() {
        Piece civil = civil();
        Piece it = requests.sent(City.COURT, civil.matter(), City.POLICE, Requests.records(civil.id()));
        new TwoKeys(work.city(), City.COURT)
                .granted(it, TwoKeys.grant("\"unit\": \"" + City.COPYRIGHT + "\"", "FULL", "\"PI\""));
        assertEquals("FULL", requests.read(City.COPYRIGHT, it).at("/meta/view").asText());
        assertEquals(List.of(), named(City.COPYRIGHT, it, "/content/records"));
        assertFalse(everywhere(City.COPYRIGHT, it).contains(civil.id()));
    }

    /** Taken out again before it acted, it is asked nothing, and its days end with the request. */
    @Test
    void whoIsTakenOutIsAskedNothing() {
        Piece civil = civil();
        Piece it = requests.sent(City.COURT, civil.matter(), City.POLICE, "");
        assertEquals("SENT", requests.read(City.POLICE, it).get("state").asText());
        post(City.COURT, civil.matterPath() + "/removals", "{\"unit\": \"" + City.POLICE + "\"}");
        assertEquals(404, requests.status(City.POLICE, it.path()));
        assertEquals(404, requests.status(City.POLICE, civil.matterPath()));
        requests.act(City.COURT, it, "withdraw", "{" + Stages.note("误发") + "}");
        assertEquals("[ENDED]", requests.deadlines(City.COURT, it));
    }

    /** What is left when an invitation is taken back is the request alone, and no unit of the matter. */
    @Test
    void whoStaysForARequestStaysForNothingElse() {
        Piece civil = civil();
        post(City.COURT, civil.matterPath() + "/invitations", "{\"unit\": \"" + City.MSA + "\"}");
        Piece it = requests.received(City.MSA, civil.matter(), City.POLICE, "");
        post(City.COURT, civil.matterPath() + "/invitations", "{\"unit\": \"" + City.POLICE + "\"}");
        assertEquals(
                "SUMMARY", requests.read(City.POLICE, civil).at("/meta/view").asText());
        post(City.COURT, civil.matterPath() + "/removals", "{\"unit\": \"" + City.POLICE + "\"}");
        assertEquals(404, requests.status(City.POLICE, civil.path()));
        assertEquals("RECEIVED", requests.read(City.POLICE, it).get("state").asText());
    }

    /** Nor for the records of who asked, when another's invitation is taken back. */
    @Test
    void whoStaysForARequestIsNoUnitForWhoAsked() {
        Piece civil = civil();
        post(City.COURT, civil.matterPath() + "/invitations", "{\"unit\": \"" + City.MSA + "\"}");
        work.create(
                City.MSA,
                "penalty",
                Stages.draft(null, Stages.penalty(""))
                        .replaceFirst("\\{", "{\"matterId\": \"" + civil.matter() + "\","));
        Piece it = requests.received(City.COURT, civil.matter(), City.POLICE, "");
        post(City.MSA, civil.matterPath() + "/invitations", "{\"unit\": \"" + City.POLICE + "\"}");
        post(City.MSA, civil.matterPath() + "/removals", "{\"unit\": \"" + City.POLICE + "\"}");
        assertEquals(404, requests.status(City.POLICE, civil.path()));
        assertEquals("RECEIVED", requests.read(City.POLICE, it).get("state").asText());
    }

    private Piece civil() {
        return civil(null);
    }

    private Piece civil(String matter) {
        return work.create(
                City.COURT,
                "filing",
                Scenes.other("CIVIL", "CIVIL_TRADEMARK", matter, "L-" + UUID.randomUUID())
                        .replace("\"filedOn\"", "\"caseNumber\": \"（2023）鄂12知民初1号\", \"filedOn\""));
    }

    private List<String> named(String unit, Piece it, String pointer) {
        List<String> ids = new ArrayList<>();
        requests.read(unit, it).at(pointer).forEach(id -> ids.add(id.asText()));
        return ids;
    }

    /** Everything that the unit can read of it: the record, its list, its history, the timeline, deadlines and deliveries. */
    private String everywhere(String unit, Piece it) {
        StringBuilder all = new StringBuilder();
        for (String target : List.of(
                it.path(),
                "/v1/requests?matterId=" + it.matter(),
                it.path() + "/history",
                it.path() + "/deadlines",
                it.path() + "/deliveries")) {
            all.append(requests.get(unit, target));
        }
        return all.toString();
    }

    private void post(String unit, String target, String body) {
        Requests.reply(work.city()
                        .signed(unit, 1, "POST", target)
                        .idempotencyKey()
                        .body(City.utf8(body))
                        .send())
                .requireStatus(201);
    }
}
