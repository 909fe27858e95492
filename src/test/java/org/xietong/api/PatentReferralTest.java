package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;

/** A patent case goes to the court outside once the court of the city has signed beside market supervision; what comes back moves it on. */
@QuarkusTest
@WithTestResource(CityResource.class)
class PatentReferralTest {
    private final Casework work = new Casework();
    private final City city = work.city();
    private final PatentReferrals referrals = new PatentReferrals(work);

    @Test
    void goesFromTheRaisingToTheResult() {
        Piece piece = referrals.coordinated();
        assertEquals("COURT_COORDINATED", read(City.MSA, piece).get("state").asText());
        referrals.goesAlong(piece, "send");
        JsonNode sent = read(City.MSA, piece);
        assertEquals("SENT", sent.get("state").asText());
        assertFalse(sent.at("/content/sentOn").isMissingNode());
        referrals.goesAlong(piece, "return");
        assertEquals("RETURNED", read(City.MSA, piece).get("state").asText());
        referrals.goesAlong(piece, "send");
        referrals.goesAlong(piece, "receive");
        assertEquals("RECEIVED", read(City.COURT, piece).get("state").asText());
        work.act(
                City.MSA,
                new Piece(piece.kind(), piece.id(), piece.matter(), "*"),
                "conclude",
                "{" + Stages.note("已立案审理") + "}");
        JsonNode ended = read(City.PROC, piece);
        assertEquals("RESULT", ended.get("state").asText());
        assertEquals("SUMMARY", ended.at("/meta/view").asText());
        assertEquals("已立案审理", ended.at("/content/reply").asText());
        assertFalse(ended.at("/content").has("facts"));
    }

