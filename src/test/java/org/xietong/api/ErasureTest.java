package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.done;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.OpenedExchange;
import org.xietong.ledger.SealedPart;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Papers;
import org.xietong.testing.Race;
import org.xietong.testing.Stored;

/** Erasing 依法删除: content and what tells of it go, everywhere; that it was exchanged stays, and stays provable (I9, I11). */
@QuarkusTest
@WithTestResource(CityResource.class)
class ErasureTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private final TwoErase two = new TwoErase(city, City.MSA);
    /** Twelve bytes, so that base64 of a longer text holds it whole. */
    private final String canary = UUID.randomUUID().toString().replace("-", "").substring(0, 12);

    @ConfigProperty(name = "xietong.attachments.folder")
    Path folder;

    @ConfigProperty(name = "xietong.erasures.log")
    Path log;

    @Test
    void leavesNoWordOfARecordAnywhere() throws IOException {
        byte[] paper = Papers.pdf(canary, 5_000);
        Piece clue = everywhere(paper);
        assertTrue(
                city.stored()
                        .placesOf(canary)
                        .containsAll(Set.of(
                                "record",
                                "record_version",
                                "record_number",
                                "record_grant",
                                "correction",
                                "attachment",
                                "journal_body",
                                "journal_part")),
                () -> "the canary must be there before: " + city.stored().placesOf(canary));
        assertTrue(city.stored().placesOf("11010519491231002X").contains("record"));
        assertTrue(Files.exists(stored(paper)));

        two.erased(TwoErase.record(clue.id()));

        assertEquals(Set.of(), city.stored().placesOf(canary));
        Stored.await("the bytes are gone", Duration.ofSeconds(20), () -> Files.notExists(stored(paper)));
        assertFalse(inFiles(canary));
        assertEquals(
                0,
                city.stored()
                        .number("SELECT count(*) FROM xietong.record_number WHERE record_id = ?::uuid", clue.id()));
    }

    @Test
    void leavesATombstoneToWhoeverSawIt() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String sightBefore = sight(sent);
        JsonNode erasure = two.erased(TwoErase.record(sent.id()));
        for (String unit : List.of(City.MSA, City.POLICE)) {
            JsonNode view = Casework.json(city.call(unit, "GET", sent.path()).send());
            assertEquals("PIPL_47", view.at("/erased/basis").asText());
            assertEquals(
                    erasure.get("approvedAt").asText(), view.at("/erased/at").asText());
            assertTrue(view.path("content").isMissingNode()
                    && view.path("documentNumber").isMissingNode());
            assertTrue(view.get("actions").isEmpty());
            JsonNode history = Casework.json(
                    city.call(unit, "GET", sent.path() + "/history").send());
            assertEquals(
                    "erase",
                    history.at("/versions/" + (history.get("versions").size() - 1) + "/act")
                            .asText());
            history.get("versions")
                    .forEach(version -> assertTrue(version.path("content").isMissingNode()));
        }
        assertEquals(sightBefore, sight(sent));
        assertEquals(404, city.call(City.COURT, "GET", sent.path()).send().status());
    }

    @Test
    void isTheEndOfEveryChange() {
        Piece clue = work.clue(City.MSA);
        Call amendment = city.signed(City.MSA, 1, "PUT", clue.path())
                .ifMatch(clue.etag())
                .body(City.utf8(Drafts.clue(canary)));
        two.erased(TwoErase.record(clue.id()));
        refused(410, "ERASED", amendment.send());
        refused(
                410,
                "ERASED",
                city.signed(City.MSA, 1, "POST", clue.path() + "/acts/triage")
                        .idempotencyKey()
                        .ifMatch(clue.etag())
                        .body(City.utf8("{}"))
                        .send());
        refused(
                410,
                "ERASED",
                new TwoKeys(city)
                        .propose(clue, TwoKeys.grant("\"unit\": \"COURT-421200\"", "FULL", ""))
                        .send());
        refused(410, "ERASED", two.propose(1, TwoErase.record(clue.id())).send());
        assertEquals(Set.of(), city.stored().placesOf(canary));
    }

    @Test
    void tellsWhoRepeatsTheRequestThatItIsGone() {
        Call create = city.call(City.MSA, "POST", "/v1/clues").idempotencyKey().body(City.utf8(Drafts.clue("")));
        JsonNode created = done(201, create.send());
        assertTrue(Casework.json(create.send()).at("/meta/repeated").asBoolean());
        two.erased(TwoErase.record(created.get("id").asText()));
        long before = city.stored().count("record");
        refused(410, "ERASED", create.send());
        assertEquals(before, city.stored().count("record"));
    }

    /** Entries, order and trees are what they were; parts that somebody opened before still match; purpose and decision stay. */
    @Test
    void leavesTheLogWholeAndEarlierEvidenceValid() {
        SignedAnswer created = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue(canary)))
                .send();
        String id = Casework.json(created).get("id").asText();
        String read = city.call(City.MSA, "GET", "/v1/clues/" + id).send().exchangeId();
        awaitSequenced(read);
        List<String> exchanges = List.of(created.exchangeId(), read);
        List<OpenedExchange> kept = exchanges.stream().map(this::opened).toList();

        two.erased(TwoErase.record(id));

        for (OpenedExchange before : kept) {
            OpenedExchange after = opened(before.id().toString());
            assertArrayEquals(before.entry(), after.entry());
            assertEquals(List.of(), new OpenedExchange(before.id(), after.entry(), before.parts()).check());
            assertEquals(
                    List.of("decision", "purpose"),
                    after.parts().stream().map(SealedPart::name).toList());
            assertEquals(List.of(), after.check());
            assertFalse(after.missing().isEmpty());
        }
        treesFollowFromTheEntries();
    }

    /** What the log and the tables still hold answers no guess: neither of a body by its digest, nor of a part by its salt. */
    @Test
    void answersNoGuess() {
        String secret = "赵" + canary;
        List<String> dictionary = Stream.concat(
                        Stream.of(secret), IntStream.range(0, 40).mapToObj(i -> "钱" + i + canary.substring(6)))
                .toList();
        Call create = city.call(City.MSA, "POST", "/v1/clues").idempotencyKey().body(City.utf8(Drafts.clue(secret)));
        String id = Casework.json(create.send()).get("id").asText();
        assertTrue(Casework.json(create.send()).at("/meta/repeated").asBoolean());
        // Sent once more, and in vain: what such a request leaves tells of its body as well.
        Call again = city.call(City.MSA, "PUT", "/v1/clues/" + id)
                .ifMatch("\"stale\"")
                .body(City.utf8(Drafts.clue(secret)));
        refused(412, "PRECONDITION_FAILED", again.send());
        assertEquals(List.of(secret), guessed(dictionary), "the oracle must find it before");
        two.erased(TwoErase.record(id));
        assertEquals(List.of(), guessed(dictionary));
    }

    @Test
    void keepsOfOneParticipantNothingAndOfTheOthersEverything() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        JsonNode before = Casework.json(city.call(City.MSA, "GET", clue.path()).send());
        String person = before.at("/content/participants/0/id").asText();
        two.erased(TwoErase.draft("\"participantId\": \"" + person + "\", \"freeText\": false"));
        JsonNode after = Casework.json(city.call(City.MSA, "GET", clue.path()).send());
        JsonNode stub = after.at("/content/participants/0");
        assertEquals(person, stub.get("id").asText());
        assertFalse(stub.has("name") || stub.has("identifiers") || stub.has("ref"), stub::toString);
        assertEquals(before.at("/content/participants/1"), after.at("/content/participants/1"));
        assertEquals(before.at("/content/facts"), after.at("/content/facts"));
        assertTrue(after.path("erased").isMissingNode());
        assertEquals(Set.of(), places("张某某" + canary, clue.id()));
    }

    @Test
    void takesFreeTextsWithAParticipantWhereTheActSaysSo() {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        JsonNode view = Casework.json(city.call(City.MSA, "GET", clue.path()).send());
        String person = view.at("/content/participants/0/id").asText();
        two.erased(TwoErase.draft("\"participantId\": \"" + person + "\", \"freeText\": true"));
        JsonNode after =
                Casework.json(city.call(City.MSA, "GET", clue.path()).send()).get("content");
        assertFalse(after.has("facts") || after.has("title") || after.has("goods"));
        assertEquals("某酒业商行" + canary, after.at("/participants/1/name").asText());
        assertTrue(city.stored().placesOf("张某某" + canary).isEmpty());
    }

    @Test
    void erasesOneAttachmentAndNotTheOther() {
        Piece clue = work.clue(City.MSA);
        byte[] paper = Papers.pdf(canary, 3_000);
        byte[] other = Papers.pdf("stays" + UUID.randomUUID(), 3_000);
        String gone = attach(clue, paper, canary);
        String stays = attach(clue, other, "留存");
        city.call(City.MSA, "GET", gone + "/content").send();
        two.erased(TwoErase.draft("\"attachmentId\": \"" + gone.substring(gone.lastIndexOf('/') + 1) + "\""));
        JsonNode view = Casework.json(city.call(City.MSA, "GET", gone).send());
        assertTrue(view.has("erasedAt") && !view.has("name") && !view.has("sha256"), view::toString);
        refused(410, "ERASED", city.call(City.MSA, "GET", gone + "/content").send());
        assertEquals(200, city.call(City.MSA, "GET", stays + "/content").send().status());
        assertEquals(Set.of(), city.stored().placesOf(canary));
        assertEquals(Set.of(), city.stored().placesOf(Digests.hex(Digests.sha256(paper))));
        Stored.await("the bytes are gone", Duration.ofSeconds(20), () -> Files.notExists(stored(paper)));
        assertTrue(Files.exists(stored(other)));
    }

    @Test
    void needsTwoOfficersOfTheOwner() {
        Piece clue = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", "/v1/erasures")
                        .idempotencyKey()
                        .body(City.utf8(TwoErase.record(clue.id())))
                        .send());
        refused(
                403,
                "FORBIDDEN",
                new TwoErase(city, City.POLICE)
                        .propose(1, TwoErase.record(clue.id()))
                        .send());
        refused(
                404,
                "NOT_FOUND",
                new TwoErase(city, City.COURT)
                        .propose(1, TwoErase.record(clue.id()))
                        .send());
        JsonNode proposal = two.proposed(TwoErase.record(clue.id()));
        refused(403, "SECOND_OFFICER_REQUIRED", two.approve(1, proposal).send());
        refused(
                404,
                "NOT_FOUND",
                new TwoErase(city, City.POLICE).approve(2, proposal).send());
        assertEquals(
                404,
                city.call(
                                City.POLICE,
                                "GET",
                                "/v1/erasures/" + proposal.get("id").asText())
                        .send()
                        .status());
        assertTrue(Casework.json(city.call(City.MSA, "GET", clue.path()).send()).has("content"));
        done(200, two.approve(2, proposal).send());
        refused(409, "STATE_CONFLICT", two.approve(2, proposal).send());
    }

    @Test
    void refusesAReasonThatNamesTheSubject() {
        Piece clue = work.clue(City.MSA);
        String named = TwoErase.record(clue.id()).replace("本人申请", "张某某申请");
        faulty(
                "INVALID_CONTENT",
                "/reason NAMES_THE_SUBJECT",
                two.propose(1, named).send());
        String number = TwoErase.record(clue.id()).replace("〔2026〕1号", "11010519491231002X");
        faulty(
                "INVALID_CONTENT",
                "/documentNumber NAMES_THE_SUBJECT",
                two.propose(1, number).send());
        faulty(
                "INVALID_CONTENT",
                "/freeText WITH_PARTICIPANT_ONLY",
                two.propose(1, TwoErase.draft("\"participantId\": \"" + UUID.randomUUID() + "\""))
                        .send());
    }

    /** Whoever holds the service's own role in the database deletes nothing by himself, nor in one officer's name. */
    @Test
    void isHeldByTheDatabaseToo() throws SQLException {
        Piece clue = work.clue(City.MSA);
        JsonNode proposal = two.proposed(TwoErase.record(clue.id()));
        String id = proposal.get("id").asText();
        String first = key("MSA-421200-001");
        String second = key("MSA-421200-002");
        String foreign = key("POLICE-421200-001");
        String now = "gen_random_uuid(), now())";
        try (Connection service = city.database(DatabaseRole.APP).getConnection();
                Statement statement = service.createStatement()) {
            for (String[] attempt : new String[][] {
                {"XT403", "SELECT approve_erasure('" + id + "', 'MSA-421200-001', '" + first + "', " + now},
                {"XT403", "SELECT approve_erasure('" + id + "', 'MSA-421200-002', '" + first + "', " + now},
                {"XT403", "SELECT approve_erasure('" + id + "', 'POLICE-421200-001', '" + foreign + "', " + now},
                {
                    "55000",
                    "INSERT INTO erasure SELECT gen_random_uuid(), kind, target, unit, free_text, basis, document_number,"
                            + " reason, digest, proposed_by, proposed_key, proposed_at, proposed_in, expires_at, 'x', 'y', now(),"
                            + " gen_random_uuid() FROM erasure WHERE id = '" + id + "'"
                },
                {"42501", "UPDATE erasure SET expires_at = now()"},
                {"42501", "DELETE FROM erasure"},
                {"42501", "DELETE FROM journal_part"},
                {"42501", "DELETE FROM journal_body"},
                {"42501", "DELETE FROM record_version"},
                {"42501", "UPDATE record_version SET content = '{}'"},
                {"42501", "SELECT apply_erasure(e) FROM erasure e"},
                {"42501", "SELECT replay_erasure('{}')"},
                {"42501", "SELECT set_config('xietong.erasing', 'on', false); DELETE FROM journal_part"},
                {"42501", "UPDATE record SET erased_at = NULL, erasure = NULL"},
            }) {
                SQLException refused =
                        assertThrows(SQLException.class, () -> statement.execute(attempt[1]), attempt[1]);
                assertEquals(attempt[0], refused.getSQLState(), attempt[1]);
            }
            statement.execute(
                    "INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason, digest,"
                            + " proposed_by, proposed_key, proposed_at, proposed_in, expires_at) SELECT '" + canaryId()
                            + "', kind, target, unit, free_text, basis, document_number, reason, digest, proposed_by, proposed_key,"
                            + " proposed_at, gen_random_uuid(), expires_at FROM erasure WHERE id = '" + id + "'");
            SQLException unjournaled = assertThrows(
                    SQLException.class,
                    () -> statement.execute(
                            "SELECT approve_erasure('" + canaryId() + "', 'MSA-421200-002', '" + second + "', " + now));
            assertEquals("XT403", unjournaled.getSQLState());
        }
        assertTrue(Casework.json(city.call(City.MSA, "GET", clue.path()).send()).has("content"));
    }

    /** Readers and the owner's own amendment meet it on the way: each gets the content as it was, or that it is gone. */
    @Test
    void winsAgainstWhoeverWritesAtTheSameTime() {
        for (int round = 0; round < 5; round++) {
            Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
            JsonNode proposal = two.proposed(TwoErase.record(clue.id()));
            Call amendment = city.signed(City.MSA, 1, "PUT", clue.path())
                    .ifMatch(clue.etag())
                    .body(City.utf8(Drafts.clue(canary + "改")));
            List<Callable<Integer>> calls = new ArrayList<>();
            calls.add(() -> two.approve(2, proposal).send().status());
            calls.add(() -> amendment.send().status());
            for (int i = 0; i < 4; i++) {
                calls.add(() -> {
                    JsonNode view = Casework.json(
                            city.call(City.MSA, "GET", clue.path()).send());
                    return view.has("content") != view.has("erased") ? 200 : 0;
                });
            }
            List<Integer> statuses = Race.run(calls);
            assertEquals(200, statuses.getFirst());
            assertTrue(Set.of(200, 410, 412).contains(statuses.get(1)), statuses::toString);
            assertEquals(List.of(200, 200, 200, 200), statuses.subList(2, 6));
            // What is journaled behind the erasure is ErasureRaceTest's.
            assertEquals(Set.of(), places(canary, clue.id()));
        }
    }

    /** A transaction that dies before its commit has erased nothing; one that dies after it has erased all. */
    @Test
    void isAllOrNothing() throws SQLException {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        JsonNode proposal = two.proposed(TwoErase.record(clue.id()));
        Set<String> before = city.stored().placesOf(canary);
        try (Connection service = city.database(DatabaseRole.APP).getConnection();
                Statement statement = service.createStatement()) {
            service.setAutoCommit(false);
            statement.execute("SELECT approve_erasure('" + proposal.get("id").asText() + "', 'MSA-421200-002', '"
                    + key("MSA-421200-002") + "', gen_random_uuid(), now())");
            city.stored()
                    .execute(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%approve_erasure('''"
                                    + " AND pid <> pg_backend_pid()");
            service.rollback();
        } catch (SQLException gone) {
            assertEquals("57P01", gone.getSQLState());
        }
        assertEquals(before, city.stored().placesOf(canary));
        done(200, two.approve(2, proposal).send());
        assertEquals(Set.of(), city.stored().placesOf(canary));
    }

    @Test
    void isRememberedOutsideTheDatabaseWithoutAWordOfIt() throws IOException {
        Piece clue = work.create(City.MSA, "clue", Drafts.clue(canary));
        JsonNode erasure = two.erased(TwoErase.record(clue.id()));
        String line = Files.readAllLines(log).stream()
                .filter(one -> one.contains(erasure.get("id").asText()))
                .findFirst()
                .orElseThrow();
        assertTrue(line.contains(clue.id()) && line.contains("MSA-421200-001") && line.contains("MSA-421200-002"));
        assertFalse(Files.readString(log).contains("本人申请"));
        assertFalse(Files.readString(log).contains(canary));
    }

    /** Who asked for it and who approved it is evidence that stays whole. */
    @Test
    void isItselfInTheLogForGood() {
        Piece clue = work.clue(City.MSA);
        JsonNode proposal = two.proposed(TwoErase.record(clue.id()));
        SignedAnswer approval = two.approve(2, proposal).send();
        String proposing = city.stored()
                .text(
                        "SELECT proposed_in FROM xietong.erasure WHERE id = ?::uuid",
                        proposal.get("id").asText());
        for (String exchange : List.of(proposing, approval.exchangeId())) {
            OpenedExchange opened = opened(exchange);
            assertEquals(List.of(), opened.missing());
            assertEquals(List.of(), opened.check());
            assertEquals(
                    1,
                    city.stored()
                            .number("SELECT count(*) FROM xietong.journal_body WHERE entry_id = ?::uuid", exchange));
        }
    }

    private String canaryId() {
        return UUID.nameUUIDFromBytes(canary.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private String key(String officer) {
        return city.stored().text("SELECT key_id FROM xietong.registered_key WHERE officer = ? AND active", officer);
    }

    /** A clue whose canary stands in every place where one can stand. */
    private Piece everywhere(byte[] paper) {
        Piece clue = work.create(
                City.MSA, "clue", Drafts.clue(canary, "ref-" + canary, "\"documentNumber\": \"" + canary + "号\","));
        clue = work.amend(
                City.MSA,
                clue,
                Drafts.clue(
                        canary,
                        "ref-" + canary,
                        "\"documentNumber\": \"" + canary + "号\", \"addressees\": [\"POLICE-421200\"],"));
        clue = work.act(City.MSA, clue, "triage", "{\"note\": \"" + canary + "\", \"noStateSecret\": true}");
        TwoKeys keys = new TwoKeys(city);
        String grant = TwoKeys.grant("\"unit\": \"COURT-421200\"", "FULL", "").replace("共同办理", canary);
        done(200, keys.approve(clue, keys.proposed(clue, grant), 2).send());
        done(
                201,
                city.call(City.POLICE, "POST", clue.path() + "/corrections")
                        .idempotencyKey()
                        .body(City.utf8("{\"fields\": [\"/content/title\"], \"reason\": \"" + canary
                                + "\", \"noStateSecret\": true}"))
                        .send());
        attach(clue, paper, canary);
        city.call(City.POLICE, "GET", clue.path()).send();
        city.call(City.POLICE, "GET", "/v1/clues?matterId=" + clue.matter()).send();
        city.call(City.MSA, "GET", "/v1/clues?sourceRef=ref-" + canary).send();
        return clue;
    }

    private String attach(Piece clue, byte[] paper, String name) {
        String id = done(
                        201,
                        city.call(City.MSA, "POST", clue.path() + "/attachments")
                                .idempotencyKey()
                                .body(City.utf8(Papers.announcement(name + ".pdf", "application/pdf", paper, "")))
                                .send())
                .get("id")
                .asText();
        String at = clue.path() + "/attachments/" + id;
        done(
                200,
                city.call(City.MSA, "PUT", at + "/content")
                        .contentType("application/pdf")
                        .body(paper)
                        .send());
        return at;
    }

    private Path stored(byte[] paper) {
        String sha256 = Digests.hex(Digests.sha256(paper));
        return folder.resolve("store")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256);
    }

    private boolean inFiles(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).anyMatch(file -> {
                try {
                    return HexFormat.of()
                            .formatHex(Files.readAllBytes(file))
                            .contains(HexFormat.of().formatHex(wanted));
                } catch (IOException gone) {
                    return false;
                }
            });
        }
    }

    /** Tables in which the text stands in a row that names the record. */
    private Set<String> places(String text, String record) {
        Set<String> places = city.stored().placesOf(text);
        places.removeIf(table -> city.stored()
                        .number(
                                "SELECT count(*) FROM xietong." + table + " t WHERE position(? in t::text) > 0 AND"
                                        + " position(? in t::text) > 0",
                                text,
                                record)
                == 0);
        return places;
    }

    private String sight(Piece piece) {
        return String.join(
                " ",
                city.stored()
                        .texts(
                                "SELECT viewer || ' ' || view FROM xietong.record_sight WHERE id = ?::uuid ORDER BY viewer",
                                piece.id()));
    }

    private OpenedExchange opened(String id) {
        List<SealedPart> parts = new ArrayList<>();
        for (String part : city.stored()
                .texts(
                        "SELECT name || ' ' || idx || ' ' || encode(salt, 'hex') || ' ' || encode(bytes, 'hex')"
                                + " FROM xietong.journal_part WHERE entry_id = ?::uuid ORDER BY name, idx",
                        id)) {
            String[] field = part.split(" ");
            parts.add(new SealedPart(
                    field[0],
                    Integer.parseInt(field[1]),
                    HexFormat.of().parseHex(field[2]),
                    HexFormat.of().parseHex(field[3])));
        }
        return new OpenedExchange(
                UUID.fromString(id),
                city.stored().bytes("SELECT bytes FROM xietong.journal_entry WHERE id = ?::uuid", id),
                parts);
    }

    private void awaitSequenced(String exchange) {
        Stored.await(
                "the entry is sequenced",
                Duration.ofSeconds(30),
                () -> city.stored()
                                .number("SELECT count(*) FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", exchange)
                        == 1);
    }

    /** Both roots, made anew from the entries in the order of their leaves. */
    private void treesFollowFromTheEntries() {
        Stored.await("the trees are those of the entries", Duration.ofSeconds(30), () -> {
            String[] head = city.stored()
                    .text(
                            "SELECT size || ' ' || encode(sha256, 'hex') || ' ' || encode(sm3, 'hex') FROM xietong.ledger_head")
                    .split(" ");
            List<byte[]> entries = city
                    .stored()
                    .texts(
                            "SELECT encode(e.bytes, 'hex') FROM xietong.ledger_leaf l JOIN xietong.journal_entry e ON e.id = l.entry_id"
                                    + " WHERE l.position < " + head[0] + " ORDER BY l.position")
                    .stream()
                    .map(HexFormat.of()::parseHex)
                    .toList();
            return root(TreeHash.SHA_256, entries).equals(head[1])
                    && root(TreeHash.SM3, entries).equals(head[2]);
        });
    }

    private static String root(TreeHash hash, List<byte[]> entries) {
        List<byte[]> leaves = entries.stream().map(hash::leaf).toList();
        return Digests.hex(RightEdge.empty(hash).append(leaves).edge().root());
    }

    /**
     * The names of the dictionary for which anything that is stored says yes: the digest of the body that would hold the name, the
     * salted fingerprint of it, or the digest of a salted part.
     */
    private List<String> guessed(List<String> dictionary) {
        List<String> fingerprints = city.stored()
                .texts("SELECT encode(salt, 'hex') || ' ' || encode(fingerprint, 'hex') FROM xietong.idempotency");
        Map<String, String> digests = new HashMap<>();
        dictionary.forEach(name ->
                digests.put(Base64.getEncoder().encodeToString(Digests.sha256(City.utf8(Drafts.clue(name)))), name));
        Set<String> stored = new HashSet<>(city.stored().among(dictionary));
        city.stored().among(digests.keySet()).forEach(digest -> stored.add(digests.get(digest)));
        return dictionary.stream()
                .filter(name -> {
                    byte[] body = City.utf8(Drafts.clue(name));
                    byte[] head = "POST\n/v1/clues\nnull\n".getBytes(StandardCharsets.UTF_8);
                    boolean fingerprint = fingerprints.stream().anyMatch(row -> {
                        String[] part = row.split(" ", -1);
                        return Digests.hex(Digests.sha256(HexFormat.of().parseHex(part[0]), head, body))
                                .equals(part[1]);
                    });
                    return stored.contains(name) || fingerprint;
                })
                .toList();
    }
}
