package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Registered;
import org.xietong.testing.Stored;

/** The index has one key, and is made anew from what is stored. */
@QuarkusTest
@WithTestResource(CityResource.class)
class BlindIndexBuildTest {
    private static final String ROWS =
            "SELECT encode(digest, 'hex') || participant || subject || matter FROM xietong.blind_index ORDER BY 1";

    @Inject
    BlindIndexBuild build;

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final City city = City.current();
    private final Stored stored = city.stored();

    @Test
    void anotherKeyThanTheIndexWasMadeWithStopsTheStart() {
        String key = stored.text("SELECT encode(check_value, 'hex') FROM xietong.blind_index_key");
        stored.execute("UPDATE xietong.blind_index_key SET check_value = decode(repeat('00', 32), 'hex')");
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> build.begin(new StartupEvent()));
        assertTrue(refused.getMessage().contains("xietong.keys.blind-index"), refused.getMessage());
        stored.execute("UPDATE xietong.blind_index_key SET check_value = decode('" + key + "', 'hex')");
    }

    @Test
    void aNewIndexIsFilledFromTheStoredVersions() throws Exception {
        Registered.clue(city);
        List<String> before = stored.texts(ROWS);
        assertTrue(before.size() > 0, "nothing to find again");
        stored.execute("TRUNCATE xietong.blind_index", "DELETE FROM xietong.blind_index_key");
        build.begin(new StartupEvent());
        Stored.await("complete", Duration.ofSeconds(60), build::isComplete);
        assertEquals(before, stored.texts(ROWS));
    }

    /** What the build has read and not written yet is not written behind an erasure. */
    @Test
    void anErasureUnderWayIsNotUndoneByTheBuild() throws Exception {
        String record = Registered.clue(city).id().toString();
        String digest =
                stored.text("SELECT encode(digest, 'hex') FROM xietong.blind_index WHERE subject = ?::uuid", record);
        JsonNode proposal = json(
                erasing(
                        1,
                        "",
                        "{\"recordId\": \"" + record
                                + "\", \"basis\": \"PIPL_47\", \"documentNumber\": \"1号\", \"reason\": \"申请\", \"noStateSecret\": true}"));
        stored.execute("TRUNCATE xietong.blind_index", "DELETE FROM xietong.blind_index_key");
        CompletableFuture<SignedAnswer> erasure;
        try (Connection other = stored.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            // A row of the same key: whoever writes it waits for us.
            statement.execute("INSERT INTO xietong.blind_index SELECT decode('" + digest + "', 'hex'), p, '" + record
                    + "', gen_random_uuid(), 'k' FROM (SELECT unnest(participants) AS p FROM xietong.record WHERE id = '"
                    + record + "') r");
            build.begin(new StartupEvent());
            Stored.await("the build waits", Duration.ofSeconds(60), () -> waiting() == 1);
            erasure = CompletableFuture.supplyAsync(() -> erasing(
                    2,
                    "/" + proposal.get("id").asText() + "/approve",
                    "{\"digest\": \"" + proposal.get("digest").asText() + "\"}"));
            Stored.await("the erasure is done, or waits too", PATIENCE, () -> erasure.isDone() || waiting() == 2);
            other.rollback();
        }
        assertEquals(200, erasure.get(30, TimeUnit.SECONDS).status());
        Stored.await("complete", Duration.ofSeconds(60), build::isComplete);
        assertEquals(0, stored.number("SELECT count(*) FROM xietong.blind_index WHERE subject = ?::uuid", record));
    }

    private long waiting() {
        return stored.number(
                "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
                        + " WHERE NOT l.granted AND l.locktype IN ('transactionid', 'tuple') AND a.datname = current_database()");
    }

    private SignedAnswer erasing(int officer, String path, String body) {
        return city.signed(City.MSA, officer, "POST", "/v1/erasures" + path)
                .idempotencyKey()
                .body(City.utf8(body))
                .send();
    }

    private static JsonNode json(SignedAnswer answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }
}
