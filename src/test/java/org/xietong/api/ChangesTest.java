package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stored;

/** The feed tells each unit what came into its sight, changed for it, and left it, and nothing else (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class ChangesTest {
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";
    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void tellsOfARecordWhomeverItAppearsTo() {
        Feed police = Feed.of(City.POLICE).now();
        Feed court = Feed.of(City.COURT).now();
        Piece clue = work.clue(City.MSA);
        List<JsonNode> told = police.read(100);
        assertEquals(1, told.size());
        assertEquals(
                "{\"type\":\"APPEARED\",\"kind\":\"clue\",\"id\":\"" + clue.id() + "\",\"matterId\":\"" + clue.matter()
                        + "\",\"view\":\"SUMMARY\"}",
                told.getFirst().toString());
        assertEquals(List.of(), court.read(100));
    }

    @Test
    void tellsWhenSightIsLostAndWhenItComesBack() {
        Feed court = Feed.of(City.COURT).now();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        assertEquals(List.of("APPEARED"), court.about(clue.id()));
        clue = work.amend(City.MSA, clue, Drafts.clue(""));
        List<JsonNode> told = court.read(100);
        assertEquals(
                List.of("{\"type\":\"GONE\",\"kind\":\"clue\",\"id\":\"" + clue.id() + "\"}"),
                told.stream().map(JsonNode::toString).toList());
        work.amend(City.MSA, clue, Drafts.clue("", null, TO_COURT));
        assertEquals(List.of("APPEARED"), court.about(clue.id()));
    }

    /** Who had not been told of it is not told that it went: it might never have been. */
    @Test
    void doesNotTellOfWhatCameAndWentBetweenTwoLooks() {
        Feed court = Feed.of(City.COURT).now();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        court.settle();
        work.amend(City.MSA, clue, Drafts.clue(""));
        assertEquals(List.of(), court.read(100));
        assertEquals(List.of(), Feed.of(City.COURT).about(clue.id()));
    }

    /** Nor who looks in the very moment in which it goes, before the feed has a place for that. */
    @Test
    void doesNotTellThatARecordWentToWhoPassedItsPlaceAsItWent() throws SQLException {
        Feed court = Feed.of(City.COURT).now();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        court.settle();
        JsonNode page;
        try (Connection sequencer = city.superuser().getConnection();
                Statement lock = sequencer.createStatement()) {
            sequencer.setAutoCommit(false);
            lock.execute("SELECT FROM xietong.change_sequencer FOR UPDATE");
            work.amend(City.MSA, clue, Drafts.clue(""));
            CompletableFuture<SignedAnswer> answer =
                    CompletableFuture.supplyAsync(() -> court.call(100, "").send());
            Stored.await("the look", Duration.ofSeconds(5), () -> looks(answer));
            sequencer.commit();
            page = Casework.json(answer.join());
        }
        assertEquals(0, page.get("items").size());
        court.settle();
        JsonNode next = Casework.json(city.call(
                        City.COURT,
                        "GET",
                        "/v1/changes?after=" + page.get("next").asText())
                .send());
        assertEquals(0, next.get("items").size(), next::toString);
    }

    /** Whether the service has looked at the feed, and not answered. */
    private boolean looks(CompletableFuture<SignedAnswer> answer) {
        assertFalse(answer.isDone(), "answered while the record was leaving");
        return city.stored()
                        .number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND query LIKE '%coalesce(back, since)%' AND query_start > clock_timestamp() - interval '1 s'"
                                + " AND pid <> pg_backend_pid()")
                > 0;
    }

    /** The same for who reads by small pages: that he has passed its former place does not mean that he was told. */
    @Test
    void doesNotTellANewReaderOfWhatHadGoneBeforeHeBegan() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        Piece kept = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        Feed told = Feed.of(City.COURT).now();
        work.amend(City.MSA, clue, Drafts.clue(""));
        told.settle();
        List<String> gone = new ArrayList<>();
        List<String> appeared = new ArrayList<>();
        Feed.of(City.COURT)
                .read(1)
                .forEach(entry -> (entry.get("type").asText().equals("GONE") ? gone : appeared)
                        .add(entry.get("id").asText()));
        assertTrue(appeared.contains(kept.id()));
        assertEquals(List.of(), gone);
        assertEquals(List.of("GONE"), told.about(clue.id()));
    }

    /** What he was told of in this very run, and lost since, he is told of: by small pages, too. */
    @Test
    void tellsOfWhatGoesWhileTheReaderCatchesUp() {
        Feed court = Feed.of(City.COURT).now();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        court.settle();
        JsonNode first = court.page(1);
        assertTrue(first.get("more").asBoolean());
        assertEquals(clue.id(), first.at("/items/0/id").asText());
        work.amend(City.MSA, clue, Drafts.clue(""));
        assertEquals(
                List.of("GONE"),
                court.read(1).stream()
                        .filter(entry -> entry.get("id").asText().equals(clue.id()))
                        .map(entry -> entry.get("type").asText())
                        .toList());
    }

    /** He knows already that it is gone: that it came and went once more in between is not told. */
    @Test
    void doesNotTellTwiceThatARecordIsGone() {
        Feed court = Feed.of(City.COURT).now();
        Feed slow = Feed.of(City.COURT).now();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        assertEquals(List.of("APPEARED"), court.about(clue.id()));
        assertEquals(List.of("APPEARED"), slow.about(clue.id()));
        clue = work.amend(City.MSA, clue, Drafts.clue(""));
        assertEquals(List.of("GONE"), court.about(clue.id()));
        clue = work.amend(City.MSA, clue, Drafts.clue("", null, TO_COURT));
        court.settle();
        clue = work.amend(City.MSA, clue, Drafts.clue(""));
        assertEquals(List.of(), court.about(clue.id()));
        assertEquals(List.of("GONE"), slow.about(clue.id()));
        clue = work.amend(City.MSA, clue, Drafts.clue("", null, TO_COURT));
        assertEquals(List.of("APPEARED"), court.about(clue.id()));
        work.amend(City.MSA, clue, Drafts.clue(""));
        assertEquals(List.of("GONE"), court.about(clue.id()));
    }

    /** An edit of masked fields shows to those who see the record in full, and moves nothing for the others. */
    @Test
    void tellsOfANewVersionThoseAloneWhoSeeItInFull() {
        Piece clue = work.clue(City.MSA);
        Feed police = Feed.of(City.POLICE).now();
        Feed owner = Feed.of(City.MSA).now();
        Feed procuratorate = Feed.of(City.PROC).now();
        work.amend(City.MSA, clue, Drafts.clue("").replace("现场检查发现", "复查发现"));
        assertEquals(List.of("CHANGED"), owner.about(clue.id()));
        assertEquals(List.of("CHANGED"), procuratorate.about(clue.id()));
        assertEquals(List.of(), police.read(100));
    }

    /** Sight that is limited to some grows and shrinks by persons; what is done upon the others moves nothing. */
    @Test
    void tellsWhenMoreOrFewerOfSeveralCameIntoSight() {
        String draft = """
                {"noStateSecret": true,
                 "content": {"filingType": "CRIMINAL", "charge": "CL_214", "filedOn": "2023-01-12",
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某"},
                     {"ref": "P2", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "李某某"},
                     {"ref": "P3", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "王某某"}]}}
                """;
        Feed court = Feed.of(City.COURT).now();
        Piece filing = work.create(City.POLICE, "filing", draft);
        JsonNode persons = Casework.json(
                        city.call(City.POLICE, "GET", filing.path()).send())
                .at("/content/participants");
        work.milestone(filing, persons.at("/0/id").asText(), "INDICTED");
        filing = work.act(City.POLICE, filing, "file", "{\"documentNumber\": \"咸公立字〔2023〕1号\"}");
        assertEquals(List.of("APPEARED"), court.about(filing.id()));
        work.milestone(filing, persons.at("/2/id").asText(), "CUSTODY");
        filing = work.amend(City.POLICE, filing, draft.replace("2023-01-12", "2023-01-13"));
        assertEquals(List.of(), court.about(filing.id()));
        work.milestone(filing, persons.at("/1/id").asText(), "INDICTED");
        filing = work.amend(City.POLICE, filing, draft.replace("2023-01-12", "2023-01-14"));
        assertEquals(List.of("CHANGED"), court.about(filing.id()));
        work.sql(
                "UPDATE xietong.milestone SET revoked_at = now(), revoked_by = 'POLICE-421200' WHERE participant = ?"
                        + " AND milestone = 'INDICTED'",
                UUID.fromString(persons.at("/1/id").asText()));
        work.amend(City.POLICE, filing, draft);
        assertEquals(List.of("CHANGED"), court.about(filing.id()));
    }

    @Test
    void tellsOfAnotherStateWhoeverSeesTheState() {
        Piece clue = work.clue(City.MSA);
        Feed police = Feed.of(City.POLICE).now();
        work.act(City.MSA, clue, "triage", "{}");
        assertEquals(List.of("CHANGED"), police.about(clue.id()));
    }

    /** A scope that names a person: his unit loses the record, he keeps it, under his own signature. */
    @Test
    void ofPersonsIsToldToThemUnderTheirSignature() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        Feed unit = Feed.of(City.COURT).now();
        Feed named = Feed.ofOfficer(City.COURT, 1).now();
        Feed other = Feed.ofOfficer(City.COURT, 2).now();
        work.amend(
                City.MSA,
                clue,
                Drafts.clue("", null, TO_COURT + Scenes.label("INTERNAL", "\"persons\": [\"COURT-421200-001\"]")));
        assertEquals(List.of("GONE"), unit.about(clue.id()));
        assertEquals(List.of("GONE"), other.about(clue.id()));
        assertEquals(List.of("APPEARED"), named.about(clue.id()));
        assertEquals(List.of("APPEARED"), Feed.ofOfficer(City.COURT, 1).about(clue.id()));
    }

    /** Sight that is behind the policy is not believed: nothing is told, the page is no shorter for it. */
    @Test
    void looksAgainAtReading() {
        Feed court = Feed.of(City.COURT).now();
        List<String> seen = new ArrayList<>();
        List<UUID> stale = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            seen.add(work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT))
                    .id());
            UUID hidden = UUID.fromString(work.clue(City.MSA).id());
            stale.add(hidden);
            work.sql(
                    "INSERT INTO xietong.sight_change (viewer, record_id, slot, kind, gone) VALUES (?, ?, 'SIGHT', 'clue', false)",
                    City.COURT,
                    hidden);
        }
        court.settle();
        JsonNode first = court.page(2);
        JsonNode second = court.page(2);
        assertEquals(2, first.get("items").size());
        assertEquals(1, second.get("items").size());
        assertTrue(first.get("more").asBoolean());
        assertFalse(second.get("more").asBoolean());
        List<String> told = new ArrayList<>();
        first.get("items").forEach(entry -> told.add(entry.get("id").asText()));
        second.get("items").forEach(entry -> told.add(entry.get("id").asText()));
        assertEquals(new HashSet<>(seen), new HashSet<>(told));
        stale.forEach(row ->
                work.sql("DELETE FROM xietong.sight_change WHERE record_id = ? AND viewer = ?", row, City.COURT));
    }

    /** What others do moves nothing that this reader could see: not the form of the answer, nor of the journal's work for it. */
    @Test
    void ofOthersChangesNothing() {
        Feed court = Feed.of(City.COURT).now();
        String cursor = court.cursor();
        work.clue(City.MSA);
        court.settle();
        AnswerShape after = shape(cursor);
        AnswerShape again = shape(cursor);
        assertEquals(again.journal(), after.journal());
        assertTrue(after.body().startsWith("{\"items\":[],"), after.body());
        assertEquals(cursor.length(), court.page(1).get("next").asText().length());
    }

    /** Two cursors of one place have nothing in common: no distance can be taken between two. */
    @Test
    void cursorsTellNothing() {
        Feed court = Feed.of(City.COURT).now();
        String one = court.cursor();
        court.page(1);
        assertNotEquals(one.substring(0, 16), court.cursor().substring(0, 16));
        assertNotEquals(one.substring(20), court.cursor().substring(20));
    }

    @Test
    void refusesAForeignAndAMadeUpCursor() {
        String courts = Feed.of(City.COURT).now().cursor();
        for (String cursor : List.of(courts, "AAAA", "%E5%AD%97", "A".repeat(70))) {
            SignedAnswer refused =
                    city.call(City.MSA, "GET", "/v1/changes?after=" + cursor).send();
            assertEquals(422, refused.status(), cursor);
            assertEquals("INVALID_CURSOR", Casework.json(refused).get("code").asText());
        }
    }

    private AnswerShape shape(String cursor) {
        return AnswerShape.of(
                city,
                city.call(City.COURT, "GET", "/v1/changes?limit=5&after=" + cursor)
                        .send());
    }
}
