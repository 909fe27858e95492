package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.Papers;

/** Transfers with their papers, step by step; every step is a signed call and must succeed. */
final class Transfers {
    private static final List<String> USUAL = List.of("TRANSFER_LETTER", "INVESTIGATION_REPORT", "GOODS_LIST");
    private static final byte[] PAPER = Papers.pdf("盖章的移送材料", 500);

    private final Casework work;

    Transfers(Casework work) {
        this.work = work;
    }

    /** Reported to the head by two officers, with two suspects and goods; no paper yet. */
    Piece reported(String unit) {
        return work.create(unit, "transfer", draft("AGENCY_TO_POLICE", "TRADEMARK", "", ""));
    }

    /** The same of a clue of the unit's. */
    Piece reported(String unit, Piece clue) {
        return work.create(
                unit,
                "transfer",
                draft(
                        "AGENCY_TO_POLICE",
                        "TRADEMARK",
                        "\"matterId\": \"" + clue.matter() + "\",",
                        "\"clue\": \"" + clue.id() + "\","));
    }

    /** @param papers the list of papers of its content, or nothing */
    static String draft(String direction, String right, String envelope, String papers) {
        String aim = direction.endsWith("POLICE")
                ? "\"suspectedArticle\": \"CL_214\", \"investigators\": [\"001\", \"002\"],"
                : "\"penaltyBasis\": \"商标法第六十条\",";
        return """
                {%s "noStateSecret": true,
                 "content": {"direction": "%s", "rightType": "%s", "title": "涉嫌销售假冒注册商标的商品案", "facts": "查获假冒白酒158箱。",
                   "reportedOn": "2023-01-05", %s %s
                   "exhibits": [{"goods": {"name": "白酒", "quantity": "158"}, "custody": "SENDER", "storedAt": "罚没仓库"}],
                   "suspects": [{"participant": "P1"}, {"participant": "P2"}],
                   "participants": [
                     {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "张某某"},
                     {"ref": "P2", "type": "NATURAL_PERSON", "roles": ["SUSPECT"], "name": "李某某"}]}}
                """.formatted(envelope, direction, right, aim, papers);
    }

    /** The same with its papers attached and named. */
    Piece withPapers(String unit, Piece transfer) {
        String papers = USUAL.stream()
                .map(paper -> "{\"paper\": \"" + paper + "\", \"attachment\": \"" + attached(unit, transfer) + "\"}")
                .collect(Collectors.joining(","));
        return amended(unit, transfer, "\"papers\": [" + papers + "],");
    }

    Piece amended(String unit, Piece transfer, String papers) {
        JsonNode content = read(unit, transfer).get("content");
        String clue = content.has("clue") ? "\"clue\": " + content.get("clue") + "," : "";
        return work.amend(
                unit,
                new Piece(transfer.kind(), transfer.id(), transfer.matter(), "*"),
                draftOf(content, papers + clue));
    }

    /** A draft of the same suspects, with these fields and no others of what may be left out. */
    static String draftOf(JsonNode content, String fields) {
        return draft(content.get("direction").asText(), content.get("rightType").asText(), "", fields)
                .replace("\"P1\"", participant(content, 0))
                .replace("\"P2\"", participant(content, 1))
                .replace("\"ref\"", "\"id\"");
    }

    private static String participant(JsonNode content, int place) {
        return content.at("/participants/" + place + "/id").toString();
    }

    /** An attachment of the record, stored. */
    String attached(String unit, Piece piece) {
        SignedAnswer announced = work.city()
                .call(unit, "POST", piece.path() + "/attachments")
                .idempotencyKey()
                .body(City.utf8(Papers.announcement("移送书.pdf", "application/pdf", PAPER, "")))
                .send();
        String id = Casework.json(announced).get("id").asText();
        SignedAnswer stored = work.city()
                .call(unit, "PUT", piece.path() + "/attachments/" + id + "/content")
                .contentType("application/pdf")
                .body(PAPER)
                .send();
        if (stored.status() != 200) {
            throw new AssertionError(Casework.text(stored));
        }
        return id;
    }

    /** Approved by the head and sent to the police, who have not signed for it. */
    Piece dispatched(String unit) {
        return dispatched(unit, reported(unit));
    }

    Piece dispatched(String unit, Piece reported) {
        Piece ready = withPapers(unit, reported);
        Piece approved = signed(unit, ready, "approve", "{\"documentNumber\": \"咸市监审〔2023〕1号\"}");
        return act(
                unit,
                approved,
                "dispatch",
                "{\"documentNumber\": \"咸市监移〔2023〕1号\", \"addressees\": [\"POLICE-421200\"]}");
    }

    Piece received(String unit) {
        return act(City.POLICE, dispatched(unit), "receive", "{\"documentNumber\": \"咸公回字〔2023〕1号\"}");
    }

    /** Taken by whoever; it must succeed. */
    Piece act(String unit, Piece piece, String act, String body) {
        return work.act(unit, new Piece(piece.kind(), piece.id(), piece.matter(), "*"), act, body);
    }

    /** By the unit's first officer with his own key. */
    Piece signed(String unit, Piece piece, String act, String body) {
        SignedAnswer answer = work.city()
                .signed(unit, 1, "POST", piece.path() + "/acts/" + act)
                .ifMatch("*")
                .idempotencyKey()
                .body(City.utf8(body))
                .send();
        if (answer.status() != 200) {
            throw new AssertionError(Casework.text(answer));
        }
        return piece;
    }

    SignedAnswer tried(String unit, Piece piece, String act, String body) {
        return work.city()
                .call(unit, "POST", piece.path() + "/acts/" + act)
                .ifMatch("*")
                .idempotencyKey()
                .body(City.utf8(body))
                .send();
    }

    JsonNode read(String unit, Piece piece) {
        return Casework.json(work.city().call(unit, "GET", piece.path()).send());
    }
}
