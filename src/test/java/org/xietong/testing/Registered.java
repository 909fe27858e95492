package org.xietong.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.xietong.client.SignedAnswer;

/**
 * A record that a test has just registered.
 *
 * @param path of the record
 * @param etag as its owner got it
 */
public record Registered(String path, String etag, JsonNode json) {
    /** A clue of the market inspection, in every field. */
    public static Registered clue(City city) {
        return of(
                "/v1/clues/",
                city.call(City.MSA, "POST", "/v1/clues")
                        .idempotencyKey()
                        .body(City.utf8(Drafts.clue("")))
                        .send());
    }

    /** What an answer to a write shows; {@code collection} ends with a slash. */
    public static Registered of(String collection, SignedAnswer answer) {
        Reply reply = new Reply(answer.status(), answer.headers(), answer.body());
        if (reply.status() >= 300) {
            throw new IllegalStateException(reply.text());
        }
        return new Registered(collection + reply.json().get("id").asText(), reply.etag(), reply.json());
    }

    public UUID id() {
        return UUID.fromString(json.get("id").asText());
    }

    public UUID matter() {
        return UUID.fromString(json.get("matterId").asText());
    }
}
