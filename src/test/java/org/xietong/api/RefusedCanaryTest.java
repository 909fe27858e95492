package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.OfficerName;
import org.xietong.client.Purpose;
import org.xietong.client.RawAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;

/** What a refused request quoted is repeated by no error, no log line and no metric (I4). */
@QuarkusTest
@WithTestResource(CityResource.class)
class RefusedCanaryTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private final String canary = Canaries.token();
    private final Map<String, Call> refused = new LinkedHashMap<>();

    @Test
    void isRepeatedNowhere() throws IOException, InterruptedException {
        bodies();
        headers();
        queries();
        paths();
        conflicts();
        List<String> repeated = new ArrayList<>();
        try (ServerLog log = new ServerLog()) {
            refused.forEach((name, call) -> {
                RawAnswer answer = city.client(City.MSA).exchangeUnverified(call.prepare());
                assertTrue(answer.status() >= 400, name + " was not refused: " + answer.status());
                String whole = answer.headers().map() + new String(answer.body(), StandardCharsets.UTF_8);
                if (whole.contains(canary)) {
                    repeated.add(name + ": " + answer.status() + " " + whole);
                }
            });
            assertEquals(List.of(), repeated);
            city.client(City.MSA)
                    .exchangeUnverified(city.call(City.MSA, "OPTIONS", "/v1/clues/by-source/" + canary)
                            .prepare());
            assertEquals("", linesWith(canary, log.text()), "in the server's log");
        }
        assertEquals("", linesWith(canary, metrics()), "in the metrics");
    }

    private void bodies() {
        String draft = Drafts.clue("");
        body("an unknown field", draft.replace("\"content\": {", "\"content\": {\"unknown\": \"" + canary + "\","));
        body("no date", draft.replace("\"foundOn\": \"2023-01-03\"", "\"foundOn\": \"" + canary + "\""));
        body("no code", draft.replace("\"TRADEMARK\"", "\"" + canary + "\""));
        body("no type", draft.replaceFirst("\"NATURAL_PERSON\"", "\"" + canary + "\""));
        body("too long", draft.replace("销售假冒", canary.repeat(9)));
        body("no number", draft.replace("\"2840000\"", "\"" + canary + "\""));
        body("a false number", draft.replace("11010519491231002X", canary));
        body(
                "a dangling reference",
                draft.replace("\"ref\": \"P1\"", "\"ref\": \"P1\", \"represents\": \"" + canary + "\""));
        body("no time", draft.replace("2023-01-03T00:00:00+08:00", canary));
        body("an unknown unit", Drafts.clue("", null, "\"addressees\": [\"" + canary + "\"],"));
        body("an unknown matter", Drafts.clue("", null, "\"matterId\": \"" + canary + "\","));
        body("an unknown level", Drafts.clue("", null, "\"label\": {\"level\": \"" + canary + "\"},"));
        body(
                "an unknown basis",
                Drafts.clue(
                        "", null, "\"label\": {\"level\": \"INTERNAL\", \"basis\": {\"code\": \"" + canary + "\"}},"));
        body(
                "a malformed scope",
                Drafts.clue(
                        "",
                        null,
                        "\"label\": {\"level\": \"INTERNAL\", \"scope\": {\"units\": [\"? " + canary + "\"]}},"));
        body("a state secret", draft.replace("销售假冒", "绝密★" + canary));
        body(
                "no declaration",
                draft.replace(
                        "\"noStateSecret\": true", "\"noStateSecret\": false, \"documentNumber\": \"" + canary + "\""));
        body("half a body", "{\"sourceRef\": \"" + canary + "\"");
        body("two bodies", draft + "{\"a\": \"" + canary + "\"}");
        body("a name twice", "{\"sourceRef\": \"a\", \"sourceRef\": \"" + canary + "\"}");
        body("too deep", "{\"content\": " + "[".repeat(40) + "\"" + canary + "\"" + "]".repeat(40) + "}");
        body("no JSON", canary);
        body("an array", "[\"" + canary + "\"]");
        refused.put("a filing with a clue's content", post("/v1/filings").body(City.utf8(Drafts.clue(canary))));
        refused.put(
                "an explanation of an unknown kind",
                city.call(City.MSA, "POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"" + canary + "\", \"recordId\": \"" + canary + "\"}")));
    }

    private void headers() {
        Piece clue = work.clue(City.MSA);
        refused.put(
                "another tag",
                city.call(City.MSA, "PUT", clue.path())
                        .ifMatch("\"" + canary + "\"")
                        .body(City.utf8(Drafts.clue(canary))));
        refused.put(
                "an unknown officer",
                city.client(City.MSA)
                        .call("GET", clue.path())
                        .purpose(Purpose.of("case-handling"))
                        .officer(new OfficerName(canary, City.MSA, "ukey")));
        refused.put(
                "an officer of another unit",
                city.client(City.MSA)
                        .call("GET", clue.path())
                        .purpose(Purpose.of("case-handling"))
                        .officer(new OfficerName("MSA-421200-001", canary, "ukey")));
        refused.put(
                "an unknown purpose",
                city.client(City.MSA).call("GET", clue.path()).purpose(Purpose.of(canary)));
        refused.put(
                "an unknown legal basis",
                city.client(City.MSA).call("GET", clue.path()).purpose(Purpose.of("case-handling", canary, canary)));
        refused.put(
                "a malformed purpose",
                city.client(City.MSA).call("GET", clue.path()).header("exchange-purpose", "\"" + canary));
        refused.put(
                "a malformed key",
                city.call(City.MSA, "POST", "/v1/clues")
                        .header("idempotency-key", canary)
                        .body(City.utf8(Drafts.clue(""))));
        refused.put(
                "a bad token",
                city.client(City.MSA)
                        .call("GET", clue.path())
                        .purpose(Purpose.of("case-handling", "SC310_6", canary))
                        .header("exchange-officer", "?" + canary));
        refused.put(
                "an unknown media type",
                post("/v1/clues").contentType("text/" + canary).body(City.utf8(Drafts.clue(canary))));
        refused.put(
                "an unavailable format", city.call(City.MSA, "GET", clue.path()).header("accept", "text/" + canary));
    }

    private void queries() {
        for (String query : List.of("state", "matterId", "after", "limit", "count")) {
            refused.put("query " + query, city.call(City.MSA, "GET", "/v1/clues?" + query + "=" + canary));
        }
        for (String query : List.of("scope", "outcome", "recordId", "from", "after", "limit")) {
            refused.put("exchanges by " + query, city.call(City.MSA, "GET", "/v1/exchanges?" + query + "=" + canary));
        }
    }

    private void paths() {
        Piece clue = work.clue(City.MSA);
        for (String target : List.of(
                "/v1/clues/" + canary,
                "/v1/clues/" + canary + "/history",
                "/v1/matters/" + canary,
                "/v1/matters/" + canary + "/timeline",
                "/v1/exchanges/" + canary,
                "/v1/codes/" + canary,
                "/v1/" + canary,
                "/" + canary)) {
            refused.put("GET " + target, city.call(City.MSA, "GET", target));
        }
        refused.put(
                "an unknown act",
                post(clue.path() + "/acts/" + canary).ifMatch(clue.etag()).body(City.utf8("{}")));
        for (String method : List.of("DELETE", "PATCH", "POST", "GET", "HEAD", "TRACE")) {
            refused.put(method + " where it is not", city.call(City.MSA, method, "/v1/clues/by-source/" + canary));
        }
        refused.put(
                "an upsert that differs from its path",
                city.call(City.MSA, "PUT", "/v1/clues/by-source/" + canary)
                        .body(City.utf8(Drafts.clue(canary, "another", ""))));
    }

    private void conflicts() {
        String taken = canary + "-taken";
        work.create(City.MSA, "clue", Drafts.clue("", taken, ""));
        body("a source reference that is taken", Drafts.clue(canary, taken, ""));
        String key = canary + "-key";
        city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(Drafts.clue("")))
                .send();
        refused.put(
                "a key used again",
                city.call(City.MSA, "POST", "/v1/clues").idempotencyKey(key).body(City.utf8(Drafts.clue(canary))));
    }

    private void body(String name, String body) {
        assertTrue(body.contains(canary), name);
        refused.put(name, post("/v1/clues").body(City.utf8(body)));
    }

    private Call post(String target) {
        return city.call(City.MSA, "POST", target).idempotencyKey();
    }

    private static String linesWith(String token, String text) {
        return String.join(
                "\n", text.lines().filter(line -> line.contains(token)).toList());
    }

    private String metrics() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(city.base().resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
