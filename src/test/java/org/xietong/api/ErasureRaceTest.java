package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.HeldJournal.result;
import static org.xietong.api.TwoKeys.done;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Papers;
import org.xietong.testing.Stored;

/** What is under way while an erasure is committed leaves nothing behind it, by whichever road it goes (I9). */
@QuarkusTest
@WithTestResource(CityResource.class)
class ErasureRaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoErase two = new TwoErase(city, City.MSA);
    private final String canary = UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    @ConfigProperty(name = "xietong.attachments.folder")
    Path folder;

    /** Roads by which content is read. */
    enum Road {
        RECORD_READ("%1$s"),
        RECORD_LIST("/v1/clues?matterId=%2$s"),
        RECORD_HISTORY("%1$s/history"),
        MATTER_TIMELINE("%3$s/timeline"),
        MATTER_READ("%3$s"),
        CHANGES_READ("/v1/changes"),
        CORRECTION_LIST("%1$s/corrections"),
        ATTACHMENT_LIST("%1$s/attachments");

        final String target;

        Road(String target) {
            this.target = target;
        }

        String of(Piece piece) {
            return target.formatted(piece.path(), piece.matter(), piece.matterPath());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadIsSweptUpBehindTheErasure(Road road) throws SQLException {
        String newest = road == Road.CHANGES_READ ? newest() : "";
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        if (road == Road.CHANGES_READ) {
            Stored.await(
                    "it is in the feed",
                    PATIENCE,
                    () -> Casework.text(city.call(City.MSA, "GET", road.of(clue) + newest)
                                    .send())
                            .contains(clue.id()));
        }
        SignedAnswer read = underWay(
                "NEW.operation = '" + road + "'",
                city.call(City.MSA, "GET", road.of(clue) + newest),
                two.proposed(TwoErase.record(clue.id())));
        assertEquals(200, read.status());
        Stored.await("its parts are gone", PATIENCE, () -> {
            pauseIsOver();
            return parts(read.exchangeId(), "request", "response", "disclosed", clue.id())
                    .isEmpty();
        });
        assertEquals(List.of("decision"), left(read.exchangeId(), "decision"));
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.exchange_participant WHERE entry_id = ?::uuid AND subject = ?::uuid",
                                read.exchangeId(),
                                clue.id()));
    }

    /** As if the pause before the next sweep had passed; the others below wait for it, and for the service's own round. */
    private void pauseIsOver() {
        city.stored().execute("UPDATE xietong.erasure_sweep SET swept_at = NULL", "SELECT xietong.sweep_erasures()");
    }

    @Test
    void aReadOfAParticipantIsSweptUpToo() throws SQLException {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        String person = Casework.json(city.call(City.MSA, "GET", clue.path()).send())
                .at("/content/participants/0/id")
                .asText();
        SignedAnswer read = underWay(
                "NEW.operation = 'RECORD_READ'",
                city.call(City.MSA, "GET", clue.path()),
                two.proposed(TwoErase.draft("\"participantId\": \"" + person + "\", \"freeText\": false")));
        Stored.await(
                "its parts are gone",
                PATIENCE,
                () -> left(read.exchangeId(), "request", "response").isEmpty());
        assertEquals(List.of("disclosed"), left(read.exchangeId(), "disclosed"), "that it was disclosed stays");
    }

    @Test
    void aDownloadIsSweptUpToo() throws SQLException {
        Piece clue = work.clue(City.MSA);
        byte[] paper = Papers.pdf(canary, 2_000);
        String at = announced(clue, paper);
        done(200, put(at, paper).body(paper).send());
        // Written in percent, as a path may be.
        String target = at.substring(0, at.length() - 1) + "%3" + at.charAt(at.length() - 1) + "/content";
        boolean digit = Character.isDigit(at.charAt(at.length() - 1));
        JsonNode proposal =
                two.proposed(TwoErase.draft("\"attachmentId\": \"" + at.substring(at.lastIndexOf('/') + 1) + "\""));
        try (HeldJournal held = new HeldJournal(city.stored(), "NEW.operation = 'ATTACHMENT_DOWNLOAD'")) {
            // Its bytes may be gone once it is let go: then it breaks off.
            held.begin(city.call(City.MSA, "GET", digit ? target : at + "/content")::send);
            done(200, two.approve(2, proposal).send());
            held.release();
        }
        Stored.await(
                "it is journaled",
                PATIENCE,
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.exchange_index WHERE operation = 'ATTACHMENT_DOWNLOAD'")
                        > 0);
        Stored.await(
                "its digest is gone",
                PATIENCE,
                () -> city.stored()
                        .placesOf(Base64.getEncoder().encodeToString(Digests.sha256(paper)))
                        .isEmpty());
    }

    /** Refused for another reason, before the erasure; what its request says of the body goes with it. */
    @Test
    void aRefusedWriteIsSweptUpToo() throws SQLException {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        byte[] body = City.utf8(Drafts.clue(canary + "改"));
        SignedAnswer write = underWay(
                "NEW.operation = 'RECORD_AMEND' AND NEW.outcome <> 'PERMIT'",
                city.call(City.MSA, "PUT", clue.path()).ifMatch("\"stale\"").body(body),
                two.proposed(TwoErase.record(clue.id())));
        refused(412, "PRECONDITION_FAILED", write);
        awaitNoDigest(body);
    }

    @Test
    void aRepeatedWriteIsSweptUpToo() throws SQLException {
        byte[] body = City.utf8(Drafts.clue(canary));
        Call create = city.call(City.MSA, "POST", "/v1/clues").idempotencyKey().body(body);
        String id = done(201, create.send()).get("id").asText();
        SignedAnswer repeat = underWay("NEW.rule = 'IDEMPOTENT_REPEAT'", create, two.proposed(TwoErase.record(id)));
        assertEquals(201, repeat.status());
        awaitNoDigest(body);
    }

    /** The lines of one body are exchanges of their own, and each repeats the digest of all. */
    @Test
    void theRestOfABulkIsSweptUpToo() throws Exception {
        Piece other = work.create(City.MSA, "clue", Drafts.clue("", "ref-" + canary, ""));
        String first = line("\"idempotencyKey\": \"" + canary + "\"", Drafts.clue(canary));
        String second = line("\"sourceRef\": \"ref-" + canary + "\"", Drafts.clue("x"));
        byte[] body = City.utf8(first + "\n" + second + "\n");
        Call bulk = city.call(City.MSA, "POST", "/v1/clues/bulk")
                .contentType("application/x-ndjson")
                .body(body);
        SignedAnswer answer;
        try (HeldJournal held = new HeldJournal(city.stored(), "NEW.operation = 'RECORD_UPSERT'")) {
            Future<SignedAnswer> under = held.begin(bulk::send);
            String created = city.stored().text("SELECT record_id FROM xietong.idempotency WHERE key = ?", canary);
            done(200, two.approve(2, two.proposed(TwoErase.record(created))).send());
            held.release();
            answer = result(under);
        }
        assertEquals(200, answer.status());
        awaitNoDigest(body);
        assertEquals(200, city.call(City.MSA, "GET", other.path()).send().status());
    }

    /** It holds the matter while it writes: either it comes before the erasure, or it finds nothing to correct any more. */
    @Test
    void aCorrectionUnderWayGoesWithTheRecord() throws SQLException {
        Piece clue = work.transferred(City.MSA, work.create(City.MSA, "clue", Drafts.clue("")), City.POLICE);
        JsonNode proposal = two.proposed(TwoErase.record(clue.id()));
        Call correction = city.call(City.POLICE, "POST", clue.path() + "/corrections")
                .idempotencyKey()
                .body(City.utf8(
                        "{\"fields\": [\"/content/title\"], \"reason\": \"" + canary + "\", \"noStateSecret\": true}"));
        try (HeldJournal held = new HeldJournal(city.stored(), "NEW.operation = 'CORRECTION_REQUEST'")) {
            Future<SignedAnswer> under = held.begin(correction::send);
            Future<SignedAnswer> erasure =
                    held.against(() -> two.approve(2, proposal).send());
            held.release();
            assertEquals(201, result(under).status());
            assertEquals(200, result(erasure).status());
        }
        Stored.await(
                "nothing of it is left",
                PATIENCE,
                () -> city.stored().placesOf(canary).isEmpty());
        assertEquals(
                0,
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.journal_part p JOIN xietong.exchange_index i ON i.id = p.entry_id"
                                        + " JOIN xietong.correction c ON c.exchange_id = i.id WHERE p.name = 'changed' AND c.record_id = ?::uuid",
                                clue.id()));
    }

    @Test
    void anUploadUnderWayLeavesNeitherBytesNorDigest() throws Exception {
        Piece clue = work.clue(City.MSA);
        byte[] paper = Papers.pdf(canary, 40_000);
        String at = announced(clue, paper);
        try (HeldUpload upload = HeldUpload.begin(city, put(at, paper), paper)) {
            Stored.await("the bytes are coming in", PATIENCE, () -> quarantined() > 0);
            two.erased(TwoErase.record(clue.id()));
            assertEquals(410, upload.finish());
        }
        awaitNoDigest(paper);
        String sha256 = Digests.hex(Digests.sha256(paper));
        assertEquals(Set.of(), city.stored().placesOf(sha256));
        assertFalse(Files.exists(folder.resolve("store")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256)));
        Stored.await("it is taken in no more", PATIENCE, () -> quarantined() == 0);
    }

    /** Whoever comes later, with the same or with another request, leaves no digest of its body either. */
    @Test
    void whatIsSentForAnErasedRecordIsWithheld() {
        byte[] body = City.utf8(Drafts.clue(canary));
        Call create = city.call(City.MSA, "POST", "/v1/clues").idempotencyKey().body(body);
        Piece clue = new Piece("clue", done(201, create.send()).get("id").asText(), "", "\"x\"");
        two.erased(TwoErase.record(clue.id()));
        settle();
        SignedAnswer again = create.send();
        refused(410, "ERASED", again);
        refused(
                410,
                "ERASED",
                city.call(City.MSA, "PUT", clue.path())
                        .ifMatch("\"x\"")
                        .body(body)
                        .send());
        awaitNoDigest(body);
        String request = part(again.exchangeId());
        assertTrue(request.contains("\"withheld\":\"ERASED\"") && !request.contains("signature"), request);
        assertEquals(
                200,
                city.call(City.MSA, "GET", "/v1/exchanges/" + again.exchangeId())
                        .send()
                        .status());
    }

    @Test
    void aBulkBodySentAgainIsWithheldInAllItsLines() {
        String key = "\"idempotencyKey\": \"" + canary;
        byte[] body =
                City.utf8(line(key + "-a\"", Drafts.clue("")) + "\n" + line(key + "-b\"", Drafts.clue(canary)) + "\n");
        Call bulk = city.call(City.MSA, "POST", "/v1/clues/bulk")
                .contentType("application/x-ndjson")
                .body(body);
        JsonNode lines = done(200, bulk.send()).get("lines");
        two.erased(TwoErase.record(lines.get(1).get("id").asText()));
        settle();
        JsonNode again = done(200, bulk.send()).get("lines");
        assertEquals(201, again.get(0).get("status").asInt());
        assertEquals(410, again.get(1).get("status").asInt());
        awaitNoDigest(body);
    }

    /** The others' lines are no part of what was erased: however soon they come, they keep their own digests. */
    @Test
    void aBulkBodySentAgainAtOnceKeepsItsOtherLinesDigests() {
        String key = "\"idempotencyKey\": \"" + canary;
        String erased = line(key + "-a\"", Drafts.clue(canary));
        JsonNode first = done(200, bulk(City.utf8(erased + "\n")).send()).get("lines");
        two.erased(TwoErase.record(first.get(0).get("id").asText()));
        String other = line(key + "-b\"", Drafts.clue(""));
        byte[] body = City.utf8(other + "\n" + erased + "\n");
        JsonNode again = done(200, bulk(body).send()).get("lines");
        assertEquals(201, again.get(0).get("status").asInt());
        assertEquals(410, again.get(1).get("status").asInt());
        sweptAgain();
        String request = part(again.get(0).get("exchangeId").asText());
        assertTrue(request.contains(Digests.hex(Digests.sha256(City.utf8(other)))), request);
        assertTrue(request.contains("\"withheld\":\"BESIDE_ERASED\""), request);
        awaitNoDigest(body);
    }

    /** Evidence of exchanges that met the tombstone stays whole, though they came at once. */
    @Test
    void whoReadsTheTombstoneKeepsHisEvidence() {
        Piece clue = work.clue(City.MSA);
        two.erased(TwoErase.record(clue.id()));
        SignedAnswer read = city.call(City.MSA, "GET", clue.path()).send();
        sweptAgain();
        assertEquals(
                List.of("disclosed", "request", "response"),
                left(read.exchangeId(), "disclosed", "request", "response"));
    }

    /** In percent, a path names what it names. */
    @Test
    void aRefusedRequestIsFoundHoweverItsPathIsWritten() {
        Piece clue = work.clue(City.MSA);
        String id = clue.id();
        StringBuilder percent = new StringBuilder();
        id.chars().forEach(c -> percent.append("%%%02X".formatted(c)));
        byte[] body = City.utf8("{\"note\": \"" + canary + "\"");
        SignedAnswer path = city.call(City.MSA, "PUT", "/v1/clues/" + percent)
                .ifMatch("\"x\"")
                .body(body)
                .send();
        assertEquals(400, path.status(), Casework.text(path));
        SignedAnswer query = city.call(City.MSA, "GET", "/v1/clues?limit=0&matterId=" + percent)
                .send();
        assertEquals(422, query.status(), Casework.text(query));
        assertEquals(2, left(path.exchangeId(), "request", "response").size());
        two.erased(TwoErase.record(id));
        assertEquals(List.of(), left(path.exchangeId(), "request", "response"));
        assertEquals(List.of(), left(query.exchangeId(), "request", "response"));
    }

    /** An upsert names the record by the case system's own id alone. */
    @Test
    void aRefusedRequestIsFoundThatNamedTheRecordByItsSource() {
        work.create(City.MSA, "clue", Drafts.clue("", "ref-" + canary, ""));
        // Lowering a label is no amendment's business: refused once the record is found.
        String draft = Drafts.clue(canary, null, "\"label\": {\"level\": \"PUBLIC\"},");
        byte[] body = City.utf8(line("\"sourceRef\": \"ref-" + canary + "\"", draft) + "\n");
        JsonNode lines = done(
                        200,
                        city.call(City.MSA, "POST", "/v1/clues/bulk")
                                .contentType("application/x-ndjson")
                                .body(body)
                                .send())
                .get("lines");
        assertTrue(lines.get(0).get("status").asInt() >= 400, lines::toString);
        String record = city.stored().text("SELECT id FROM xietong.record WHERE source_ref = ?", "ref-" + canary);
        two.erased(TwoErase.record(record));
        awaitNoDigest(body);
        assertEquals(List.of(), left(lines.get(0).get("exchangeId").asText(), "request", "response"));
    }

    /** The end of the feed, as a query. */
    private String newest() {
        String after = "?limit=100";
        for (JsonNode page = changes(after); ; page = changes(after)) {
            after = "?limit=100&after=" + page.get("next").asText();
            if (!page.get("more").asBoolean()) {
                return after;
            }
        }
    }

    private JsonNode changes(String query) {
        return done(200, city.call(City.MSA, "GET", "/v1/changes" + query).send());
    }

    private SignedAnswer underWay(String which, Call call, JsonNode proposal) throws SQLException {
        try (HeldJournal held = new HeldJournal(city.stored(), which)) {
            Future<SignedAnswer> under = held.begin(call::send);
            done(200, two.approve(2, proposal).send());
            // What is swept at once must have passed before the entry comes.
            Stored.await(
                    "it was swept",
                    PATIENCE,
                    () -> city.stored().number("SELECT count(*) FROM xietong.erasure_sweep WHERE swept_at IS NULL")
                            == 0);
            held.release();
            return result(under);
        }
    }

    /** As if long past: nothing is swept for it any more. */
    private void settle() {
        city.stored().execute("DELETE FROM xietong.erasure_sweep");
    }

    /** Looked after once more, as after each pause. */
    private void sweptAgain() {
        String before = city.stored().text("SELECT max(swept_at) FROM xietong.erasure_sweep");
        city.stored().execute("UPDATE xietong.erasure_sweep SET swept_at = NULL, visible_at = now()");
        Stored.await(
                "it is swept",
                PATIENCE,
                () -> city.stored()
                                .number(
                                        "SELECT count(*) FROM xietong.erasure_sweep WHERE swept_at IS NULL OR swept_at <= ?::timestamptz",
                                        before)
                        == 0);
    }

    private Call bulk(byte[] body) {
        return city.call(City.MSA, "POST", "/v1/clues/bulk")
                .contentType("application/x-ndjson")
                .body(body);
    }

    private static String line(String head, String draft) {
        return "{" + head + ", \"draft\": "
                + draft.replaceAll("\\s*\n\\s*", " ").strip() + "}";
    }

    private Call put(String at, byte[] paper) {
        return city.call(City.MSA, "PUT", at + "/content").contentType("application/pdf");
    }

    private String announced(Piece clue, byte[] paper) {
        String announcement = Papers.announcement(canary + ".pdf", "application/pdf", paper, "");
        return clue.path() + "/attachments/"
                + done(
                                201,
                                city.call(City.MSA, "POST", clue.path() + "/attachments")
                                        .idempotencyKey()
                                        .body(City.utf8(announcement))
                                        .send())
                        .get("id")
                        .asText();
    }

    private long quarantined() {
        String[] files = folder.resolve("quarantine").toFile().list();
        return files == null ? 0 : files.length;
    }

    private void awaitNoDigest(byte[] body) {
        String digest = Base64.getEncoder().encodeToString(Digests.sha256(body));
        Stored.await(
                "the digest of the body stands nowhere",
                PATIENCE,
                () -> city.stored().placesOf(digest).isEmpty());
    }

    private String part(String exchange) {
        return city.stored()
                .text(
                        "SELECT convert_from(bytes, 'UTF8') FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = 'request'",
                        exchange);
    }

    private List<String> left(String exchange, String... names) {
        return city.stored()
                .texts(
                        "SELECT DISTINCT name FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = ANY (string_to_array(?, ' '))"
                                + " ORDER BY name",
                        exchange,
                        String.join(" ", names));
    }

    /** Of what it disclosed only what is about this record. */
    private List<String> parts(String exchange, String one, String other, String disclosed, String record) {
        return city.stored()
                .texts(
                        "SELECT name FROM xietong.journal_part WHERE entry_id = ?::uuid AND (name IN (?, ?) OR (name = ? AND"
                                + " position(? IN convert_from(bytes, 'UTF8')) > 0))",
                        exchange,
                        one,
                        other,
                        disclosed,
                        record);
    }
}
