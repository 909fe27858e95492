package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;

/** A database that was restored from an older back-up: erased again before it serves, refused until an operator decides. */
class RestoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String canary = UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    @Test
    void anOlderDatabaseIsErasedAgainRefusedAndOpenedByADecisionThatStandsInTheLog() throws Exception {
        Map<String, String> configuration = new CityResource().start();
        String clue;
        String spilled;
        try (ServiceProcess service = ServiceProcess.start(configuration)) {
            City city = City.at(service.base(), configuration);
            clue = created(city, canary);
            spilled = created(city, "");
            awaitPublished(city, configuration);
        }
        Map<String, String> older = copied(configuration);
        long backedUp = new Stored(TestDatabase.get().superuser(database(older)))
                .number("SELECT size FROM xietong.ledger_head");

        try (ServiceProcess service = ServiceProcess.start(configuration)) {
            City city = City.at(service.base(), configuration);
            erase(city, clue);
            spill(city, spilled);
            created(city, "");
            awaitPublished(city, configuration);
        }
        String lost = checkpoint(configuration);

        // Two replicas, each with its own file outside, which the database sees both at once.
        List<ServiceProcess> both = Race.run(
                List.of(() -> ServiceProcess.startClosed(older), () -> ServiceProcess.startClosed(replica(older))));
        try (ServiceProcess service = both.getFirst();
                ServiceProcess other = both.getLast()) {
            City city = City.at(service.base(), older);
            assertEquals(503, plain(other, "GET", "/health/ready").statusCode());
            assertEquals(
                    1,
                    city.stored()
                            .number(
                                    "SELECT count(*) FROM xietong.record WHERE id = ?::uuid AND quarantined_by IS NOT NULL",
                                    spilled));
            assertEquals(1, city.stored().count("erasure"));
            assertEquals(1, city.stored().count("spill"));
            assertEquals(Set.of(), city.stored().placesOf(canary), "erased again before anybody is served");
            assertTrue(city.stored()
                            .text("SELECT replayed_at FROM xietong.erasure")
                            .length()
                    > 4);
            assertTrue((service.log() + other.log()).contains("已重做 1 项删除、1 项隔离"), service.log());

            long entries = city.stored().count("journal_entry");
            for (String path : new String[] {"/v1/clues/" + clue, "/v1/exchanges", "/v1/token"}) {
                HttpResponse<String> answer = plain(service, path.equals("/v1/token") ? "POST" : "GET", path);
                assertEquals(503, answer.statusCode());
                assertEquals(
                        "LOG_SET_BACK",
                        JSON.readTree(answer.body()).path("code").asText());
            }
            assertEquals(503, plain(service, "GET", "/health/ready").statusCode());
            assertTrue(plain(service, "GET", "/health/ready").body().contains("\"restored\": true"));
            assertEquals(entries, city.stored().count("journal_entry"));
            assertEquals(backedUp, city.stored().number("SELECT size FROM xietong.ledger_head"));
            assertEquals(lost, checkpoint(older), "what was published is not overwritten");

            String said = ServiceProcess.verb(
                    older, "ledger", "accept-restore", "--operator", "OPS-1", "--reason", "磁盘损坏，恢复昨日备份");
            assertTrue(said.startsWith("0 "), said);
            Stored.await("the service opens", PATIENCE, () -> ready(service));
            assertEquals(
                    "PIPL_47",
                    JSON.readTree(city.call(City.MSA, "GET", "/v1/clues/" + clue)
                                    .send()
                                    .body())
                            .at("/erased/basis")
                            .asText());
            assertEquals(
                    404,
                    city.call(City.MSA, "GET", "/v1/clues/" + spilled).send().status());
            assertEquals(1, city.stored().count("ledger_restore"));
            String entry = city.stored()
                    .text("SELECT id FROM xietong.exchange_index WHERE operation = 'LEDGER_ACCEPT_RESTORE'");
            Stored.await(
                    "the decision is in the log",
                    PATIENCE,
                    () -> city.stored()
                                    .number("SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", entry)
                            == 1);
            assertTrue(ServiceProcess.verb(older, "ledger", "accept-restore", "--operator", "OPS-1", "--reason", "x")
                    .startsWith("1 "));
            created(city, "");
            awaitPublished(city, older);
        }
        try (ServiceProcess again = ServiceProcess.start(older)) {
            assertFalse(again.log().contains("回退"), again.log());
        }
    }

    static String created(City city, String token) throws IOException {
        SignedAnswer answer = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue(token)))
                .send();
        assertEquals(201, answer.status());
        return JSON.readTree(answer.body()).get("id").asText();
    }

    private static void erase(City city, String clue) throws IOException {
        JsonNode proposal = JSON.readTree(city.signed(City.MSA, 1, "POST", "/v1/erasures")
                .idempotencyKey()
                .body(City.utf8(
                        "{\"recordId\": \"" + clue + "\", \"basis\": \"PIPL_47\", \"documentNumber\": \"咸市监删〔2026〕1号\","
                                + " \"reason\": \"本人申请\", \"noStateSecret\": true}"))
                .send()
                .body());
        assertEquals(
                200,
                city.signed(
                                City.MSA,
                                2,
                                "POST",
                                "/v1/erasures/" + proposal.get("id").asText() + "/approve")
                        .idempotencyKey()
                        .body(City.utf8(
                                "{\"digest\": \"" + proposal.get("digest").asText() + "\"}"))
                        .send()
                        .status());
    }

    private static void spill(City city, String clue) {
        assertEquals(
                201,
                city.signed(City.MSA, 1, "POST", "/v1/spills")
                        .idempotencyKey()
                        .body(City.utf8("{\"recordId\": \"" + clue + "\", \"reason\": \"SUSPECTED\"}"))
                        .send()
                        .status());
    }

    /** Another replica of the same service, with files of its own outside the database. */
    private static Map<String, String> replica(Map<String, String> configuration) throws IOException {
        Path log = Path.of(configuration.get("xietong.erasures.log"));
        Path outside = Files.createTempDirectory(log.getParent(), "replica");
        Map<String, String> replica = new LinkedHashMap<>(configuration);
        replica.put(
                "xietong.erasures.log",
                Files.copy(log, outside.resolve("erasures.log")).toString());
        replica.put("xietong.log.outside-folder", outside.toString());
        Files.copy(
                Path.of(configuration.get("xietong.log.outside-folder"), "checkpoint"), outside.resolve("checkpoint"));
        return replica;
    }

    /** Until everything that was answered stands in the checkpoint outside. */
    private static void awaitPublished(City city, Map<String, String> configuration) {
        Stored.await("the checkpoint outside is the newest", PATIENCE, () -> {
            String[] lines = checkpoint(configuration).split("\n");
            return city.stored().number("SELECT count(*) FROM xietong.journal_pending") == 0
                    && lines.length > 1
                    && lines[1].equals(city.stored().text("SELECT size FROM xietong.ledger_head"));
        });
    }

    private static String checkpoint(Map<String, String> configuration) {
        Path file = Path.of(configuration.get("xietong.log.outside-folder"), "checkpoint");
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Yesterday's back-up: the database as it is now, under another name. */
    static Map<String, String> copied(Map<String, String> configuration) {
        return copied(configuration, "_older");
    }

    static Map<String, String> copied(Map<String, String> configuration, String suffix) {
        String name = database(configuration) + suffix;
        new Stored(TestDatabase.get().superuser())
                .execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                                + database(configuration) + "'",
                        "CREATE DATABASE " + name + " TEMPLATE " + database(configuration));
        for (DatabaseRole role : DatabaseRole.values()) {
            new Stored(TestDatabase.get().superuser(name))
                    .execute(
                            "GRANT CONNECT ON DATABASE " + name + " TO " + role.username(),
                            "ALTER ROLE " + role.username() + " IN DATABASE " + name + " SET search_path = xietong");
        }
        Map<String, String> older = new LinkedHashMap<>(configuration);
        older.putAll(TestDatabase.get().configuration(name));
        older.replaceAll((key, value) -> value.equals(database(configuration)) ? name : value);
        return older;
    }

    static String database(Map<String, String> configuration) {
        String url = configuration.get("xietong.database.url");
        return url.substring(url.lastIndexOf('/') + 1);
    }

    static boolean ready(ServiceProcess service) {
        return plain(service, "GET", "/health/ready").statusCode() == 200;
    }

    static HttpResponse<String> plain(ServiceProcess service, String method, String path) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI at = service.base().resolve(path);
            return http.send(
                    HttpRequest.newBuilder(at)
                            .header("Content-Type", "application/json")
                            .method(
                                    method,
                                    method.equals("GET")
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
