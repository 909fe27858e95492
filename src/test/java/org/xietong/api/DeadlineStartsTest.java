package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.record.TestSweep;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Race;
import org.xietong.testing.Stages;

/** Deadlines that an order starts, that the recording fulfils, and that follow rules which change (I10). */
@QuarkusTest
@WithTestResource(CityResource.class)
class DeadlineStartsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @Inject
    TestSweep sweep;

    private final Casework work = new Casework();
    private final City city = work.city();
    private final LocalDate today = LocalDate.now(SHANGHAI);

    /** 行政强制法 art. 25. */
    @Test
    void aSeizureIsStartedExtendedSuspendedAndFulfilledByOrders() {
        Piece clue = work.clue(City.MSA);
        String id = started(clue, body(clue, "SEIZURE", today.minusDays(20)));
        JsonNode seizure = one(City.MSA, clue, id);
        assertEquals("RUNNING", seizure.get("state").asText());
        assertEquals(today.minusDays(20).toString(), seizure.get("startedOn").asText());
        assertEquals("START", seizure.at("/orders/0/order").asText());
        assertEquals("咸市监扣〔2023〕1号", seizure.at("/orders/0/documentNumber").asText());
        assertEquals("EXCERPT", seizure.at("/basis/verified").asText());
        LocalDate due = LocalDate.parse(seizure.get("dueOn").asText());
        assertEquals(today.plusDays(10), due);
        assertTrue(
                Pages.ids(City.MSA, "/v1/deadlines", 100).contains(id), "it stands among what the unit has to see to");

        assertEquals(201, order(id, "EXTEND", ", \"code\": \"COMPLEX_30\"").status());
        assertTrue(
                LocalDate.parse(one(City.MSA, clue, id).get("dueOn").asText()).isAfter(due.plusDays(25)));
        assertEquals(201, order(id, "SUSPEND", "").status());
        assertEquals("SUSPENDED", one(City.MSA, clue, id).get("state").asText());
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                city.call(City.MSA, "POST", "/v1/deadlines/" + id + "/orders")
                        .idempotencyKey()
                        .body(City.utf8("{\"order\": \"FULFIL\", \"documentNumber\": \"2号\"}"))
                        .send());
        assertEquals(201, order(id, "FULFIL", "").status());
        assertEquals("MET", one(City.MSA, clue, id).get("state").asText());
        refused(409, "STATE_CONFLICT", order(id, "FULFIL", ""));
    }

    /** No order makes what is late look in time, whatever day it names. */
    @Test
    void whatIsLateIsHelpedByNoOrder() {
        Piece clue = work.clue(City.MSA);
        String id = started(clue, body(clue, "SEIZURE", today.minusDays(40)));
        assertEquals("OVERDUE", one(City.MSA, clue, id).get("state").asText());
        String inTime = ", \"on\": \"" + today.minusDays(15) + "\"";
        for (String order : List.of("SUSPEND", "EXTEND")) {
            String code = order.equals("EXTEND") ? ", \"code\": \"COMPLEX_30\"" : "";
            faulty("INVALID_CONTENT", "/on AFTER_END", order(id, order, code + inTime));
        }
        assertEquals(201, order(id, "FULFIL", inTime).status());
        JsonNode fulfilled = one(City.MSA, clue, id).at("/orders/1");
        assertEquals(today.minusDays(15).toString(), fulfilled.get("on").asText());
        assertEquals(
                today.toString(), fulfilled.get("at").asText().substring(0, 10), "when it was ordered shows beside");
    }

    /** Each paper its own days; a repetition starts none. */
    @Test
    void eachOrderStartsOneAndARepetitionNone() {
        Piece clue = work.clue(City.MSA);
        String first = started(clue, body(clue, "SEIZURE", today));
        Call call = start(City.MSA, body(clue, "SEIZURE", today));
        JsonNode second = Casework.json(call.send());
        JsonNode again = Casework.json(call.send());
        assertEquals(second.get("id"), again.get("id"));
        assertTrue(again.get("repeated").asBoolean());
        assertTrue(!first.equals(second.get("id").asText()));
        Callable<Integer> more =
                () -> start(City.MSA, body(clue, "SEIZURE", today)).send().status();
        assertEquals(List.of(201, 201, 201, 201), Race.run(List.of(more, more, more, more)));
        assertEquals(6, seizures(City.MSA, clue).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "rule": "SEIZURE", "documentNumber": "1号", "recordId": null                  | /recordId REQUIRED
                    "rule": "SEIZURE"                                                            | /documentNumber REQUIRED
                    "documentNumber": "1号"                                                       | /rule REQUIRED
                    "rule": "NONE", "documentNumber": "1号"                                       | /rule UNKNOWN_CODE
                    "rule": "T5", "documentNumber": "1号"                                         | /rule UNKNOWN_CODE
                    "rule": "T20", "documentNumber": "1号"                                        | /rule UNKNOWN_CODE
                    "rule": "JUDICIAL_CONFIRMATION", "documentNumber": "1号"                      | /rule NOT_ALLOWED
                    "rule": "SEIZURE", "documentNumber": "1号", "on": "2999-01-01"                | /on FUTURE
                    "rule": "SEIZURE", "documentNumber": "1号", "on": "2011-12-31"                | /on NOT_IN_FORCE
                    """)
    void anOrderThatIsNotSoundIsRefusedByFieldAndRule(String parts, String fault) {
        Piece clue = work.clue(City.MSA);
        String body = parts.contains("recordId") ? parts : parts + ", \"recordId\": \"" + clue.id() + "\"";
        faulty("INVALID_CONTENT", fault, start(City.MSA, "{" + body + "}").send());
        assertEquals(List.of(), seizures(City.MSA, clue));
    }

    /** Who does not see the record learns nothing; who sees it and does not own it starts nothing. */
    @Test
    void nobodyElseStartsOneOrSeesIt() {
        Piece filing = work.create(
                City.MSA,
                "filing",
                Stages.draft(null, "\"filingType\": \"ADMINISTRATIVE\", \"filedOn\": \"2023-01-10\""));
        String id = started(filing, body(filing, "SEIZURE", today));
        for (String unit : List.of(City.POLICE, City.COPYRIGHT, City.COURT, City.MSA_DISTRICT)) {
            int status = start(unit, body(filing, "SEIZURE", today)).send().status();
            int read = city.call(unit, "GET", filing.path()).send().status();
            assertEquals(read == 200 ? 403 : 404, status, unit);
            assertTrue(
                    Pages.items(unit, "/v1/deadlines?whose=OVERSEEN", 100).stream()
                            .noneMatch(each -> each.get("id").asText().equals(id)),
                    unit);
        }
        refused(
                403,
                "FORBIDDEN",
                start(City.PROC, body(filing, "SEIZURE", today)).send());
        assertEquals(id, seizures(City.PROC, filing).getFirst().get("id").asText(), "the procuratorate sees it");
        String unknown = body(filing, "SEIZURE", today)
                .replace(filing.id(), UUID.randomUUID().toString());
        refused(404, "NOT_FOUND", start(City.MSA, unknown).send());
    }

    /** FULFIL is for what an order started; what acts fulfil, no order can. START is not an order upon a deadline. */
    @Test
    void whatActsFulfilNoOrderCan() {
        Piece transfer = new Transfers(work).received(City.MSA);
        JsonNode goods = all(City.POLICE, transfer).stream()
                .filter(each -> each.get("rule").asText().equals("T5"))
                .findFirst()
                .orElseThrow();
        for (String order : List.of("FULFIL", "START")) {
            faulty(
                    "INVALID_CONTENT",
                    "/order NOT_ALLOWED",
                    city.signed(
                                    City.POLICE,
                                    1,
                                    "POST",
                                    "/v1/deadlines/" + goods.get("id").asText() + "/orders")
                            .idempotencyKey()
                            .body(City.utf8("{\"order\": \"" + order + "\", \"documentNumber\": \"1号\"}"))
                            .send());
        }
    }

    /** T20: seven days from the decision to its entry. */
    @Test
    void aDecisionThatWasEnteredLateShowsIt() {
        CriminalCase it = CriminalCase.ofThePolice();
        it.arrestRequested();
        it.sent();
        Piece prosecution = it.create(City.PROC, "prosecution", Stages.prosecution(it.first(), it.second()));
        it.act(
                City.PROC,
                prosecution,
                "indict",
                "{\"documentNumber\": \"咸检刑诉〔2023〕1号\", \"addressees\": [\"" + City.COURT
                        + "\"], \"occurred\": {\"time\": \"" + today.minusDays(40)
                        + "T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        JsonNode entered = all(City.PROC, prosecution).stream()
                .filter(each -> each.get("rule").asText().equals("T20"))
                .findFirst()
                .orElseThrow();
        assertEquals("MISSED", entered.get("state").asText());
        assertEquals("NONE", entered.at("/basis/verified").asText());
        assertEquals(today.minusDays(40).toString(), entered.get("startedOn").asText());
    }

    /** Rules that change reach what runs without any act in the matter; one replica after another finds nothing left. */
    @Test
    void rulesThatChangeReachWhatRuns() throws Exception {
        Piece clue = work.clue(City.MSA);
        String id = started(clue, body(clue, "SEIZURE", today));
        JsonNode before = one(City.MSA, clue, id);
        sweep.now();
        assertEquals(0, sweep.now());
        city.stored()
                .execute(
                        "UPDATE xietong.deadline SET due_on = '2020-01-01', due_at = '2020-01-02Z', sorted = '2020-01-02Z'"
                                + " WHERE id = '" + id + "'");
        city.stored().execute("UPDATE xietong.deadline_state SET reckoning = 'of other rules'");
        assertEquals("2020-01-01", one(City.MSA, clue, id).get("dueOn").asText());
        assertTrue(sweep.now() >= 1);
        assertEquals(before, one(City.MSA, clue, id));
        assertEquals(0, sweep.now());
    }

    private static String body(Piece piece, String rule, LocalDate on) {
        return """
                {"recordId": "%s", "rule": "%s", "on": "%s", "documentNumber": "咸市监扣〔2023〕1号"}
                """.formatted(piece.id(), rule, on);
    }

    private Call start(String unit, String body) {
        return city.call(unit, "POST", "/v1/deadlines").idempotencyKey().body(City.utf8(body));
    }

    private String started(Piece piece, String body) {
        SignedAnswer answer = start(City.MSA, body).send();
        assertEquals(201, answer.status(), Casework.text(answer));
        assertEquals("DEADLINE", Casework.json(answer).get("kind").asText(), piece.kind());
        return Casework.json(answer).get("id").asText();
    }

    private SignedAnswer order(String deadline, String order, String more) {
        return city.signed(City.MSA, 1, "POST", "/v1/deadlines/" + deadline + "/orders")
                .idempotencyKey()
                .body(City.utf8("{\"order\": \"" + order + "\", \"documentNumber\": \"2号\"" + more + "}"))
                .send();
    }

    private List<JsonNode> all(String unit, Piece piece) {
        JsonNode page = Casework.json(
                city.call(unit, "GET", piece.path() + "/deadlines").send());
        return StreamSupport.stream(page.get("items").spliterator(), false).toList();
    }

    private List<JsonNode> seizures(String unit, Piece piece) {
        return all(unit, piece).stream()
                .filter(each -> each.get("rule").asText().equals("SEIZURE"))
                .toList();
    }

    private JsonNode one(String unit, Piece piece, String id) {
        return all(unit, piece).stream()
                .filter(each -> each.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
