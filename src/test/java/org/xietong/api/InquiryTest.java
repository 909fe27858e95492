package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.testing.Audits.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.Purpose;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.Audits;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** What an auditor opens and asks hangs on an inquiry of two officers that his purpose names (I4, I11). */
@QuarkusTest
@WithTestResource(CityResource.class)
class InquiryTest {
    private static final String NOTHING = "00000000-0000-7000-8000-000000000000";

    private final Casework work = new Casework();
    private final City city = work.city();
    private final Piece clue = work.clue(City.MSA);

    @Test
    void opensTheExchangesThatItCovers() throws IOException {
        String exchange = read();
        Audits audits = Audits.of(city);
        JsonNode inquiry = audits.approved(audits.draft("MSA"));
        assertEquals("OPEN", inquiry.get("status").asText());
        JsonNode opened = reply(open(audits, exchange)).requireStatus(200).json();
        assertTrue(names(opened).containsAll(List.of("request", "decision", "disclosed", "response")));
        SignedAnswer looked = open(audits, exchange);
        assertEquals(
                inquiry.get("id").asText(),
                part(looked.exchangeId(), "decision").get("grant").asText(),
                "the look's own entry names its inquiry");
    }

    @Test
    void answersLikeNothingWithoutAnInquiryThatIsOpenAndCovers() {
        String exchange = read();
        Audits none = Audits.of(city);
        Audits proposed = Audits.of(city);
        proposed.proposed(proposed.draft(Audits.ALL));
        Audits closed = Audits.of(city);
        reply(closed.close(closed.approved(closed.draft(Audits.ALL)))).requireStatus(200);
        Audits ended = Audits.of(city);
        JsonNode end = ended.approved(ended.draft(Audits.ALL));
        assertEquals(200, open(ended, exchange).status());
        asSuperuser("UPDATE xietong.inquiry SET open_until = now() - interval '1 second' WHERE id = '"
                + end.get("id").asText() + "'");
        Audits foreign = Audits.of(city);
        JsonNode other = foreign.approved(foreign.draft(Audits.ALL));
        asSuperuser("UPDATE xietong.inquiry SET unit = 'AUD-420000' WHERE id = '"
                + other.get("id").asText() + "'");
        for (Audits audits : List.of(none, proposed, closed, ended, foreign)) {
            assertNothing(audits, exchange);
        }
        Audits agency = Audits.of(city);
        agency.approved(agency.draft("COURT"));
        Audits matter = Audits.of(city);
        matter.approved(matter.draft(Audits.ALL, UUID.randomUUID()));
        Audits period = Audits.of(city);
        period.approved(period.draft("2000-01-01T00:00:00Z", "2001-01-01T00:00:00Z", Audits.ALL));
        for (Audits audits : List.of(agency, matter, period)) {
            assertEquals(404, open(audits, exchange).status());
            for (String filter : List.of("recordId=" + clue.id(), "matterId=" + clue.matter())) {
                assertEquals(
                        "{\"items\":[]}",
                        Casework.text(
                                audits.call("GET", "/v1/exchanges?" + filter).send()));
            }
            assertEquals(
                    Casework.text(audits.search("\"recordId\": \"" + NOTHING + "\"")),
                    Casework.text(audits.search("\"recordId\": \"" + clue.id() + "\"")));
        }
        Audits purposeless = Audits.opened();
        assertEquals(
                404,
                city.client(City.AUD)
                        .call("GET", "/v1/exchanges/" + exchange)
                        .purpose(Purpose.of("audit"))
                        .officer(
                                new org.xietong.client.OfficerName(City.AUD + "-001", City.AUD, "ukey"),
                                city.keys().officer(City.AUD + "-001"))
                        .send()
                        .status());
        assertEquals(200, open(purposeless, exchange).status());
    }

