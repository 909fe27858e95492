package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.PreparedRequest;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Papers;
import org.xietong.testing.Reply;

/** Attachments 附件 over the road: announced, sent, found by whoever sees their record whole, and by nobody else. */
@QuarkusTest
@WithTestResource(CityResource.class)
class AttachmentTest {
    private static final String PDF = "application/pdf";
    private static final byte[] PAPER = Papers.pdf("现场检查笔录", 200_000);

    private final Casework work = new Casework();
    private final City city = work.city();

    @ConfigProperty(name = "xietong.attachments.folder")
    Path folder;

    @Test
    void goesFromItsOwnerToWhomTheRecordWasTransferred() {
        Piece clue = work.clue(City.MSA);
        String id = attach(clue, "检查笔录.pdf", PAPER, "");
        Piece sent = work.transferred(City.MSA, clue, City.POLICE);

        JsonNode page = Casework.json(get(City.POLICE, sent.path() + "/attachments", 200));
        assertEquals(List.of(id), texts(page.path("items"), "id"));
        JsonNode view = Casework.json(get(City.POLICE, sent.path() + "/attachments/" + id, 200));
        assertEquals("检查笔录.pdf", view.path("name").asText());
        assertEquals("PAPER", view.path("original").asText());
        assertEquals("本局档案室", view.path("keptAt").asText());
        assertTrue(view.path("stored").asBoolean());
        assertEquals(Digests.hex(Digests.sm3(PAPER)), view.path("sm3").asText());

        SignedAnswer content = get(City.POLICE, sent.path() + "/attachments/" + id + "/content", 200);
        assertArrayEquals(PAPER, content.body());
        String digest = content.headers().firstValue("Content-Digest").orElseThrow();
        assertTrue(digest.contains("sha-256=:") && digest.contains("sm3=:"), digest);
        assertEquals(
                "nosniff",
                content.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertTrue(content.headers()
                .firstValue("Content-Disposition")
                .orElseThrow()
                .startsWith("attachment;"));
        String journaled = city.stored()
                .text(
                        "SELECT convert_from(bytes, 'UTF8') FROM xietong.journal_part WHERE entry_id = ?::uuid"
                                + " AND name = 'response'",
                        content.exchangeId());
        assertTrue(journaled.contains(digest.replace("\"", "")), "the entry says which bytes were shown");
    }

    @Test
    void isInNobodysSightBeforeItsBytesAreThere() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String id = announce(sent, "检查笔录.pdf", PAPER, "");
        assertEquals(
                1,
                Casework.json(get(City.MSA, sent.path() + "/attachments", 200))
                        .path("items")
                        .size());
        assertEquals(
                0,
                Casework.json(get(City.POLICE, sent.path() + "/attachments", 200))
                        .path("items")
                        .size());
        String at = sent.path() + "/attachments/";
        assertSame(other -> city.call(City.POLICE, "GET", at + other), id);
        assertSame(other -> city.call(City.POLICE, "GET", at + other + "/content"), id);
        get(City.MSA, at + id + "/content", 404);
    }

    /** Out of sight, or in sight but not in full: as if the record did not exist. */
    @Test
    void doesNotExistForWhoDoesNotSeeTheRecordInFull() {
        Piece filing = work.create(City.POLICE, "filing", Drafts.filing(null, ""));
        String id = attach(City.POLICE, filing, "立案决定书.pdf", PAPER, "");
        for (String tail : List.of("/attachments", "/attachments/" + id, "/attachments/" + id + "/content")) {
            assertSame(other -> city.call(City.COPYRIGHT, "GET", "/v1/filings/" + other + tail), filing.id());
        }
        assertSame(
                other -> city.call(City.COPYRIGHT, "POST", "/v1/filings/" + other + "/attachments")
                        .idempotencyKey()
                        .body(City.utf8(Papers.announcement("立案决定书.pdf", PDF, PAPER, ""))),
                filing.id());
        assertSame(
                other -> city.call(City.COPYRIGHT, "PUT", "/v1/filings/" + other + "/attachments/" + id + "/content")
                        .contentType(PDF)
                        .body(PAPER),
                filing.id());

        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        Piece seen = work.create(City.POLICE, "filing", Drafts.filing(UUID.fromString(clue.matter()), ""));
        Piece filed = work.act(City.POLICE, seen, "file", "{\"documentNumber\": \"咸公（食药环）立字〔2023〕1号\"}");
        attach(City.POLICE, filed, "立案决定书.pdf", PAPER, "");
        assertEquals(
                "SUMMARY",
                Casework.json(get(City.MSA, filed.path(), 200)).at("/meta/view").asText());
        assertEquals(
                AnswerShape.of(city, get(City.MSA, "/v1/filings/" + UUID.randomUUID() + "/attachments", 404))
                        .status(),
                get(City.MSA, filed.path() + "/attachments", 404).status());
    }

