package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** What is handed over stays handed over, reaches whom can answer it, and can be answered. */
@QuarkusTest
@WithTestResource(CityResource.class)
class HandingOverTest {
    private final Casework work = new Casework();
    private final City city = work.city();

    @Test
    void aRepeatedDraftTakesNoTransferBack() {
        String ref = "nightly-" + UUID.randomUUID();
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", ref, ""));
        work.transferred(City.MSA, clue, City.POLICE);
        int version = view(City.MSA, clue).get("version").asInt();
        SignedAnswer again = city.call(City.MSA, "PUT", "/v1/clues/by-source/" + ref)
                .body(City.utf8(Drafts.clue("", ref, "")))
                .send();
        assertEquals(200, again.status(), Casework.text(again));
        assertEquals(version, Casework.json(again).get("version").asInt());
        assertEquals("FULL", view(City.POLICE, clue).at("/meta/view").asText());
    }

    @Test
    void aRepeatedDraftTakesNoDecisionBack() {
        Piece filing = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        Piece filed = work.act(City.POLICE, filing, "file", "{\"documentNumber\": \"咸公（食药环）立字〔2023〕9号\"}");
        work.amend(City.POLICE, filed, Drafts.filing(null, ""));
        JsonNode view = view(City.POLICE, filing);
        assertEquals("FILED", view.at("/content/decision").asText());
        assertEquals("咸公（食药环）立字〔2023〕9号", view.get("documentNumber").asText());
    }

    @Test
    void whoSeesLessThanAllMayStillAnswer() {
        Piece clue = work.create(
                City.MSA,
                "clue",
                Drafts.clue("", null, "\"label\": {\"level\": \"INTERNAL\", \"caveats\": [\"INFORMANT\"]},"));
        work.transferred(City.MSA, clue, City.POLICE);
        SignedAnswer seen = city.call(City.POLICE, "GET", clue.path()).send();
        assertEquals("SUMMARY", Casework.json(seen).at("/meta/view").asText());
        for (int time = 1; time <= 2; time++) {
            SignedAnswer disposed = city.call(City.POLICE, "POST", clue.path() + "/acts/dispose")
                    .idempotencyKey("dispose-" + clue.id())
                    .ifMatch(seen.headers().firstValue("ETag").orElseThrow())
                    .body(City.utf8("{}"))
                    .send();
            assertEquals(200, disposed.status(), Casework.text(disposed));
            assertFalse(Casework.json(disposed).has("version"));
        }
        assertEquals("DISPOSED", view(City.MSA, clue).get("state").asText());
    }

    @Test
    void notToWhomTheRulesGiveNoAnswer() {
        for (String unit : new String[] {City.IPO, City.PROC, City.MSA}) {
            Piece clue = accepted(work.clue(City.MSA));
            SignedAnswer refused = city.signed(City.MSA, 1, "POST", clue.path() + "/acts/transfer")
                    .idempotencyKey()
                    .ifMatch(clue.etag())
                    .body(City.utf8("{\"documentNumber\": \"1\", \"addressees\": [\"" + unit + "\"]}"))
                    .send();
            assertEquals(422, refused.status(), unit);
            assertTrue(Casework.text(refused).contains("CANNOT_RECEIVE"), Casework.text(refused));
            assertEquals("ACCEPTED", view(City.MSA, clue).get("state").asText());
        }
    }

    @Test
    void whoIsAddressedMayPostIntoTheMatter() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, "\"addressees\": [\"POLICE-421200\"],"));
        Piece filing = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        assertEquals(clue.matter(), filing.matter());
    }

    @Test
    void anActNeedsNoSightOfWhereAParticipantWasNamedFirst() {
        Piece filing = work.create(
                City.MSA,
                "filing",
                Scenes.other(
                        "ADMINISTRATIVE",
                        "ADMIN_TRADEMARK",
                        null,
                        UUID.randomUUID().toString()));
        String person = view(City.MSA, filing).at("/content/participants/0/id").asText();
        String named = Drafts.clue("", null, "\"matterId\": \"" + filing.matter() + "\",")
                .replaceFirst("\\{\"ref\": \"P1\",", "{\"ref\": \"P1\", \"id\": \"" + person + "\",");
        Piece clue = work.create(City.MSA, "clue", named);
        Piece transferred = work.transferred(City.MSA, clue, City.POLICE_DISTRICT);
        assertEquals(
                404,
                city.call(City.POLICE_DISTRICT, "GET", filing.path()).send().status());
        SignedAnswer seen =
                city.call(City.POLICE_DISTRICT, "GET", transferred.path()).send();
        SignedAnswer disposed = city.call(City.POLICE_DISTRICT, "POST", clue.path() + "/acts/dispose")
                .idempotencyKey()
                .ifMatch(seen.headers().firstValue("ETag").orElseThrow())
                .body(City.utf8("{}"))
                .send();
        assertEquals(200, disposed.status(), Casework.text(disposed));
    }

    private Piece accepted(Piece clue) {
        return work.act(City.MSA, work.act(City.MSA, clue, "triage", "{}"), "accept", "{}");
    }

    private JsonNode view(String unit, Piece piece) {
        return Casework.json(city.call(unit, "GET", piece.path()).send());
    }
}
