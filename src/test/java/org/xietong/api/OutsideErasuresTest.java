package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.done;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stored;

/** What is kept of erasures and spills outside the database: nothing is lost of it while the disk does not take it. */
@QuarkusTest
@WithTestResource(CityResource.class)
@TestProfile(OutsideErasuresTest.Own.class)
class OutsideErasuresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoErase two = new TwoErase(city, City.MSA);

    @ConfigProperty(name = "xietong.erasures.log")
    Path log;

    public static final class Own implements QuarkusTestProfile {}

    @Test
    void whatTheDiskDidNotTakeIsFoundAndAppendedLater() throws IOException {
        String kept =
                two.erased(TwoErase.record(work.clue(City.MSA).id())).get("id").asText();
        assertTrue(Files.readString(log).contains(kept));
        assertEquals(0, behind());
        // Nobody can write a file where a folder stands.
        Path aside = Files.move(log, log.resolveSibling("aside"));
        Files.createDirectory(log);
        Files.createFile(log.resolve("full"));

        String missed =
                two.erased(TwoErase.record(work.clue(City.MSA).id())).get("id").asText();
        Piece spilled = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String spill = report(spilled);
        Stored.await("the alarm counts them", PATIENCE, () -> behind() >= 2);
        assertTrue(metrics().matches("(?s).*\nxietong_erasures_behind\\S* [1-9].*"), "and the gauge");

        Files.delete(log.resolve("full"));
        Files.delete(log);
        Files.move(aside, log);
        Stored.await("the alarm ends", PATIENCE, () -> behind() == 0);
        String text = Files.readString(log);
        assertTrue(text.contains(kept) && text.contains(missed) && text.contains(spill), text);
        assertEquals(text.lines().distinct().count(), text.lines().count());
    }

    @Test
    void aFileThatSomebodyCutIsMadeWholeAgain() throws IOException {
        String first =
                two.erased(TwoErase.record(work.clue(City.MSA).id())).get("id").asText();
        String second =
                two.erased(TwoErase.record(work.clue(City.MSA).id())).get("id").asText();
        Files.writeString(log, "");
        Stored.await("both are back", PATIENCE, () -> text().contains(first) && text().contains(second));
    }

    @Test
    void aSpillIsKeptWithoutAWordOfItsRecord() throws IOException {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String id = report(sent);
        String line = Files.readAllLines(log).stream()
                .filter(one -> one.contains(id))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains("QUARANTINE") && line.contains(sent.id()) && line.contains(City.POLICE), line);
        assertFalse(line.contains("白酒"));
    }

    private String report(Piece piece) {
        return done(
                        201,
                        city.signed(City.POLICE, 1, "POST", "/v1/spills")
                                .idempotencyKey()
                                .body(City.utf8("{\"recordId\": \"" + piece.id() + "\", \"reason\": \"SUSPECTED\"}"))
                                .send())
                .get("id")
                .asText();
    }

    private String text() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    /** As the operator sees it; the service stays up. */
    private static int behind() {
        JsonNode health = RestAssured.get("/health/ready")
                .then()
                .statusCode(200)
                .extract()
                .as(JsonNode.class);
        for (JsonNode check : health.get("checks")) {
            if (check.get("name").asText().equals("erasures")) {
                assertTrue(check.at("/data/keptOutside").asBoolean());
                return check.at("/data/behind").asInt();
            }
        }
        throw new IllegalStateException(health.toString());
    }

    private static String metrics() {
        return RestAssured.get("/metrics").asString();
    }
}