    @Test
    void showsToNoMachineWithoutAnOfficer() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String id = attach(sent, "检查笔录.pdf", PAPER, "");
        String content = sent.path() + "/attachments/" + id + "/content";
        get(City.PROC, content, 200);
        assertEquals(404, city.unattended(City.PROC, "GET", content).send().status());
    }

    @Test
    void isAddedByTheOwnerOnly() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String id = announce(sent, "检查笔录.pdf", PAPER, "");
        assertEquals(
                403,
                city.call(City.POLICE, "POST", sent.path() + "/attachments")
                        .idempotencyKey()
                        .body(City.utf8(Papers.announcement("检查笔录.pdf", PDF, PAPER, "")))
                        .send()
                        .status());
        assertEquals(
                403,
                city.call(City.POLICE, "PUT", sent.path() + "/attachments/" + id + "/content")
                        .contentType(PDF)
                        .body(PAPER)
                        .send()
                        .status());
        assertEquals(0, stored(id));
    }

    @Test
    void aboutTheInformantIsItsOwnersAlone() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String open = attach(sent, "检查笔录.pdf", PAPER, "");
        String closed = attach(sent, "举报信.pdf", Papers.pdf("举报", 100), "\"caveats\": [\"INFORMANT\"],");
        assertEquals(
                List.of(open),
                texts(
                        Casework.json(get(City.POLICE, sent.path() + "/attachments", 200))
                                .path("items"),
                        "id"));
        String at = sent.path() + "/attachments/";
        assertSame(other -> city.call(City.POLICE, "GET", at + other), closed);
        assertSame(other -> city.call(City.POLICE, "GET", at + other + "/content"), closed);
        get(City.MSA, at + closed + "/content", 200);
    }

    @Test
    void thatMustNotBeExportedIsListedAndNotHandedOut() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String id = attach(sent, "检查笔录.pdf", PAPER, "\"caveats\": [\"NO_EXPORT\"],");
        get(City.POLICE, sent.path() + "/attachments/" + id, 200);
        get(City.POLICE, sent.path() + "/attachments/" + id + "/content", 403);
        get(City.MSA, sent.path() + "/attachments/" + id + "/content", 200);
    }

    @Test
    void ofOtherBytesThanWereSignedIsRefusedAndLeavesNothing() throws IOException {
        Piece clue = work.clue(City.MSA);
        String id = announce(clue, "检查笔录.pdf", PAPER, "");
        byte[] other = PAPER.clone();
        other[150_000]++;
        byte[] shorter = java.util.Arrays.copyOf(PAPER, PAPER.length - 1);
        byte[] longer = java.util.Arrays.copyOf(PAPER, PAPER.length + 1);
        for (byte[] wrong : List.of(other, shorter)) {
            city.wire()
                    .send(put(clue, id, PAPER).prepare().withBody(wrong))
                    .requireJournaledProblem(401, "CONTENT_DIGEST_MISMATCH");
        }
        city.wire()
                .send(put(clue, id, PAPER).prepare().withBody(longer))
                .requireJournaledProblem(413, "BODY_TOO_LARGE");
        assertEquals(0, stored(id));
        assertEquals(List.of(), files("quarantine"));
        assertFalse(files("store").contains(Digests.hex(Digests.sha256(other))));
        assertEquals(200, put(clue, id, PAPER).send().status(), "the announcement still stands");
    }

    @Test
    void ofOtherBytesThanWereAnnouncedIsRefused() {
        Piece clue = work.clue(City.MSA);
        String id = announce(clue, "检查笔录.pdf", PAPER, "");
        Reply reply = city.wire().send(put(clue, id, Papers.pdf("other", 300)).prepare());
        assertEquals(
                List.of("content-digest DIFFERS_FROM_ANNOUNCEMENT"),
                reply.requireJournaledProblem(422, "INVALID_CONTENT").faults());
        Reply typed = city.wire()
                .send(city.call(City.MSA, "PUT", clue.path() + "/attachments/" + id + "/content")
                        .contentType("image/png")
                        .body(PAPER)
                        .prepare());
        assertEquals(
                List.of("content-type DIFFERS_FROM_ANNOUNCEMENT"),
                typed.requireJournaledProblem(422, "INVALID_CONTENT").faults());
    }

    @Test
    void isNotWhatItIsCalled() throws IOException {
        Piece clue = work.clue(City.MSA);
        Map<String, byte[]> wrong = Map.of(
                "笔录.pdf", "MZ program".getBytes(StandardCharsets.US_ASCII),
                "页面.pdf", "<html>%PDF-1.7</html>".getBytes(StandardCharsets.US_ASCII),
                "公文.ofd", Papers.zip(Map.of("word/vbaProject.bin", "macro")),
                "图.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.US_ASCII));
        for (Map.Entry<String, byte[]> file : wrong.entrySet()) {
            String type = file.getKey().endsWith("pdf")
                    ? PDF
                    : file.getKey().endsWith("ofd") ? "application/ofd" : "image/png";
            String id = Casework.json(city.call(City.MSA, "POST", clue.path() + "/attachments")
                            .idempotencyKey()
                            .body(City.utf8(Papers.announcement(file.getKey(), type, file.getValue(), "")))
                            .send())
                    .path("id")
                    .asText();
            city.wire()
                    .send(city.call(City.MSA, "PUT", clue.path() + "/attachments/" + id + "/content")
                            .contentType(type)
                            .body(file.getValue())
                            .prepare())
                    .requireJournaledProblem(422, "ATTACHMENT_REFUSED");
            assertEquals(0, stored(id));
        }
        assertEquals(List.of(), files("quarantine"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../笔录.pdf",
                "a/b.pdf",
                "a\\\\b.pdf",
                "笔录\\u202Efdp.exe",
                "笔录\\u200B.pdf",
                ".pdf",
                "笔录.pdf ",
                "笔录.exe",
                "笔录",
                "笔\\n录.pdf",
                "a\\\"b.pdf",
                "笔录.pdf.html",
                "C:笔录.pdf"
            })
    void hasAPlainName(String name) {
        Reply reply = city.wire()
                .send(city.call(City.MSA, "POST", work.clue(City.MSA).path() + "/attachments")
                        .idempotencyKey()
                        .body(City.utf8(Papers.announcement(name, PDF, PAPER, "")))
                        .prepare());
        assertTrue(reply.requireJournaledProblem(422, "INVALID_CONTENT")
                .faults()
                .getFirst()
                .startsWith("/name "));
    }

    @Test
    void whoseNameBearsAMarkIsRefused() {
        Piece clue = work.clue(City.MSA);
        city.wire()
                .send(city.call(City.MSA, "POST", clue.path() + "/attachments")
                        .idempotencyKey()
                        .body(City.utf8(Papers.announcement("绝密★1年 通报.pdf", PDF, PAPER, "")))
                        .prepare())
                .requireJournaledProblem(422, "STATE_SECRET_REFUSED");
    }

    @Test
    void isAnnouncedAndStoredOnce() {
        Piece clue = work.clue(City.MSA);
        Call call = city.call(City.MSA, "POST", clue.path() + "/attachments")
                .idempotencyKey("once-" + clue.id())
                .body(City.utf8(Papers.announcement("检查笔录.pdf", PDF, PAPER, "")));
        SignedAnswer first = call.send();
        SignedAnswer again = call.send();
        assertEquals(201, again.status());
        JsonNode repeated = Casework.json(again);
        assertEquals(Casework.json(first).path("id"), repeated.path("id"));
        assertTrue(repeated.path("repeated").asBoolean());
        assertEquals(first.exchangeId(), repeated.path("firstExchange").asText());
        String id = repeated.path("id").asText();
        assertEquals(200, put(clue, id, PAPER).send().status());
        String at = city.stored().text("SELECT stored_in FROM xietong.attachment WHERE id = ?::uuid", id);
        assertEquals(200, put(clue, id, PAPER).send().status());
        assertEquals(at, city.stored().text("SELECT stored_in FROM xietong.attachment WHERE id = ?::uuid", id));
    }

    @Test
    void standsOnPagesWithoutGaps() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = attach(sent, i + ".pdf", PAPER, i % 2 == 1 ? "\"caveats\": [\"INFORMANT\"]," : "");
            if (i % 2 == 0) {
                shown.addFirst(id);
            }
        }
        String at = sent.path() + "/attachments?limit=2";
        JsonNode first = Casework.json(get(City.POLICE, at, 200));
        JsonNode second = Casework.json(
                get(City.POLICE, at + "&after=" + first.path("next").asText(), 200));
        assertEquals(shown.subList(0, 2), texts(first.path("items"), "id"));
        assertEquals(shown.subList(2, 3), texts(second.path("items"), "id"));
        assertTrue(second.path("next").isMissingNode());
    }

    /** The last bytes of what was damaged never leave. */
    @Test
    void thatWasDamagedInTheStoreNeverArrivesWhole() throws IOException {
        Piece clue = work.clue(City.MSA);
        byte[] paper = Papers.pdf("damaged " + clue.id(), 300_000);
        String id = attach(clue, "检查笔录.pdf", paper, "");
        Path file = file(Digests.hex(Digests.sha256(paper)));
        byte[] damaged = paper.clone();
        damaged[1_000]++;
        Files.write(file, damaged);
        String target = clue.path() + "/attachments/" + id + "/content";
        PreparedRequest request = city.call(City.MSA, "GET", target).prepare();
        assertThrows(UncheckedIOException.class, () -> city.wire().send(request), "broken off");
        Files.delete(file);
        city.wire().send(city.call(City.MSA, "GET", target).prepare()).requireJournaledProblem(503, "UNAVAILABLE");
    }

    @Test
    void leavesNoByteWithoutItsEntry() {
        Piece clue = work.clue(City.MSA);
        String id = attach(clue, "检查笔录.pdf", PAPER, "");
        String late = announce(clue, "其他.pdf", PAPER, "");
        List<PreparedRequest> requests = List.of(
                city.call(City.MSA, "GET", clue.path() + "/attachments/" + id + "/content")
                        .prepare(),
                put(clue, late, PAPER).prepare());
        city.stored().execute("ALTER TABLE xietong.journal_entry RENAME TO hidden_away");
        try {
            for (PreparedRequest request : requests) {
                Reply reply = city.wire().send(request).requireProblem(503, "UNAVAILABLE");
                assertTrue(reply.body().length < 1_000);
            }
        } finally {
            city.stored().execute("ALTER TABLE xietong.hidden_away RENAME TO journal_entry");
        }
        assertEquals(0, stored(late));
    }

    @Test
    void namesParticipantsOfItsRecordOnly() {
        Piece clue = work.clue(City.MSA);
        Reply reply = city.wire()
                .send(city.call(City.MSA, "POST", clue.path() + "/attachments")
                        .idempotencyKey()
                        .body(City.utf8(Papers.announcement(
                                "检查笔录.pdf", PDF, PAPER, "\"participants\": [\"" + UUID.randomUUID() + "\"],")))
                        .prepare());
        assertEquals(
                List.of("/participants/0 UNKNOWN"),
                reply.requireJournaledProblem(422, "INVALID_CONTENT").faults());
    }

    /** In suite intl the signature covers SHA-256 alone: the SM3 that was announced must be of the bytes all the same. */
    @Test
    void ofAnotherSm3ThanWasAnnouncedIsRefusedInEitherSuite() {
        for (String unit : List.of(City.MSA, City.COPYRIGHT)) {
            Piece clue = work.clue(unit);
            String wrong = Papers.announcement("检查笔录.pdf", PDF, PAPER, "")
                    .replace(Digests.hex(Digests.sm3(PAPER)), Digests.hex(Digests.sm3(new byte[1])));
            String id = Casework.json(city.call(unit, "POST", clue.path() + "/attachments")
                            .idempotencyKey()
                            .body(City.utf8(wrong))
                            .send())
                    .path("id")
                    .asText();
            int status = city.call(unit, "PUT", clue.path() + "/attachments/" + id + "/content")
                    .contentType(PDF)
                    .body(PAPER)
                    .send()
                    .status();
            assertEquals(unit.equals(City.MSA) ? 422 : 401, status);
            assertEquals(0, stored(id));
        }
    }

    @Test
    void thatTheStoreHasLostStandsAgainOnceItIsSentAgain() throws IOException {
        Piece clue = work.clue(City.MSA);
        byte[] paper = Papers.pdf("lost " + clue.id(), 1_000);
        String id = attach(clue, "检查笔录.pdf", paper, "");
        Files.delete(file(Digests.hex(Digests.sha256(paper))));
        String content = clue.path() + "/attachments/" + id + "/content";
        get(City.MSA, content, 503);
        assertEquals(200, put(clue, id, paper).send().status());
        assertArrayEquals(paper, get(City.MSA, content, 200).body());
    }

    /** As where the disk is full. */
    @Test
    void thatTheStoreDoesNotTakeChangesNothingAndMayBeSentAgain() throws IOException {
        Piece clue = work.clue(City.MSA);
        byte[] paper = Papers.pdf("no room " + clue.id(), 1_000);
        String id = announce(clue, "检查笔录.pdf", paper, "");
        Path inTheWay = file(Digests.hex(Digests.sha256(paper))).getParent();
        Files.createDirectories(inTheWay.getParent());
        Files.deleteIfExists(inTheWay);
        Files.writeString(inTheWay, "no folder");
        city.wire().send(put(clue, id, paper).prepare()).requireJournaledProblem(503, "UNAVAILABLE");
        assertEquals(0, stored(id));
        assertEquals(List.of(), files("quarantine"));
        Files.delete(inTheWay);
        assertEquals(200, put(clue, id, paper).send().status());
    }

    /** Nothing breaks out of the header, and rare characters travel whole. */
    @Test
    void keepsAnyPlainNameOnItsWay() {
        Piece clue = work.clue(City.MSA);
        String name = "𠮷;%' (=)*.pdf".replace("*", "＊");
        String id = attach(clue, name, PAPER, "");
        SignedAnswer content = get(City.MSA, clue.path() + "/attachments/" + id + "/content", 200);
        String encoded =
                java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        assertEquals(
                "attachment; filename=\"" + id + ".pdf\"; filename*=UTF-8''" + encoded,
                content.headers().firstValue("Content-Disposition").orElseThrow());
        assertTrue(encoded.startsWith("%F0%A0%AE%B7%3B%25%27%20"), encoded);
    }

    /** A range or a condition gets the whole, or nothing: no part of it leaves under another digest. */
    @Test
    void isHandedOutWholeWhateverIsAskedOfIt() {
        Piece clue = work.clue(City.MSA);
        String id = attach(clue, "检查笔录.pdf", PAPER, "");
        PreparedRequest request = city.call(City.MSA, "GET", clue.path() + "/attachments/" + id + "/content")
                .prepare()
                .withHeader("range", "bytes=0-9")
                .withHeader("if-none-match", "*")
                .withHeader("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT");
        Reply reply = city.wire().send(request).requireStatus(200);
        assertEquals(PAPER.length, reply.body().length);
        assertEquals("no-store", reply.headers().firstValue("Cache-Control").orElseThrow());
        assertTrue(reply.headers().firstValue("ETag").isEmpty());
    }

    private interface Request {
        Call about(String id);
    }

    /** Equal answers and equal journal work for what is hidden and what does not exist. */
    private void assertSame(Request request, String hidden) {
        AnswerShape nonexistent =
                AnswerShape.of(city, request.about(UUID.randomUUID().toString()).send());
        assertEquals(404, nonexistent.status());
        assertEquals(nonexistent, AnswerShape.of(city, request.about(hidden).send()));
    }

    private String attach(Piece piece, String name, byte[] bytes, String more) {
        return attach(City.MSA, piece, name, bytes, more);
    }

    private String attach(String unit, Piece piece, String name, byte[] bytes, String more) {
        String id = announce(unit, piece, name, bytes, more);
        SignedAnswer stored = city.call(unit, "PUT", piece.path() + "/attachments/" + id + "/content")
                .contentType(PDF)
                .body(bytes)
                .send();
        assertEquals(200, stored.status(), Casework.text(stored));
        return id;
    }

    private String announce(Piece piece, String name, byte[] bytes, String more) {
        return announce(City.MSA, piece, name, bytes, more);
    }

    private String announce(String unit, Piece piece, String name, byte[] bytes, String more) {
        SignedAnswer announced = city.call(unit, "POST", piece.path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement(name, PDF, bytes, more)))
                .send();
        assertEquals(201, announced.status(), Casework.text(announced));
        return Casework.json(announced).path("id").asText();
    }

    private Call put(Piece piece, String id, byte[] bytes) {
        return city.call(City.MSA, "PUT", piece.path() + "/attachments/" + id + "/content")
                .contentType(PDF)
                .body(bytes);
    }

    private SignedAnswer get(String unit, String target, int status) {
        SignedAnswer answer = city.call(unit, "GET", target).send();
        assertEquals(status, answer.status(), () -> Casework.text(answer));
        assertNotEquals("", answer.exchangeId());
        return answer;
    }

    private long stored(String id) {
        return city.stored()
                .number("SELECT count(*) FROM xietong.attachment WHERE id = ?::uuid AND stored_at IS NOT NULL", id);
    }

    private List<String> files(String below) throws IOException {
        if (!Files.isDirectory(folder.resolve(below))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve(below))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private Path file(String sha256) {
        return folder.resolve("store")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private static List<String> texts(JsonNode items, String field) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.path(field).asText()));
        return texts;
    }
}
