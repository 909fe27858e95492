package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;

/** Proposals of one officer and their confirmation by another, for tests; and where a reader meets a record. */
final class TwoKeys {
    static final Set<String> NOWHERE = Set.of();
    static final Set<String> EVERYWHERE =
            Set.of("id", "history", "list", "count", "matter", "timeline", "explain", "matter list");

    private final City city;
    private final String owner;

    TwoKeys(City city) {
        this(city, City.MSA);
    }

    TwoKeys(City city, String owner) {
        this.city = city;
        this.owner = owner;
    }

    /** What is asked for: {@code to} is {@code "unit": …} or {@code "officer": …}. */
    static String grant(String to, String view, String caveats) {
        return """
                {%s, "purpose": "case-handling", "view": "%s", "caveats": [%s], "until": "%s", "reason": "共同办理",
                 "noStateSecret": true}
                """.formatted(to, view, caveats, OffsetDateTime.now().plusDays(30));
    }

    Call propose(Piece piece, String draft) {
        return city.signed(owner, 1, "POST", piece.path() + "/grants")
                .idempotencyKey()
                .body(City.utf8(draft));
    }

    Call approve(Piece piece, JsonNode grant, int officer) {
        return city.signed(
                        owner,
                        officer,
                        "POST",
                        piece.path() + "/grants/" + grant.get("id").asText() + "/approve")
                .idempotencyKey()
                .body(digest(grant));
    }

    JsonNode proposed(Piece piece, String draft) {
        return done(201, propose(piece, draft).send());
    }

    JsonNode granted(Piece piece, String draft) {
        JsonNode grant = proposed(piece, draft);
        return done(200, approve(piece, grant, 2).send());
    }

    static byte[] digest(JsonNode proposal) {
        return City.utf8("{\"digest\": \"" + proposal.get("digest").asText() + "\"}");
    }

    static JsonNode done(int status, SignedAnswer answer) {
        assertEquals(status, answer.status(), () -> Casework.text(answer));
        return Casework.json(answer);
    }

    static void refused(int status, String code, SignedAnswer answer) {
        assertEquals(
                status + " " + code,
                answer.status() + " " + Casework.json(answer).path("code").asText());
    }

    static void faulty(String code, String fault, SignedAnswer answer) {
        refused(422, code, answer);
        JsonNode first = Casework.json(answer).at("/faults/0");
        assertEquals(
                fault, first.path("field").asText() + " " + first.path("rule").asText());
    }

    /** The ways on which a reader meets the record. */
    Set<String> ways(BiFunction<String, String, Call> reader, Piece piece) {
        Set<String> ways = new HashSet<>();
        String all = "/v1/" + piece.kind() + "s";
        if (reader.apply("GET", piece.path()).send().status() == 200) {
            ways.add("id");
        }
        if (reader.apply("GET", piece.path() + "/history").send().status() == 200) {
            ways.add("history");
        }
        if (Casework.text(reader.apply("GET", all).send()).contains(piece.id())) {
            ways.add("list");
        }
        JsonNode list = Casework.json(reader.apply("GET", all + "?count=true&matterId=" + piece.matter())
                .send());
        if (list.path("count").asInt() > 0) {
            ways.add("count");
        }
        if (!list.path("items").isEmpty()) {
            ways.add("matter list");
        }
        if (reader.apply("GET", piece.matterPath()).send().status() == 200) {
            ways.add("matter");
        }
        if (reader.apply("GET", piece.matterPath() + "/timeline").send().status() == 200) {
            ways.add("timeline");
        }
        if (Casework.json(reader.apply("POST", "/v1/policy/explain")
                        .body(City.utf8("{\"kind\": \"" + piece.kind() + "\", \"recordId\": \"" + piece.id() + "\"}"))
                        .send())
                .path("visible")
                .asBoolean()) {
            ways.add("explain");
        }
        return ways;
    }

    Set<String> ways(String unit, Piece piece) {
        return ways((method, target) -> city.call(unit, method, target), piece);
    }

    Set<String> waysSigned(String unit, int officer, Piece piece) {
        return ways((method, target) -> city.signed(unit, officer, method, target), piece);
    }

    /** Whether a question about the record, or a part of it, is answered as if it were about nothing. */
    boolean sameAsNothing(String unit, String method, String path, String id) {
        String nothing = UUID.randomUUID().toString();
        return AnswerShape.of(city, ask(unit, method, path.replace(id, nothing)))
                .equals(AnswerShape.of(city, ask(unit, method, path)));
    }

    private SignedAnswer ask(String unit, String method, String path) {
        Call call = city.signed(unit, 1, method, path);
        if (method.equals("POST")) {
            call = call.idempotencyKey().ifMatch("\"x\"").body(City.utf8("{\"digest\": \"" + "0".repeat(64) + "\"}"));
        }
        return call.send();
    }
}
