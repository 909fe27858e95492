package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.NOWHERE;
import static org.xietong.api.TwoKeys.done;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stored;

/** A state secret that slipped in 涉密误传: out of sight by one officer, gone by two of the owner's (I7, I11). */
@QuarkusTest
@WithTestResource(CityResource.class)
class SpillTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoKeys keys = new TwoKeys(city);
    private final TwoErase two = new TwoErase(city, City.MSA);
    private final String canary = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final Piece sent =
            work.transferred(City.MSA, work.create(City.MSA, "clue", Drafts.clue(canary)), City.POLICE);

    @Test
    void oneOfficerWhoSeesItTakesItOutOfEverybodysSight() {
        Set<String> before = keys.ways(City.MSA, sent);
        assertTrue(before.contains("id") && before.contains("list"));
        JsonNode spill = done(201, report(City.POLICE).send());
        for (String unit : List.of(City.MSA, City.POLICE, City.PROC)) {
            assertEquals(NOWHERE, keys.ways(unit, sent), unit);
        }
        assertTrue(keys.sameAsNothing(City.MSA, "GET", sent.path(), sent.id()));
        assertTrue(keys.sameAsNothing(City.MSA, "GET", sent.path() + "/attachments", sent.id()));
        refused(404, "NOT_FOUND", report(City.POLICE).send());
        for (String unit : List.of(City.MSA, City.POLICE)) {
            JsonNode listed =
                    Casework.json(city.call(unit, "GET", "/v1/spills").send()).at("/items/0");
            assertEquals(spill.get("id"), listed.get("id"));
            assertFalse(listed.toString().contains(canary));
        }
        assertFalse(Casework.text(city.call(City.COURT, "GET", "/v1/spills").send())
                .contains(spill.get("id").asText()));
    }

    /** The body that brought it in is kept for its sender's evidence: while it is under quarantine it leaves by no bundle either. */
    @Test
    void leavesByNoBundleOfEvidence() {
        String written = city.stored()
                .text(
                        "SELECT exchange_id::text FROM xietong.record_version WHERE record_id = ?::uuid AND version = 1",
                        sent.id());
        String target = "/v1/exchanges/" + written + "/evidence";
        Stored.await("the log to hold it", Duration.ofSeconds(15), () -> {
            return city.call(City.MSA, "GET", target).send().status() == 200;
        });
        byte[] before = city.call(City.MSA, "GET", target).send().body();
        assertTrue(new String(before, StandardCharsets.ISO_8859_1).contains(canary), "stored without compression");
        done(201, report(City.POLICE).send());
        byte[] after = city.call(City.MSA, "GET", target).send().body();
        assertFalse(new String(after, StandardCharsets.ISO_8859_1).contains(canary));
        byte[] matter = city.call(City.MSA, "GET", "/v1/matters/" + sent.matter() + "/evidence")
                .send()
                .body();
        assertFalse(new String(matter, StandardCharsets.ISO_8859_1).contains(canary));
    }

    @Test
    void twoOfficersOfTheOwnerPurgeItAndATombstoneShows() {
        done(201, report(City.POLICE).send());
        refused(
                404,
                "NOT_FOUND",
                new TwoErase(city, City.POLICE).propose(1, purge()).send());
        two.erased(purge());
        assertEquals(Set.of(), city.stored().placesOf(canary));
        for (String unit : List.of(City.MSA, City.POLICE)) {
            JsonNode view = Casework.json(city.call(unit, "GET", sent.path()).send());
            assertEquals("SPILL", view.at("/erased/basis").asText(), unit);
        }
        assertTrue(Casework.json(city.call(City.POLICE, "GET", "/v1/spills").send())
                .at("/items/0")
                .has("endedAt"));
    }

    @Test
    void twoOfficersOfTheOwnerReleaseWhatWasNone() {
        Set<String> before = keys.ways(City.POLICE, sent);
        JsonNode spill = done(201, report(City.POLICE).send());
        String release = "/v1/spills/" + spill.get("id").asText() + "/release";
        String body = "{\"documentNumber\": \"咸市监密核〔2026〕2号\", \"reason\": \"经核实不涉密\", \"noStateSecret\": true}";
        refused(404, "NOT_FOUND", signed(City.POLICE, 1, release, body).send());
        JsonNode proposal = done(201, signed(City.MSA, 1, release, body).send());
        assertEquals(NOWHERE, keys.ways(City.POLICE, sent));
        refused(403, "SECOND_OFFICER_REQUIRED", two.approve(1, proposal).send());
        done(200, two.approve(2, proposal).send());
        assertEquals(before, keys.ways(City.POLICE, sent));
        assertTrue(
                Casework.text(city.call(City.POLICE, "GET", sent.path()).send()).contains(canary));
    }

    @Test
    void needsAnOfficersOwnSignatureAndSight() {
        String body = "{\"recordId\": \"" + sent.id() + "\", \"reason\": \"SUSPECTED\"}";
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.POLICE, "POST", "/v1/spills")
                        .idempotencyKey()
                        .body(City.utf8(body))
                        .send());
        refused(404, "NOT_FOUND", report(City.COURT).send());
        refused(
                422,
                "INVALID_CONTENT",
                signed(City.POLICE, 1, "/v1/spills", body.replace("SUSPECTED", "绝密"))
                        .send());
        assertEquals(200, city.call(City.MSA, "GET", sent.path()).send().status());
    }

    private String purge() {
        return TwoErase.record(sent.id()).replace("PIPL_47", "SPILL");
    }

    private Call report(String unit) {
        return signed(unit, 1, "/v1/spills", "{\"recordId\": \"" + sent.id() + "\", \"reason\": \"SUSPECTED\"}");
    }

    private Call signed(String unit, int officer, String path, String body) {
        return city.signed(unit, officer, "POST", path).idempotencyKey().body(City.utf8(body));
    }
}