    @Test
    void nothingLeavesBeforeTheCourtHasSignedBesideIt() {
        Piece piece = referrals.raised();
        refused(409, "STATE_CONFLICT", referrals.send(piece));
        assertEquals(
                0, city.stored().number("SELECT count(*) FROM xietong.packet WHERE record_id = ?::uuid", piece.id()));
        Piece asked = work.act(City.MSA, piece, "request", Stages.to("咸市监商〔2023〕1号", City.COURT));
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.COURT, "POST", asked.path() + "/acts/coordinate")
                        .idempotencyKey()
                        .ifMatch("*")
                        .body(City.utf8(Stages.document("咸中法协〔2023〕1号")))
                        .send());
        refused(409, "STATE_CONFLICT", referrals.send(piece));
    }

    /** Nobody states the court's signature in its place, be it in a record of the past. */
    @Test
    void noBackfillStatesWhatTheCourtHasToSign() {
        for (String state : List.of("COURT_COORDINATED", "SENT", "RETURNED", "RECEIVED", "RESULT")) {
            SignedAnswer answer = past(state, "\"addressees\": [\"" + City.COURT + "\"],");
            assertEquals("/state NOT_ALLOWED", fault(answer), state);
        }
        SignedAnswer raised = past("RAISED", "");
        assertEquals(201, raised.status(), Casework.text(raised));
        JsonNode view = Casework.json(raised);
        refused(
                409,
                "STATE_CONFLICT",
                referrals.send(new Piece(
                        "patent-referral",
                        view.get("id").asText(),
                        view.get("matterId").asText(),
                        "*")));
    }

    private SignedAnswer past(String state, String to) {
        return city.signed(City.MSA, 1, "POST", "/v1/patent-referrals")
                .idempotencyKey()
                .body(City.utf8(PatentReferrals.DRAFT.replaceFirst(
                        "\\{",
                        "{\"origin\": \"BACKFILL\", \"state\": \"" + state
                                + "\", \"documentNumber\": \"咸市监商〔2015〕1号\", " + to
                                + " \"occurred\": {\"time\": \"2015-03-01T00:00:00+08:00\","
                                + " \"precision\": \"MONTH\"},")))
                .send();
    }

    @Test
    void whatTheCourtSignedLeavesUnchanged() {
        Piece raised = referrals.raised();
        assertEquals(200, amend(raised, "酒业商行", "白酒商行").status(), "nobody has signed it yet");
        Piece piece = referrals.coordinated();
        int version = read(City.MSA, piece).get("version").asInt();
        readOnly(piece);
        SignedAnswer same = amend(piece, "", "");
        assertEquals(200, same.status(), () -> "the same again changes nothing\n" + Casework.text(same));
        assertEquals(version, read(City.MSA, piece).get("version").asInt());
        referrals.goesAlong(piece, "send");
        readOnly(piece);
        referrals.goesAlong(piece, "return");
        readOnly(piece);
        referrals.goesAlong(piece, "send");
        assertEquals(
                "某酒业商行销售的灌装设备涉嫌落入专利保护范围。",
                read(City.COURT, piece).at("/content/facts").asText());
    }

    private void readOnly(Piece piece) {
        SignedAnswer answer = amend(piece, "灌装设备", "其他设备");
        assertEquals("/content READ_ONLY", fault(answer));
    }

    private SignedAnswer amend(Piece piece, String before, String after) {
        JsonNode content = read(City.MSA, piece).get("content");
        return city.signed(City.MSA, 1, "PUT", piece.path())
                .ifMatch("*")
                .body(City.utf8(PatentReferrals.DRAFT
                        .replace(before, after)
                        .replace("\"ref\": \"P1\"", "\"ref\": \"P1\", \"id\": " + content.at("/participants/0/id"))
                        .replace("\"ref\": \"U1\"", "\"ref\": \"U1\", \"id\": " + content.at("/participants/1/id"))))
                .send();
    }

    /** What the court could not see when it signed does not leave as if it had; what comes after it, e.g. a receipt, may be kept. */
    @Test
    void anAttachmentThatTheCourtDidNotSeeStaysInside() {
        Transfers papers = new Transfers(work);
        Piece raised = referrals.raised();
        String seen = papers.attached(City.MSA, raised);
        Piece piece = referrals.coordinated(raised);
        String late = papers.attached(City.MSA, piece);
        assertEquals("/attachments/1 NOT_AGREED", fault(send(piece, seen, late)));
        assertEquals(201, send(piece, seen).status());
        referrals.goesAlong(piece, "return");
        assertEquals("/attachments/0 NOT_AGREED", fault(send(piece, late)), "nor when it is sent again");
    }

    /** Its bytes began to come in before the court signed, and ended behind it. */
    @Test
    void anUploadThatTheCourtsSignatureOvertakesStaysInside() {
        Piece piece = referrals.coordinated();
        city.stored()
                .execute(
                        "UPDATE xietong.record_version SET at = at + interval '1 hour' WHERE act = 'coordinate' AND record_id = '"
                                + piece.id() + "'",
                        "UPDATE xietong.record SET changed_at = changed_at + interval '1 hour' WHERE id = '"
                                + piece.id() + "'");
        String late = new Transfers(work).attached(City.MSA, piece);
        assertEquals("/attachments/0 NOT_AGREED", fault(send(piece, late)));
    }

    private SignedAnswer send(Piece piece, String... attachments) {
        return referrals.send(piece, "\"attachments\": [\"" + String.join("\", \"", attachments) + "\"],");
    }

    private static String fault(SignedAnswer answer) {
        refused(422, "INVALID_CONTENT", answer);
        JsonNode fault = Casework.json(answer).at("/faults/0");
        return fault.get("field").asText() + ' ' + fault.get("rule").asText();
    }

    /** What left the system is for who supervises by right; a grant opens the record and no more. */
    @Test
    void aGrantTellsOfNoPacket() {
        Piece piece = referrals.coordinated();
        referrals.goesAlong(piece, "send");
        new TwoKeys(city).granted(piece, TwoKeys.grant("\"unit\": \"" + City.PROC + "\"", "FULL", ""));
        assertEquals("FULL", read(City.PROC, piece).at("/meta/view").asText());
        assertEquals(1, packets(City.MSA, piece));
        assertEquals(0, packets(City.PROC, piece));
    }

    private long packets(String unit, Piece piece) {
        JsonNode deliveries = Casework.json(
                city.call(unit, "GET", piece.path() + "/deliveries").send());
        return StreamSupport.stream(deliveries.get("items").spliterator(), false)
                .filter(each -> each.has("outsideRecipient"))
                .count();
    }

    private JsonNode read(String unit, Piece piece) {
        return Casework.json(city.call(unit, "GET", piece.path()).send());
    }
}
