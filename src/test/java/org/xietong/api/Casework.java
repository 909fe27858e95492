package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.Drafts;

/** Puts cases on the road for tests: every step is a signed call and must succeed. */
final class Casework {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final City city = City.current();

    /** A record as its owner last saw it. */
    record Piece(String kind, String id, String matter, String etag) {
        String path() {
            return collection(kind) + "/" + id;
        }

        String matterPath() {
            return "/v1/matters/" + matter;
        }
    }

    static String collection(String kind) {
        return kind.equals("penalty") ? "/v1/penalties" : "/v1/" + kind + "s";
    }

    City city() {
        return city;
    }

    Piece create(String unit, String kind, String draft) {
        return piece(
                kind,
                201,
                city.call(unit, "POST", collection(kind))
                        .idempotencyKey()
                        .body(City.utf8(draft))
                        .send());
    }

    /** Created with the first officer's own signature, as labels from WORK_SECRET up ask. */
    Piece createSigned(String unit, String kind, String draft) {
        return piece(
                kind,
                201,
                city.signed(unit, 1, "POST", collection(kind))
                        .idempotencyKey()
                        .body(City.utf8(draft))
                        .send());
    }

    Piece amend(String unit, Piece piece, String draft) {
        return piece(
                piece.kind(),
                200,
                city.signed(unit, 1, "PUT", piece.path())
                        .ifMatch(piece.etag())
                        .body(City.utf8(draft))
                        .send());
    }

    Piece act(String unit, Piece piece, String act, String body) {
        return piece(
                piece.kind(),
                200,
                city.signed(unit, 1, "POST", piece.path() + "/acts/" + act)
                        .idempotencyKey()
                        .ifMatch(piece.etag())
                        .body(City.utf8(body))
                        .send());
    }

    /** The second officer's signature under the label. */
    Piece review(String unit, Piece piece) {
        return piece(
                piece.kind(),
                200,
                city.signed(unit, 2, "POST", piece.path() + "/label-review")
                        .idempotencyKey()
                        .ifMatch(piece.etag())
                        .send());
    }

    Piece clue(String unit) {
        return create(unit, "clue", Drafts.clue(""));
    }

    /** A clue that has been handed over to these units. */
    Piece transferred(String unit, Piece clue, String... to) {
        return act(
                unit,
                act(unit, act(unit, clue, "triage", "{}"), "accept", "{}"),
                "transfer",
                "{\"documentNumber\": \"咸市监移〔2023〕1号\", \"addressees\": [\"" + String.join("\", \"", to) + "\"]}");
    }

    /** A milestone for one participant of a record, as a later kind will set it; whoever writes next brings sight in step. */
    void milestone(Piece piece, String participant, String milestone) {
        sql(
                "INSERT INTO xietong.milestone (id, matter_id, filing_id, record_id, participant, milestone,"
                        + " set_by, set_at) VALUES (?, ?, ?, ?, ?, ?, ?, now())",
                UUID.randomUUID(),
                UUID.fromString(piece.matter()),
                UUID.fromString(piece.id()),
                UUID.fromString(piece.id()),
                UUID.fromString(participant),
                milestone,
                City.POLICE);
    }

    void sql(String sql, Object... values) {
        try (Connection connection = city.superuser().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(SignedAnswer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(SignedAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Piece piece(String kind, int status, SignedAnswer answer) {
        if (answer.status() != status) {
            throw new AssertionError(answer.status() + " " + text(answer));
        }
        JsonNode view = json(answer);
        return new Piece(
                kind,
                view.get("id").asText(),
                view.get("matterId").asText(),
                answer.headers().firstValue("ETag").orElseThrow());
    }
}
