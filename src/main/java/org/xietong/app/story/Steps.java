package org.xietong.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;

/** Signed calls of which the story is made; each says what happens and must get the answer of a success. */
final class Steps {
    private static final Map<String, String> TYPES = Map.of(".pdf", "application/pdf");

    private final Stage stage;
    private final Cast cast;

    Steps(Stage stage) {
        this.stage = stage;
        this.cast = stage.cast();
    }

    /** Registers a record with the officer's own key; gives it as its owner sees it. */
    JsonNode register(String unit, String path, String body, String zh, String en) {
        return Cast.json(stage.step(
                zh,
                en,
                201,
                cast.signed(unit, 1, "POST", path)
                        .idempotencyKey()
                        .body(utf8(body))
                        .send()));
    }

    /** As {@link #register}; gives the record's path. */
    String made(String unit, String path, String body, String zh, String en) {
        return path + "/" + register(unit, path, body, zh, en).path("id").asText();
    }

    /** Takes an act, signed by the unit's first officer, upon the record as the unit sees it. */
    void act(String unit, String path, String act, String body, String zh, String en) {
        act(unit, 1, path, act, body, zh, en);
    }

    /** As {@link #act}, signed by the second officer: who proposes does not approve his own proposal. */
    void actOfHead(String unit, String path, String act, String body, String zh, String en) {
        act(unit, 2, path, act, body, zh, en);
    }

    private void act(String unit, int officer, String path, String act, String body, String zh, String en) {
        SignedAnswer seen = cast.call(unit, "GET", path).send();
        stage.step(
                zh,
                en,
                200,
                cast.signed(unit, officer, "POST", path + "/acts/" + act)
                        .idempotencyKey()
                        .ifMatch(Cast.etag(seen))
                        .body(utf8("{" + body + "}"))
                        .send());
    }

    /** A correction by the owner, as a new version. */
    void amend(String unit, String path, String body, String zh, String en) {
        SignedAnswer seen = cast.call(unit, "GET", path).send();
        stage.step(
                zh,
                en,
                200,
                cast.signed(unit, 1, "PUT", path)
                        .ifMatch(Cast.etag(seen))
                        .body(utf8(body))
                        .send());
    }

    /** A call without precondition that brings something about. */
    JsonNode post(String unit, int officer, String path, String body, int status, String zh, String en) {
        return Cast.json(stage.step(
                zh,
                en,
                status,
                cast.signed(unit, officer, "POST", path)
                        .idempotencyKey()
                        .body(utf8(body))
                        .send()));
    }

    JsonNode read(String unit, String target) {
        return Cast.json(cast.call(unit, "GET", target).send());
    }

    /** Announces a file with both digests, and sends its bytes; gives its path. */
    String attach(String unit, String record, String name, byte[] bytes, String zh, String en) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.')), "application/octet-stream");
        JsonNode announced = post(
                unit,
                1,
                record + "/attachments",
                """
                {"name": "%s", "mediaType": "%s", "size": %d, "sha256": "%s", "sm3": "%s", "original": "PAPER",
                 "seal": "单位公章〔补〕", "volume": "1", "pages": "1", "keptAt": "本局档案室〔补〕", "noStateSecret": true}
                """.formatted(
                        name, type, bytes.length, Digests.hex(Digests.sha256(bytes)), Digests.hex(Digests.sm3(bytes))),
                201,
                zh,
                en);
        String path = record + "/attachments/" + announced.path("id").asText();
        stage.step(
                "附件字节上传：摘要相符才入库",
                "Its bytes are sent: stored only if they are those of the digests",
                200,
                cast.signed(unit, 1, "PUT", path + "/content")
                        .contentType(type)
                        .body(bytes)
                        .send());
        return path;
    }

    /** {@code occurred} of a day. */
    static String on(String day) {
        return "\"occurred\": {\"time\": \"%sT00:00:00+08:00\", \"precision\": \"DAY\"}".formatted(day);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
