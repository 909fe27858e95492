package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.SignedAnswer;
import org.xietong.matter.Occurred;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;

/** What a recipient outside the system answered: signed and checked, or scanned and marked so; once, and never altered. */
@QuarkusTest
@WithTestResource(CityResource.class)
class PacketReceiptsTest extends PacketCalls {
    @Test
    void aScannedReceiptSaysThatNobodyCheckedIt() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        collected(clue, sent);
        String scan = transfers.attached(City.MSA, clue);
        refused(
                422,
                "INVALID_CONTENT",
                answered(clue, sent, scanned("RECEIVED", "", UUID.randomUUID().toString())));
        refused(422, "INVALID_CONTENT", answered(clue, sent, scanned("RETURNED", "", scan)));
        refused(422, "INVALID_CONTENT", answered(clue, sent, signed("RECEIVED", "", new byte[] {1})));
        assertEquals(
                201,
                answered(clue, sent, scanned("RETURNED", "\"reason\": \"材料不齐\",", scan))
                        .status());
        JsonNode delivery = outside(City.PROC, clue).getFirst();
        assertEquals("RETURNED", delivery.get("state").asText());
        assertFalse(delivery.at("/returned/verified").asBoolean(true));
        assertFalse(delivery.get("returned").has("exchangeId"), "an exchange is named to who can open it");
        assertEquals("材料不齐", read(clue, sent).at("/receipt/reason").asText());
        refused(409, "STATE_CONFLICT", content(clue, sent));
        refused(409, "STATE_CONFLICT", answered(clue, sent, scanned("RECEIVED", "", scan)));
    }

    @Test
    void ofTwoReceiptsAtOnceOneStands() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        collected(clue, sent);
        String scan = transfers.attached(City.MSA, clue);
        List<Callable<Integer>> both = List.of(
                () -> answered(clue, sent, scanned("RECEIVED", "", scan)).status(),
                () -> answered(clue, sent, scanned("RETURNED", "\"reason\": \"无管辖权\",", scan))
                        .status());
        assertEquals(List.of(201, 409), Race.run(both).stream().sorted().toList());
        assertEquals(
                1,
                city.stored().number("SELECT count(*) FROM xietong.packet_receipt WHERE packet = ?::uuid", id(sent)));
    }

    @Test
    void aSignedReceiptFollowsAScanWhichStaysBesideIt() throws Exception {
        parties.certify("wh", false);
        parties.register(parties.entry("wh", "AGENCY", "wh"));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("wh", "FULL", ""));
        collected(clue, sent);
        String scan = scanned("RECEIVED", "", transfers.attached(City.MSA, clue));
        assertEquals(201, answered(clue, sent, scan).status());
        assertFalse(read(clue, sent).has("scannedReceipt"));
        String signed = signed("RECEIVED", "", parties.sign("wh", false, receipt(sent, "RECEIVED", "")));
        SignedAnswer entered = answered(clue, sent, signed);
        assertEquals(201, entered.status(), Casework.text(entered));
        JsonNode packet = read(clue, sent);
        assertTrue(packet.at("/receipt/verified").asBoolean());
        assertFalse(packet.at("/scannedReceipt/verified").asBoolean(true));
        assertTrue(packet.at("/scannedReceipt").has("scan"));
        List<JsonNode> deliveries = outside(City.MSA, clue);
        assertEquals(1, deliveries.size());
        assertEquals(
                entered.exchangeId(),
                deliveries.getFirst().at("/acknowledged/exchangeId").asText());
        refused(409, "STATE_CONFLICT", answered(clue, sent, signed));
        refused(409, "STATE_CONFLICT", answered(clue, sent, scan));
    }

    /** The scan said that it came back, and it was sent again: what the court signs of the first packet moves nothing of the second. */
    @Test
    void aSignedReceiptThatFollowsAScanMovesNoRecord() throws Exception {
        parties.certify("wh", false);
        parties.register(parties.entry("wh", "COURT", "wh"));
        Piece piece = new PatentReferrals(work).coordinated();
        JsonNode first = sent(piece, draft("wh", "FULL", ""));
        collected(piece, first);
        String scan = transfers.attached(City.MSA, piece);
        assertEquals(
                201,
                answered(piece, first, scanned("RETURNED", "\"reason\": \"材料不齐\",", scan))
                        .status());
        sent(piece, draft("wh", "FULL", "").replace("7号", "8号"));
        SignedAnswer entered = answered(
                piece, first, signed("RECEIVED", "", parties.sign("wh", false, receipt(first, "RECEIVED", ""))));
        assertEquals(201, entered.status(), Casework.text(entered));
        assertEquals("RECEIVED", read(piece, first).at("/receipt/outcome").asText());
        assertEquals(
                "RETURNED", read(piece, first).at("/scannedReceipt/outcome").asText());
        assertEquals(
                "SENT",
                Casework.json(city.call(City.MSA, "GET", piece.path()).send())
                        .get("state")
                        .asText());
    }

    /** Not even the owner of the tables alters what was sent and answered; an erasure alone takes the bytes. */
    @Test
    void nobodyAltersWhatWasSentAndAnswered() throws Exception {
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        collected(clue, sent);
        answered(clue, sent, scanned("RETURNED", "\"reason\": \"材料不齐\",", transfers.attached(City.MSA, clue)));
        for (String sql : List.of(
                "UPDATE packet SET opened = '{}'",
                "UPDATE packet SET attachments = '{}'",
                "DELETE FROM packet",
                "UPDATE packet_receipt SET outcome = 'RECEIVED'",
                "UPDATE packet_receipt SET reason = ''",
                "UPDATE packet_receipt SET at = now()",
                "DELETE FROM packet_receipt",
                "TRUNCATE packet_receipt",
                "UPDATE packet_bytes SET bytes = '\\x00'",
                "DELETE FROM packet_bytes",
                "TRUNCATE packet_bytes")) {
            try (Connection owner = city.database(DatabaseRole.OWNER).getConnection();
                    Statement statement = owner.createStatement()) {
                SQLException refused = assertThrows(SQLException.class, () -> statement.execute(sql), sql);
                assertEquals("55000", refused.getSQLState(), sql);
            }
        }
    }

    @Test
    void aReceiptIsOfWhatWasFetchedAndOfADayThatCanBe() throws Exception {
        LocalDate today = LocalDate.now(Occurred.ZONE);
        parties.register(parties.entry("yj", "AGENCY", ""));
        Piece clue = work.clue(City.MSA);
        JsonNode sent = sent(clue, draft("yj", "FULL", ""));
        String scan = scanned("RECEIVED", "", transfers.attached(City.MSA, clue));
        refused(409, "STATE_CONFLICT", answered(clue, sent, scan));
        collected(clue, sent);
        String day = LocalDate.now(Occurred.ZONE).toString();
        assertEquals(
                "/receivedOn ORDER",
                fault(answered(
                        clue,
                        sent,
                        scan.replaceFirst("\\d{4}-\\d{2}-\\d{2}\", \"noS", today.minusDays(1) + "\", \"noS"))));
        assertEquals(
                "/receivedOn FUTURE",
                fault(answered(
                        clue,
                        sent,
                        scan.replaceFirst("\\d{4}-\\d{2}-\\d{2}\", \"noS", today.plusDays(2) + "\", \"noS"))));
        assertEquals(
                201,
                answered(clue, sent, scan.replaceFirst("\\d{4}-\\d{2}-\\d{2}\", \"noS", day + "\", \"noS"))
                        .status());
    }
}
