package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.agency.Directory;
import org.xietong.api.Casework.Piece;
import org.xietong.matter.Occurred;
import org.xietong.policy.PolicySource;
import org.xietong.record.CurrentPolicy;
import org.xietong.record.LaxPolicy;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Stages;
import org.xietong.testing.Stored;

/**
 * Whatever changes sight is told, for each cause: APPEARED to whom it opens; GONE, with the id alone, to whom it shuts out and who had
 * been told; to everybody else nothing.
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class FeedCausesTest {
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";
    private static final String COURT = "\"unit\": \"COURT-421200\"";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ALL = List.of(
            City.MSA,
            City.POLICE,
            City.PROC,
            City.COURT,
            City.IPO,
            City.COPYRIGHT,
            City.MSA_DISTRICT,
            City.POLICE_DISTRICT,
            City.PROC_DISTRICT,
            City.COURT_DISTRICT);

    @Inject
    Directory directory;

    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoKeys keys = new TwoKeys(city);
    private final Map<String, Feed> feeds = new TreeMap<>();

    /** Everybody reads up to now. */
    private void everybodyReads() {
        ALL.forEach(unit -> feeds.computeIfAbsent(unit, Feed::of).now());
    }

    /** Who is told what about the record, of all; and that GONE bears nothing else. */
    private Map<String, String> told(Piece piece) {
        Map<String, String> told = new TreeMap<>();
        feeds.forEach((unit, feed) -> {
            for (JsonNode entry : feed.read(100)) {
                if (entry.get("id").asText().equals(piece.id())) {
                    told.merge(unit, entry.get("type").asText(), (one, next) -> one + " " + next);
                }
                if (entry.get("type").asText().equals("GONE")) {
                    assertEquals(3, entry.size(), entry::toString);
                }
            }
        });
        return told;
    }

    @Test
    void ofAMilestoneThatIsSetAndRevoked() {
        CriminalCase it = CriminalCase.ofThePolice();
        Piece arrest = it.create(City.POLICE, "arrest", Stages.arrest(it.first()));
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first()));
        everybodyReads();
        it.indict(prosecution);
        assertEquals("APPEARED", told(arrest).get(City.COURT));
        Feed late = Feed.of(City.COURT_DISTRICT).now();
        it.act(
                City.PROC,
                prosecution,
                "withdraw",
                "{\"documentNumber\": \"咸检撤诉〔2023〕1号\"," + Stages.note("证据发生变化") + "}");
        assertEquals(Map.of(City.COURT, "GONE"), told(arrest));
        assertEquals(List.of(), late.about(arrest.id()));
    }

    @Test
    void ofAGrantThatIsGivenAndRevoked() {
        Piece clue = work.clue(City.MSA);
        everybodyReads();
        JsonNode granted = keys.granted(clue, TwoKeys.grant(COURT, "FULL", "\"PI\""));
        assertEquals(Map.of(City.COURT, "APPEARED"), told(clue));
        String revoke = clue.path() + "/grants/" + granted.get("id").asText() + "/revoke";
        TwoKeys.done(200, city.call(City.MSA, "POST", revoke).idempotencyKey().send());
        assertEquals(Map.of(City.COURT, "GONE"), told(clue));
    }

    /** By the clock alone; nobody acts. */
    @Test
    void ofAGrantThatEnds() {
        Piece clue = work.clue(City.MSA);
        JsonNode granted = keys.granted(clue, TwoKeys.grant(COURT, "FULL", "\"PI\""));
        everybodyReads();
        work.sql(
                "UPDATE xietong.record_grant SET until = now() WHERE id = ?",
                UUID.fromString(granted.get("id").asText()));
        work.sql(
                "UPDATE xietong.record_sight SET until = now() WHERE id = ? AND until IS NOT NULL",
                UUID.fromString(clue.id()));
        Stored.await(
                "the row to go",
                PATIENCE,
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.record_sight WHERE id = ?::uuid AND viewer = ?",
                                        clue.id(),
                                        City.COURT)
                        == 0);
        assertEquals(Map.of(City.COURT, "GONE"), told(clue));
    }

    /** Raised by amendment; lowered by two officers. The supervisor's row is statutory, so that he is not shut out. */
    @Test
    void ofALabelThatIsRaisedAndLowered() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        everybodyReads();
        String narrow = Scenes.label("WORK_SECRET_LIMITED", "\"units\": [\"IPO-421200\"]");
        clue = work.review(City.MSA, work.amend(City.MSA, clue, Drafts.clue("", null, TO_COURT + narrow)));
        Map<String, String> raised = told(clue);
        assertEquals("GONE", raised.get(City.COURT));
        assertEquals("GONE", raised.get(City.POLICE));
        assertTrue(raised.get(City.PROC).startsWith("CHANGED"), raised::toString);
        assertFalse(raised.containsKey(City.COURT_DISTRICT), "never saw it");
        JsonNode proposal = TwoKeys.done(
                201,
                city.signed(City.MSA, 1, "POST", clue.path() + "/label-lowerings")
                        .idempotencyKey()
                        .ifMatch(clue.etag())
                        .body(
                                City.utf8(
                                        "{\"label\": {\"level\": \"INTERNAL\"}, \"reason\": \"侦查已公开\", \"noStateSecret\": true}"))
                        .send());
        assertEquals(Map.of(), told(clue), "a proposal changes nothing");
        TwoKeys.done(
                200,
                city.signed(
                                City.MSA,
                                2,
                                "POST",
                                clue.path() + "/label-lowerings/"
                                        + proposal.get("id").asText() + "/confirm")
                        .idempotencyKey()
                        .ifMatch("*")
                        .body(TwoKeys.digest(proposal))
                        .send());
        Map<String, String> lowered = told(clue);
        assertEquals("APPEARED", lowered.get(City.COURT));
        assertEquals("APPEARED", lowered.get(City.POLICE));
    }

    /** Found by the next rebuild; {@code SightFollowsTermsTest} shows that the day itself brings it. */
    @Test
    void ofALabelWhoseTermHasCome() {
        String term = """
                "addressees": ["COURT-421200"], "label": {"level": "INTERNAL", "scope": {"units": ["IPO-421200"]},
                  "declassify": {"on": "2999-01-01"}},
                """;
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, term));
        everybodyReads();
        work.sql(
                "UPDATE xietong.record SET label = jsonb_set(label, '{declassify,on}', to_jsonb(?::text)) WHERE id = ?",
                LocalDate.now(Occurred.ZONE).toString(),
                UUID.fromString(clue.id()));
        restartSight(
                name -> (new String(PolicySource.shipped().read(name), StandardCharsets.UTF_8) + "# another version\n")
                        .getBytes(StandardCharsets.UTF_8));
        Map<String, String> told = told(clue);
        restartSight(PolicySource.shipped());
        assertEquals("APPEARED", told.get(City.COURT));
    }

    /** Another policy comes into force, and the first one again. */
    @Test
    void ofAPolicyThatChanges() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        everybodyReads();
        restartSight(withoutTheCourtAsAddressee());
        assertEquals(Map.of(City.COURT, "GONE"), told(clue));
        restartSight(PolicySource.shipped());
        assertEquals(Map.of(City.COURT, "APPEARED"), told(clue));
    }

    private static PolicySource withoutTheCourtAsAddressee() {
        return name -> {
            byte[] file = PolicySource.shipped().read(name);
            if (!name.equals("COURT.yaml")) {
                return file;
            }
            String text = new String(file, StandardCharsets.UTF_8);
            int begin = text.indexOf("  - id: COURT-CLUE-ADDRESSEE\n");
            int end = text.indexOf("\n  ", text.indexOf("basis:", begin)) + 1;
            return (text.substring(0, begin) + text.substring(end)).getBytes(StandardCharsets.UTF_8);
        };
    }

    /** The watch rebuilds once it finds another policy than the one that sight was made with. */
    private void restartSight(PolicySource source) {
        CurrentPolicy policy = new LaxPolicy(directory, source);
        QuarkusMock.installMockForType(policy, CurrentPolicy.class);
        String version = policy.policies().version();
        Stored.await(
                "sight to be rebuilt",
                PATIENCE,
                () -> city.stored()
                        .text("SELECT policy_version FROM xietong.sight_state")
                        .startsWith(version + ' '));
    }

    /** A unit that is taken out of the addressees, and one that was never in. */
    @Test
    void ofAnAmendmentThatTakesAUnitOut() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        everybodyReads();
        work.amend(City.MSA, clue, Drafts.clue(""));
        Map<String, String> told = told(clue);
        assertEquals("GONE", told.get(City.COURT));
        assertFalse(told.containsKey(City.COURT_DISTRICT), told::toString);
    }

    /** 删除: what is left is a tombstone, which stays in sight; who reads in full is told to drop his copy, and nobody is told that it is gone. */
    @Test
    void ofAnErasure() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(""));
        everybodyReads();
        new TwoErase(city, City.MSA).erased(TwoErase.record(clue.id()));
        Map<String, String> told = told(clue);
        assertEquals("CHANGED", told.get(City.MSA));
        assertEquals("CHANGED", told.get(City.PROC));
        assertFalse(told.containsValue("GONE"), told::toString);
        assertFalse(told.containsKey(City.COURT), told::toString);
    }

    /** 涉密误传: out of everybody's sight, the owner's too; who had not seen it learns nothing. */
    @Test
    void ofASpill() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        everybodyReads();
        TwoKeys.done(
                201,
                city.signed(City.POLICE, 1, "POST", "/v1/spills")
                        .idempotencyKey()
                        .body(City.utf8("{\"recordId\": \"" + clue.id() + "\", \"reason\": \"SUSPECTED\"}"))
                        .send());
        assertEquals(
                Map.of(
                        City.MSA,
                        "GONE",
                        City.POLICE,
                        "GONE",
                        City.PROC,
                        "GONE",
                        City.IPO,
                        "GONE",
                        City.COPYRIGHT,
                        "GONE"),
                told(clue));
    }
}
