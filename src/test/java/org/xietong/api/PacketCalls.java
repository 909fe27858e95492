package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.matter.Occurred;
import org.xietong.testing.City;
import org.xietong.testing.OutsideParties;

/** Packets of market supervision for recipients outside the system, and their receipts, by signed calls. */
abstract class PacketCalls {
    final Casework work = new Casework();
    final Transfers transfers = new Transfers(work);
    final City city = work.city();
    final OutsideParties parties = new OutsideParties(city);

    static String fault(SignedAnswer answer) {
        assertEquals(422, answer.status(), Casework.text(answer));
        JsonNode fault = Casework.json(answer).at("/faults/0");
        return fault.get("field").asText() + ' ' + fault.get("rule").asText();
    }

    String draft(String word, String view, String more) {
        return """
                {%s "recipient": "%s", "view": "%s", "purpose": "移送有管辖权的机关", "documentNumber": "咸市监函〔2023〕7号",
                 "noStateSecret": true}
                """.formatted(more, parties.id(word), view);
    }

    static String receipt(JsonNode sent, String outcome, String reason) {
        return "xietong packet receipt v1\npacket " + id(sent) + "\nsha256 "
                + sent.get("sha256").asText() + "\noutcome " + outcome + "\n" + reason;
    }

    static String signed(String outcome, String more, byte[] signature) {
        return "{" + more + "\"outcome\": \"" + outcome + "\", \"signature\": \""
                + Base64.getEncoder().encodeToString(signature) + "\", \"noStateSecret\": true}";
    }

    static String scanned(String outcome, String more, String scan) {
        return "{" + more + "\"outcome\": \"" + outcome + "\", \"scan\": \"" + scan + "\", \"receivedOn\": \""
                + LocalDate.now(Occurred.ZONE) + "\", \"noStateSecret\": true}";
    }

    static String id(JsonNode sent) {
        return sent.get("id").asText();
    }

    SignedAnswer send(int officer, Piece piece, String draft) {
        return city.signed(City.MSA, officer, "POST", piece.path() + "/packets")
                .idempotencyKey()
                .body(City.utf8(draft))
                .send();
    }

    SignedAnswer send(String unit, Piece piece, String draft) {
        return city.signed(unit, 1, "POST", piece.path() + "/packets")
                .idempotencyKey()
                .body(City.utf8(draft))
                .send();
    }

    JsonNode sent(Piece piece, String draft) {
        SignedAnswer answer = send(1, piece, draft);
        assertEquals(201, answer.status(), Casework.text(answer));
        return Casework.json(answer);
    }

    JsonNode read(Piece piece, JsonNode sent) {
        return Casework.json(city.call(City.MSA, "GET", piece.path() + "/packets/" + id(sent))
                .send());
    }

    SignedAnswer content(Piece piece, JsonNode sent) {
        return city.signed(City.MSA, 2, "GET", piece.path() + "/packets/" + id(sent) + "/content")
                .send();
    }

    byte[] collected(Piece piece, JsonNode sent) {
        SignedAnswer answer = content(piece, sent);
        assertEquals(200, answer.status(), Casework.text(answer));
        return answer.body();
    }

    SignedAnswer answered(Piece piece, JsonNode sent, String receipt) {
        return city.signed(City.MSA, 1, "POST", piece.path() + "/packets/" + id(sent) + "/receipts")
                .idempotencyKey()
                .body(City.utf8(receipt))
                .send();
    }

    List<JsonNode> outside(String unit, Piece piece) {
        return items(unit, piece).filter(each -> each.has("outsideRecipient")).toList();
    }

    List<String> states(String unit, Piece piece) {
        return items(unit, piece).map(each -> each.get("state").asText()).toList();
    }

    Stream<JsonNode> items(String unit, Piece piece) {
        JsonNode list = Casework.json(
                city.call(unit, "GET", piece.path() + "/deliveries").send());
        return StreamSupport.stream(list.get("items").spliterator(), false);
    }
}
