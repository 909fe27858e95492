package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.SealedBytes;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** A reader of the feed proves to himself that he has all: by the tally of what he was told, and by what he must hold. */
@QuarkusTest
@WithTestResource(CityResource.class)
class FeedHeldTest {
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";
    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void isTheSumOfWhatHeWasTold() {
        Feed court = Feed.of(City.COURT);
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        CriminalCase it = CriminalCase.ofThePolice();
        it.indictedFirst();
        summed(court);
        work.amend(City.MSA, clue, Drafts.clue(""));
        summed(court);
        Feed anew = Feed.of(City.COURT);
        summed(anew);
        assertEquals(court.holds(), anew.holds());
    }

    /** His own records included, and what an officer sees as a person where he signs. */
    @Test
    void isWhatAnOfficerSeesBesideHisUnit() {
        Piece clue = work.create(
                City.MSA,
                "clue",
                Drafts.clue("", null, TO_COURT + Scenes.label("INTERNAL", "\"persons\": [\"COURT-421200-001\"]")));
        Feed officer = Feed.ofOfficer(City.COURT, 1);
        summed(officer);
        assertTrue(officer.holds().contains("clue " + clue.id()));
        Feed unit = Feed.of(City.COURT);
        summed(unit);
        assertFalse(unit.holds().contains("clue " + clue.id()));
    }

    /** What a consumer loses shows in both: in the sum of what he holds, and in the tally of what he stored. */
    @Test
    void differsForWhoLostARecord() {
        Feed court = Feed.of(City.COURT);
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        summed(court);
        JsonNode page = court.page(100, "&held=true");
        court.lose("clue " + clue.id());
        assertNotEquals(court.summed(), page.get("held").toString());
    }

    /** On the last page for now, and where he asks. */
    @Test
    void isToldOnTheLastPageAndOnRequest() {
        Feed court = Feed.of(City.COURT);
        for (int i = 0; i < 2; i++) {
            work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        }
        court.settle();
        JsonNode first = court.page(1, "&held=true");
        assertTrue(first.get("more").asBoolean());
        assertFalse(first.has("held"));
        assertFalse(court.page(100, "").has("held"));
        assertTrue(court.page(100, "&held=true").has("held"));
        TwoKeys.faulty(
                "INVALID_QUERY",
                "held BOOLEAN",
                city.call(City.COURT, "GET", "/v1/changes?held=yes").send());
    }

    /** The same cursor again: the same tally to begin with, whatever is told after it by now. */
    @Test
    void windowBeginsWhereTheCursorStands() {
        Feed court = Feed.of(City.COURT).now();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        court.settle();
        String target = "/v1/changes?after=" + court.cursor();
        JsonNode before = Casework.json(city.call(City.COURT, "GET", target).send());
        work.amend(City.MSA, clue, Drafts.clue(""));
        court.settle();
        JsonNode after = Casework.json(city.call(City.COURT, "GET", target).send());
        assertEquals(before.at("/window/from"), after.at("/window/from"));
        assertEquals(1, before.get("items").size());
        assertEquals(0, after.get("items").size(), "it never came, for who was not told meanwhile");
        assertEquals(after.at("/window/from"), after.at("/window/to"));
    }

    /** Cursors never expire: one of the days before there was a tally goes on, counted from there. */
    @Test
    void takesACursorOfEarlierDays() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        Feed court = Feed.of(City.COURT).now();
        long head = city.stored().number("SELECT head FROM xietong.change_sequencer");
        byte[] key = HexFormat.of().parseHex(city.stored().text("SELECT encode(key, 'hex') FROM xietong.cursor_key"));
        byte[] earlier = ByteBuffer.allocate(48)
                .putLong(head)
                .putLong(head)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .putLong(0)
                .array();
        String cursor =
                Base64.getUrlEncoder().withoutPadding().encodeToString(new SealedBytes(key).seal(earlier, City.COURT));
        work.amend(City.MSA, clue, Drafts.clue(""));
        court.settle();
        JsonNode page = Casework.json(
                city.call(City.COURT, "GET", "/v1/changes?after=" + cursor).send());
        assertEquals("GONE", page.at("/items/0/type").asText());
        assertEquals(0, page.at("/window/from/entries").asInt());
        assertEquals(1, page.at("/window/to/entries").asInt());
    }

    /** What an officer read under his signature is not another's to go on from; unsigned, the unit may. */
    @Test
    void refusesTheCursorOfAnotherOfficer() {
        String first = Feed.ofOfficer(City.COURT, 1).now().cursor();
        SignedAnswer refused =
                city.signed(City.COURT, 2, "GET", "/v1/changes?after=" + first).send();
        TwoKeys.faulty("INVALID_CURSOR", "after ANOTHER_OFFICER", refused);
        for (SignedAnswer answer : List.of(
                city.signed(City.COURT, 1, "GET", "/v1/changes?after=" + first).send(),
                city.call(City.COURT, "GET", "/v1/changes?after=" + first).send())) {
            assertEquals(200, answer.status(), () -> Casework.text(answer));
        }
        String units = Feed.of(City.COURT).now().cursor();
        assertEquals(
                200,
                city.signed(City.COURT, 2, "GET", "/v1/changes?after=" + units)
                        .send()
                        .status());
    }

    private static void summed(Feed reader) {
        reader.read(3);
        assertEquals(reader.summed(), reader.page(100, "&held=true").get("held").toString());
    }
}