    @Test
    void needsTwoOfficersWithTheirOwnKeys() throws SQLException {
        Audits audits = Audits.of(city);
        JsonNode inquiry = audits.proposed(audits.draft(Audits.ALL));
        reply(audits.approve(1, inquiry)).requireJournaledProblem(403, "SECOND_OFFICER_REQUIRED");
        reply(audits.call(2, "POST", "/v1/inquiries/" + inquiry.get("id").asText() + "/approve")
                        .idempotencyKey()
                        .body(City.utf8("{\"digest\": \"" + "0".repeat(64) + "\"}"))
                        .send())
                .requireJournaledProblem(422, "INVALID_CONTENT");
        SignedAnswer named = city.client(City.AUD)
                .call("POST", "/v1/inquiries")
                .purpose(audits.purpose())
                .officer(new org.xietong.client.OfficerName(City.AUD + "-001", City.AUD, "ukey"))
                .idempotencyKey()
                .body(City.utf8(audits.draft(Audits.ALL)))
                .send();
        reply(named).requireJournaledProblem(403, "OFFICER_SIGNATURE_REQUIRED");
        String id = inquiry.get("id").asText();
        for (String wrong : List.of(
                "approved_by = proposed_by, approved_key = 'k'", "approved_by = 'x', approved_key = proposed_key")) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> asService("UPDATE inquiry SET " + wrong + ", approved_at = now(), approved_in = id,"
                            + " open_until = now() + interval '1 day' WHERE id = '" + id + "'"));
            assertEquals("23514", refused.getSQLState());
        }
        for (String wrong : List.of("UPDATE inquiry SET agencies = '{COURT}'", "DELETE FROM inquiry")) {
            assertEquals(
                    "42501",
                    assertThrows(SQLException.class, () -> asService(wrong)).getSQLState());
        }
        reply(audits.approve(2, inquiry)).requireStatus(200);
        assertEquals(
                "55000",
                assertThrows(
                                SQLException.class,
                                () -> asService(
                                        "UPDATE inquiry SET open_until = open_until + interval '1 day' WHERE id = '"
                                                + id + "'"))
                        .getSQLState());
        reply(audits.approve(2, inquiry)).requireJournaledProblem(409, "STATE_CONFLICT");
    }

    @Test
    void isApprovedInTimeAndAsItWasProposed() {
        Audits late = Audits.of(city);
        JsonNode lapsed = late.proposed(late.draft(Audits.ALL));
        change(lapsed, "expires_at = now() - interval '1 second'");
        reply(late.approve(2, lapsed)).requireJournaledProblem(409, "PROPOSAL_STALE");
        Audits altered = Audits.of(city);
        JsonNode inquiry = altered.proposed(altered.draft("COURT"));
        change(inquiry, "agencies = '{COURT,MSA}'");
        reply(altered.approve(2, inquiry)).requireJournaledProblem(409, "PROPOSAL_STALE");
    }

    @Test
    void opensOfAnExchangeWhatBelongsToItsMattersAlone() {
        Piece other = work.clue(City.MSA);
        String list = city.call(City.MSA, "GET", "/v1/clues?limit=100").send().exchangeId();
        Audits audits = Audits.of(city);
        audits.approved(audits.draft("MSA", UUID.fromString(clue.matter())));
        String opened = Casework.text(open(audits, list));
        assertTrue(opened.contains(clue.id()), opened);
        assertFalse(opened.contains(other.id()), opened);
        Audits whole = Audits.of(city);
        whole.approved(whole.draft("MSA"));
        assertTrue(Casework.text(open(whole, list)).contains(other.id()));
    }

    @Test
    void isTheAuditingUnitsAlone() {
        Audits audits = Audits.of(city);
        JsonNode inquiry = audits.proposed(audits.draft(Audits.ALL));
        String path = "/v1/inquiries/" + inquiry.get("id").asText();
        assertEquals(200, audits.call("GET", path).send().status());
        assertTrue(Casework.text(audits.call("GET", "/v1/inquiries?limit=100").send())
                .contains(inquiry.get("id").asText()));
        for (String target : List.of(path, "/v1/inquiries")) {
            for (String purpose : List.of("audit", "supervision")) {
                SignedAnswer refused = city.client(City.PROC)
                        .call("GET", target)
                        .purpose(Purpose.of(purpose))
                        .officer(
                                new org.xietong.client.OfficerName(City.PROC + "-001", City.PROC, "ukey"),
                                city.keys().officer(City.PROC + "-001"))
                        .send();
                reply(refused).requireJournaledProblem(403, "FORBIDDEN");
            }
        }
    }

    @Test
    void asksForTheOfficersSignatureAndLeavesPlainListsOpen() {
        for (int i = 0; i < 3; i++) {
            read();
        }
        SignedAnswer plain = city.client(City.AUD)
                .call("GET", "/v1/exchanges?limit=3&level=INTERNAL&agency=MSA")
                .purpose(Purpose.of("audit"))
                .officer(new org.xietong.client.OfficerName(City.AUD + "-001", City.AUD, "ukey"))
                .send();
        assertEquals(3, Casework.json(plain).get("items").size());
        String exchange = read();
        SignedAnswer unsigned = city.client(City.AUD)
                .call("GET", "/v1/exchanges/" + exchange)
                .purpose(Purpose.of("audit"))
                .officer(new org.xietong.client.OfficerName(City.AUD + "-001", City.AUD, "ukey"))
                .send();
        reply(unsigned).requireJournaledProblem(403, "OFFICER_SIGNATURE_REQUIRED");
    }

    @Test
    void narrowsRowsByRecordMatterAndParticipant() {
        String exchange = read();
        String participant = Casework.json(
                        city.call(City.MSA, "GET", clue.path()).send())
                .at("/content/participants/0/id")
                .asText();
        Audits audits = Audits.opened();
        for (String filter : List.of(
                "recordId=" + clue.id(),
                "matterId=" + clue.matter(),
                "participantId=" + participant,
                "participantId=" + participant + "&recordId=" + clue.id() + "&matterId=" + clue.matter()
                        + "&level=INTERNAL&kind=clue&outcome=PERMIT&system=MSA-421200-cms&officer=MSA-421200-001")) {
            String rows = Casework.text(
                    audits.call("GET", "/v1/exchanges?" + filter + "&limit=100").send());
            assertTrue(rows.contains(exchange), filter + ": " + rows);
        }
        assertEquals(
                "{\"items\":[]}",
                Casework.text(audits.call("GET", "/v1/exchanges?participantId=" + NOTHING)
                        .send()));
        reply(city.call(City.MSA, "GET", "/v1/exchanges?participantId=" + participant)
                        .send())
                .requireJournaledProblem(422, "INVALID_QUERY");
        reply(city.call(City.MSA, "GET", "/v1/exchanges?scope=RECORDS&level=INTERNAL")
                        .send())
                .requireJournaledProblem(422, "INVALID_QUERY");
    }

    private void assertNothing(Audits audits, String exchange) {
        for (String id : List.of(exchange, NOTHING)) {
            reply(open(audits, id)).requireJournaledProblem(404, "NOT_FOUND");
        }
        for (String record : List.of(clue.id(), NOTHING)) {
            reply(audits.search("\"recordId\": \"" + record + "\"")).requireJournaledProblem(404, "NOT_FOUND");
            reply(audits.call("GET", "/v1/exchanges?recordId=" + record).send())
                    .requireJournaledProblem(404, "NOT_FOUND");
        }
    }

    /** Somebody reads the clue. */
    private String read() {
        return city.call(City.MSA, "GET", clue.path()).send().exchangeId();
    }

    private static SignedAnswer open(Audits audits, String exchange) {
        return audits.call("GET", "/v1/exchanges/" + exchange).send();
    }

    private JsonNode part(String exchange, String name) throws IOException {
        return new ObjectMapper()
                .readTree(city.stored()
                        .bytes(
                                "SELECT bytes FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = ?",
                                exchange,
                                name));
    }

    private void change(JsonNode inquiry, String what) {
        asSuperuser("UPDATE xietong.inquiry SET " + what + " WHERE id = '"
                + inquiry.get("id").asText() + "'");
    }

    /** What no role may do, for the test to move time or to tamper. */
    private void asSuperuser(String statement) {
        city.stored()
                .execute(
                        "ALTER TABLE xietong.inquiry DISABLE TRIGGER keeps",
                        statement,
                        "ALTER TABLE xietong.inquiry ENABLE ALWAYS TRIGGER keeps");
    }

    private void asService(String sql) throws SQLException {
        try (Connection connection = city.database(DatabaseRole.APP).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> names(JsonNode opened) {
        List<String> names = new ArrayList<>();
        opened.get("parts").forEach(part -> names.add(part.get("name").asText()));
        return names;
    }
}
