package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Papers;

/** Withdrawing an attachment 撤回附件: said, kept and shown, never erased in silence. */
@QuarkusTest
@WithTestResource(CityResource.class)
class AttachmentWithdrawalTest {
    private static final String WHY = "{\"reason\": \"误传他案笔录\", \"noStateSecret\": true}";

    private final Casework work = new Casework();
    private final City city = work.city();
    private final byte[] paper = Papers.pdf("撤回 " + UUID.randomUUID(), 10_000);

    @ConfigProperty(name = "xietong.attachments.folder")
    Path folder;

    @Test
    void staysListedAndItsBytesGoToNobodyAnyMore() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String at = attach(sent, "");
        get(City.POLICE, at + "/content", 200);
        withdrawn(at);

        for (String unit : new String[] {City.POLICE, City.MSA}) {
            JsonNode listed =
                    Casework.json(get(unit, sent.path() + "/attachments", 200)).at("/items/0");
            assertEquals("误传他案笔录", listed.path("withdrawalReason").asText());
            assertTrue(listed.has("withdrawnAt") && listed.has("storedAt"));
            assertEquals(listed, Casework.json(get(unit, at, 200)));
            city.wire()
                    .send(city.call(unit, "GET", at + "/content").prepare())
                    .requireJournaledProblem(410, "ATTACHMENT_WITHDRAWN");
        }
    }

    @Test
    void standsInTheHistoryOfTheRecord() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String at = attach(sent, "");
        String closed = attach(sent, "\"caveats\": [\"INFORMANT\"],");
        assertFalse(
                Casework.json(get(City.POLICE, sent.path() + "/history", 200)).has("withdrawnAttachments"));
        withdrawn(at);
        withdrawn(closed);
        assertEquals(1, history(City.POLICE, sent).size());
        assertEquals(
                "误传他案笔录", history(City.POLICE, sent).at("/0/withdrawalReason").asText());
        assertEquals(2, history(City.MSA, sent).size());
    }

    /** What was fetched before is in the journal, and the bytes are where they were: evidence, in other hands. */
    @Test
    void erasesNothing() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String at = attach(sent, "");
        String fetched = get(City.POLICE, at + "/content", 200).exchangeId();
        String withdrawn = withdrawn(at).exchangeId();
        assertEquals(1, city.stored().number("SELECT count(*) FROM xietong.journal_entry WHERE id = ?::uuid", fetched));
        assertTrue(city.stored()
                .text(
                        "SELECT convert_from(bytes, 'UTF8') FROM xietong.journal_part WHERE entry_id = ?::uuid"
                                + " AND name = 'changed'",
                        withdrawn)
                .contains("\"action\":\"withdraw-attachment\""));
        String sha256 = Digests.hex(Digests.sha256(paper));
        assertTrue(Files.exists(folder.resolve("store")
                .resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2, 4))
                .resolve(sha256)));
    }

    @Test
    void needsTheOfficersOwnSignatureAReasonAndTheDeclaration() {
        String at = attach(work.clue(City.MSA), "");
        city.wire()
                .send(city.call(City.MSA, "POST", at + "/withdraw")
                        .idempotencyKey()
                        .body(City.utf8(WHY))
                        .prepare())
                .requireJournaledProblem(403, "OFFICER_SIGNATURE_REQUIRED");
        refused(at, "{\"noStateSecret\": true}", 422, "INVALID_CONTENT");
        refused(at, "{\"reason\": \"\", \"noStateSecret\": true}", 422, "INVALID_CONTENT");
        refused(at, "{\"reason\": \"误传\"}", 422, "DECLARATION_REQUIRED");
        refused(at, "{\"reason\": \"绝密★1年\", \"noStateSecret\": true}", 422, "STATE_SECRET_REFUSED");
        get(City.MSA, at + "/content", 200);
    }

    @Test
    void isTheOwnersAct() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String at = attach(sent, "");
        assertEquals(403, withdraw(City.POLICE, at).send().status());
        AnswerShape hidden = AnswerShape.of(city, withdraw(City.COPYRIGHT, at).send());
        AnswerShape none = AnswerShape.of(
                city,
                withdraw(City.COPYRIGHT, sent.path() + "/attachments/" + UUID.randomUUID())
                        .send());
        assertEquals(403, hidden.status(), "of the record it sees that there is one, of its attachments nothing");
        assertEquals(none, hidden);
        get(City.POLICE, at + "/content", 200);
    }

    @Test
    void happensOnce() {
        String at = attach(work.clue(City.MSA), "");
        Call call = withdraw(City.MSA, at);
        assertEquals(200, call.send().status());
        JsonNode again = Casework.json(call.send());
        assertTrue(again.path("repeated").asBoolean());
        refused(at, WHY, 409, "STATE_CONFLICT");
    }

    @Test
    void endsAnAnnouncementToo() {
        Piece sent = work.transferred(City.MSA, work.clue(City.MSA), City.POLICE);
        String at = announce(sent, "");
        withdrawn(at);
        city.wire().send(put(at).prepare()).requireJournaledProblem(410, "ATTACHMENT_WITHDRAWN");
        get(City.POLICE, at, 404);
    }

    /** Not even by who has the service's own role in the database. */
    @Test
    void isNotTakenBack() throws SQLException {
        String at = attach(work.clue(City.MSA), "");
        withdrawn(at);
        String id = at.substring(at.lastIndexOf('/') + 1);
        try (Connection service = city.database(DatabaseRole.APP).getConnection();
                Statement statement = service.createStatement()) {
            for (String change : new String[] {
                "withdrawn_at = NULL, withdrawn_in = NULL, withdrawn_by = NULL, withdrawal_reason = NULL",
                "withdrawal_reason = 'x'",
                "stored_at = NULL, stored_in = NULL"
            }) {
                SQLException refused = assertThrows(
                        SQLException.class,
                        () -> statement.execute("UPDATE attachment SET " + change + " WHERE id = '" + id + "'"));
                assertEquals("55000", refused.getSQLState());
            }
        }
    }

    private JsonNode history(String unit, Piece piece) {
        return Casework.json(get(unit, piece.path() + "/history", 200)).path("withdrawnAttachments");
    }

    private SignedAnswer withdrawn(String at) {
        SignedAnswer answer = withdraw(City.MSA, at).send();
        assertEquals(200, answer.status(), Casework.text(answer));
        return answer;
    }

    private Call withdraw(String unit, String at) {
        return city.signed(unit, 1, "POST", at + "/withdraw").idempotencyKey().body(City.utf8(WHY));
    }

    private void refused(String at, String body, int status, String code) {
        city.wire()
                .send(city.signed(City.MSA, 1, "POST", at + "/withdraw")
                        .idempotencyKey()
                        .body(City.utf8(body))
                        .prepare())
                .requireJournaledProblem(status, code);
    }

    private String attach(Piece piece, String more) {
        String at = announce(piece, more);
        assertEquals(200, put(at).send().status());
        return at;
    }

    private Call put(String at) {
        return city.call(City.MSA, "PUT", at + "/content")
                .contentType("application/pdf")
                .body(paper);
    }

    private String announce(Piece piece, String more) {
        SignedAnswer announced = city.call(City.MSA, "POST", piece.path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("检查笔录.pdf", "application/pdf", paper, more)))
                .send();
        assertEquals(201, announced.status(), Casework.text(announced));
        return piece.path() + "/attachments/"
                + Casework.json(announced).path("id").asText();
    }

    private SignedAnswer get(String unit, String target, int status) {
        SignedAnswer answer = city.call(unit, "GET", target).send();
        assertEquals(status, answer.status(), () -> Casework.text(answer));
        return answer;
    }
}
