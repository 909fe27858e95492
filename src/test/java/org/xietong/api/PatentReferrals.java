package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.OutsideParties;
import org.xietong.testing.Stages;
import org.xietong.testing.Stored;

/** Referrals of patent cases, and what carries them on: a packet to the court outside, and what it answers. */
final class PatentReferrals {
    static final String DRAFT = """
            {"noStateSecret": true,
             "content": {"title": "实用新型专利侵权纠纷案", "cause": "CIVIL_PATENT", "facts": "某酒业商行销售的灌装设备涉嫌落入专利保护范围。",
               "registrationNumbers": [{"type": "PATENT", "value": "ZL200310102344.5"}],
               "participants": [
                 {"ref": "P1", "type": "NATURAL_PERSON", "roles": ["PARTY"], "name": "某某"},
                 {"ref": "U1", "type": "UNIT", "roles": ["PARTY"], "name": "某酒业商行"}]}}
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Casework work;
    private final Transfers transfers;
    private final OutsideParties parties;
    private boolean registered;

    PatentReferrals(Casework work) {
        this.work = work;
        this.transfers = new Transfers(work);
        this.parties = new OutsideParties(work.city());
    }

    Piece raised() {
        return work.create(City.MSA, "patent-referral", DRAFT);
    }

    /** Asked of the court, and coordinated under its officer's key. */
    Piece coordinated() {
        return coordinated(raised());
    }

    Piece coordinated(Piece raised) {
        Piece asked = work.act(City.MSA, raised, "request", Stages.to("咸市监商〔2023〕1号", City.COURT));
        return transfers.act(City.COURT, asked, "coordinate", Stages.document("咸中法协〔2023〕1号"));
    }

    /** What a packet or its receipt does to the record, by the act that goes along. */
    void goesAlong(Piece piece, String act) {
        SignedAnswer done = act.equals("send") ? send(piece) : answer(piece, act.equals("receive"));
        if (done.status() != 201) {
            throw new AssertionError(act + " " + Casework.text(done));
        }
    }

    SignedAnswer send(Piece piece) {
        return send(piece, "");
    }

    /** @param more of the draft, each field with its comma */
    SignedAnswer send(Piece piece, String more) {
        String number = "咸市监函〔2023〕" + (1 + work.city().stored().count("packet")) + "号";
        String body = """
                {%s "recipient": "%s", "view": "FULL", "purpose": "移送专利案件材料", "documentNumber": "%s", "noStateSecret": true}
                """.formatted(more, recipient(), number);
        return patiently(() -> work.city()
                .signed(City.MSA, 1, "POST", piece.path() + "/packets")
                .idempotencyKey()
                .body(City.utf8(body)));
    }

    /** As a client does: few packets are made and fetched at a time, and who is told so comes again. */
    private static SignedAnswer patiently(Supplier<Call> call) {
        SignedAnswer[] last = new SignedAnswer[1];
        Stored.await("a place to make or fetch a packet in", PATIENCE, () -> {
            last[0] = call.get().send();
            return last[0].status() != 429;
        });
        return last[0];
    }

    SignedAnswer answer(Piece piece, boolean received) {
        JsonNode deliveries = Casework.json(
                work.city().call(City.MSA, "GET", piece.path() + "/deliveries").send());
        String packet = "";
        for (JsonNode each : deliveries.get("items")) {
            packet = each.has("packet") ? each.get("packet").asText() : packet;
        }
        String content = piece.path() + "/packets/" + packet + "/content";
        SignedAnswer fetched = patiently(() -> work.city().signed(City.MSA, 1, "GET", content));
        if (fetched.status() != 200) {
            throw new AssertionError(Casework.text(fetched));
        }
        String more = received ? "\"outcome\": \"RECEIVED\"" : "\"outcome\": \"RETURNED\", \"reason\": \"材料不齐\"";
        return work.city()
                .signed(City.MSA, 1, "POST", piece.path() + "/packets/" + packet + "/receipts")
                .idempotencyKey()
                .body(City.utf8("{" + more + ", \"scan\": \"" + transfers.attached(City.MSA, piece)
                        + "\", \"noStateSecret\": true}"))
                .send();
    }

    private synchronized String recipient() {
        if (!registered) {
            try {
                parties.register(parties.entry("ipcourt", "COURT", ""));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            registered = true;
        }
        return parties.id("ipcourt");
    }
}
