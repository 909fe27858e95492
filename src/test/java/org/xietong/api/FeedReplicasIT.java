package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;

/** Two replicas, each with its own sequencer and watch, write and are read at once: one feed. A replica that stops keeps nobody waiting. */
class FeedReplicasIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EACH = 15;

    private static List<ServiceProcess> replicas = List.of();
    private static City first;
    private static City second;

    @BeforeAll
    static void start() {
        Map<String, String> configuration = new CityResource().start();
        replicas = Race.run(2, () -> ServiceProcess.start(configuration));
        first = City.at(replicas.getFirst().base(), configuration);
        second = first.at(replicas.getLast().base());
    }

    @AfterAll
    static void stop() {
        replicas.forEach(ServiceProcess::close);
    }

    @Test
    void readersOfBothReplicasHoldWhatIsInTheirSight() {
        AtomicInteger writing = new AtomicInteger(4);
        List<Callable<Set<String>>> all = new ArrayList<>();
        for (City city : List.of(first, second, first, second)) {
            all.add(() -> {
                for (int i = 0; i < EACH; i++) {
                    write(city, i);
                }
                writing.decrementAndGet();
                return Set.of();
            });
        }
        for (City city : List.of(first, second)) {
            all.add(() -> follow(city, writing));
        }
        List<Set<String>> held = Race.run(all);
        Set<String> seen = new TreeSet<>(
                first.stored().texts("SELECT id::text FROM xietong.record_sight WHERE viewer = ?", City.COURT));
        assertTrue(seen.size() >= 4 * EACH / 3, "the court sees a part of them");
        assertEquals(seen, held.get(4));
        assertEquals(seen, held.get(5));
    }

    private static void write(City city, int i) {
        String to = i % 2 == 0 ? "\"addressees\": [\"COURT-421200\"]," : "";
        SignedAnswer created = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("", null, to)))
                .send();
        assertEquals(201, created.status());
        if (i % 3 == 0) {
            String other = i % 2 == 0 ? "" : "\"addressees\": [\"COURT-421200\"],";
            assertEquals(
                    200,
                    city.signed(
                                    City.MSA,
                                    1,
                                    "PUT",
                                    "/v1/clues/" + json(created).get("id").asText())
                            .ifMatch(created.headers().firstValue("ETag").orElseThrow())
                            .body(City.utf8(Drafts.clue("", null, other)))
                            .send()
                            .status());
        }
    }

    /** Waits at one replica, page by page, until nobody writes and everything was told. */
    private static Set<String> follow(City city, AtomicInteger writing) {
        Set<String> holds = new TreeSet<>();
        String tally = "0".repeat(64);
        String after = "";
        boolean done;
        JsonNode page;
        do {
            done = writing.get() == 0
                    && city.stored().number("SELECT count(*) FROM xietong.sight_change WHERE position IS NULL") == 0;
            page = json(city.call(City.COURT, "GET", "/v1/changes?limit=100&wait=2" + after)
                    .send());
            assertEquals(tally, page.at("/window/from/sha256").asText());
            for (JsonNode entry : page.get("items")) {
                String id = entry.get("id").asText();
                switch (entry.get("type").asText()) {
                    case "APPEARED" -> holds.add(id);
                    case "GONE" -> assertTrue(holds.remove(id), "told that it went, and never that it came");
                    default -> assertTrue(holds.contains(id), "told that it changed, and never that it came");
                }
                tally = Feed.sha256(tally
                        + ' '
                        + entry.get("type").asText()
                        + ' '
                        + entry.get("kind").asText()
                        + ' '
                        + id);
            }
            assertEquals(tally, page.at("/window/to/sha256").asText());
            after = "&after=" + page.get("next").asText();
        } while (!done || page.get("more").asBoolean() || !page.get("items").isEmpty());
        return holds;
    }

    @Test
    void aReplicaThatStopsAnswersWhoWaitsThere() {
        Map<String, String> configuration = new CityResource().start();
        ServiceProcess service = ServiceProcess.start(configuration);
        City city = City.at(service.base(), configuration);
        CompletableFuture<SignedAnswer> answer = CompletableFuture.supplyAsync(
                () -> city.call(City.COURT, "GET", "/v1/changes?wait=30").send());
        Stored.await("one to wait", Duration.ofSeconds(20), () -> metrics(city).contains("xietong_feed_waiting 1.0"));
        long asked = System.nanoTime();
        service.stop();
        assertEquals(200, answer.join().status());
        assertEquals(0, json(answer.join()).get("items").size());
        assertTrue(System.nanoTime() - asked < Duration.ofSeconds(9).toNanos(), "it waited for who was waiting");
    }

    private static String metrics(City city) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(city.base().resolve("/metrics")).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(SignedAnswer answer) {
        try {
            return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
