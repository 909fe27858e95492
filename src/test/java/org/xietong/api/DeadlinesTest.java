package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.faulty;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Stages;

/** Deadlines run with the acts that start them, show to who sees those in full, and are ordered upon by whose they are. */
@QuarkusTest
@WithTestResource(CityResource.class)
class DeadlinesTest {
    private static final String TO_REQUEST = "DETENTION_TO_REQUEST";
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    private static final List<String> OTHERS =
            List.of(City.MSA, City.COURT, City.IPO, City.COPYRIGHT, City.POLICE_DISTRICT, City.PROC_DISTRICT);

    private final CriminalCase it = CriminalCase.ofThePolice();
    private final City city = it.work().city();

    @Test
    void aDetentionStartsTheDaysUntilTheRequestOfEach() {
        Piece detention = detained(TODAY, it.first(), it.second());
        for (String suspect : List.of(it.first(), it.second())) {
            JsonNode deadline = of(City.POLICE, detention, TO_REQUEST, suspect).orElseThrow();
            assertEquals("RUNNING", deadline.get("state").asText());
            assertEquals("DUTY", deadline.get("nature").asText());
            assertEquals(TODAY.plusDays(3).toString(), deadline.get("dueOn").asText());
            assertEquals(3, deadline.get("daysLeft").asInt());
            assertEquals("拘留后提请批准逮捕", deadline.get("name").asText());
            assertEquals("POLICE-421200", deadline.at("/actors/0").asText());
            assertEquals("TEXT", deadline.at("/basis/verified").asText());
        }
        it.act(City.POLICE, arrest(), "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        assertEquals(
                "MET",
                of(City.POLICE, detention, TO_REQUEST, it.first())
                        .orElseThrow()
                        .get("state")
                        .asText());
    }

    /** A deadline tells of the act that started it, and by its end of others: nobody sees it who does not see the record in full. */
    @Test
    void nobodyElseLearnsOfADeadlineByAnyWay() {
        Piece detention = detained(TODAY.minusDays(9), it.first());
        assertTrue(everywhere(City.POLICE, it.filing().matter()).size() > 1);
        for (String unit : OTHERS) {
            assertEquals(List.of(), everywhere(unit, it.filing().matter()), unit);
            assertEquals(404, get(unit, detention.path() + "/deadlines").status(), unit);
        }
        for (String less : List.of(City.PROC, City.AUD)) {
            assertEquals(List.of(), everywhere(less, it.filing().matter()), "sees less than the whole: " + less);
            refused(403, "VIEW_TOO_LOW", get(less, detention.path() + "/deadlines"));
        }
        Piece arrest = arrest();
        it.act(City.POLICE, arrest, "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        assertEquals(
                List.of("ARREST_REVIEW_DETAINED " + it.first(), "ARREST_REVIEW_FREE " + it.second()),
                rules(City.PROC, "?whose=MINE"));
        assertEquals(
                List.of("CUSTODY_BEFORE_ARREST " + it.first()),
                rules(City.PROC, "?whose=OVERSEEN"),
                "the request for an arrest opens the measure");
    }

    /** A grant opens one record: what the case's other records do to its days it does not tell (I4). */
    @Test
    void aGrantOpensNoDaysThatTellOfOtherRecords() {
        Piece detention = detained(TODAY, it.first());
        new TwoKeys(city, City.POLICE)
                .granted(
                        detention,
                        TwoKeys.grant("\"unit\": \"COPYRIGHT-421200\"", "FULL", "\"INVESTIGATION\", \"PI\""));
        it.act(City.POLICE, arrest(), "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        assertEquals("FULL", it.read(City.COPYRIGHT, detention).at("/meta/view").asText());
        assertEquals(List.of(), everywhere(City.COPYRIGHT, it.filing().matter()));
        assertEquals(
                "[]",
                Casework.json(get(City.COPYRIGHT, detention.path() + "/deadlines"))
                        .get("items")
                        .toString());
    }

    /** Days of the decision run for who is accused; nobody decides of the victim. */
    @Test
    void nothingRunsForWhomNothingIsDecided() {
        it.arrestRequested();
        it.sent();
        String content = Stages.prosecution(it.first(), it.second());
        String victim = ", {\"ref\": \"V\", \"type\": \"NATURAL_PERSON\", \"roles\": [\"VICTIM\"], \"name\": \"某某\"}]";
        it.create(City.PROC, "prosecution", content.substring(0, content.length() - 1) + victim);
        assertEquals(
                2,
                rules(City.PROC, "").stream()
                        .filter(each -> each.startsWith("PROSECUTION_REVIEW"))
                        .count());
    }

    /** Who was taken into custody in the past is held: his arrest is reviewed within seven days, and no holiday holds him longer. */
    @Test
    void custodyOfThePastDecidesWhichDaysRun() {
        String draft = Stages.draft(it.filing().id(), Stages.measure("DETENTION", it.first()));
        it.work()
                .createSigned(
                        City.POLICE,
                        "investigation",
                        draft.replaceFirst("\\{", "{" + past("EXECUTED", TODAY.minusDays(2))));
        it.act(City.POLICE, arrest(), "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        assertEquals(
                List.of("ARREST_REVIEW_DETAINED " + it.first(), "ARREST_REVIEW_FREE " + it.second()),
                rules(City.PROC, "?whose=MINE"));
    }

    /** A live case is measured by what happens in it, also where that is entered as the past: its custody, and the review of its prosecution. */
    @Test
    void thePastOfALiveCaseIsMeasuredByItsOwnDays() {
        LocalDate day = TODAY.minusDays(40);
        String draft = Stages.draft(it.filing().id(), Stages.measure("DETENTION", it.first()))
                .replace("2023-01-13", day.toString());
        it.work()
                .createSigned(
                        City.POLICE,
                        "investigation",
                        draft.replaceFirst("\\{", "{" + past("EXECUTED", day.plusDays(1))));
        JsonNode custody = one(list(City.POLICE, "?when=OVERDUE"), "CUSTODY_BEFORE_ARREST");
        assertEquals(day.toString(), custody.get("startedOn").asText());
        assertEquals(TODAY.toString(), custody.get("startedRecordedAt").asText().substring(0, 10));
        assertEquals(day.plusDays(37).toString(), custody.get("dueOn").asText());
    }

    /** What began and what ended have their own days, whichever day the record names: custody that overran stays so. */
    @Test
    void theDaysOfAPastMeasureAreItsOwn() {
        String measure = Stages.measure("DETENTION", it.first())
                .replace(
                        "\"2023-01-13\"",
                        "\"" + TODAY.minusDays(50) + "\", \"endsOn\": \"" + TODAY.minusDays(5) + "\"");
        Piece lifted = it.work()
                .createSigned(
                        City.POLICE,
                        "investigation",
                        Stages.draft(it.filing().id(), measure)
                                .replaceFirst("\\{", "{" + past("LIFTED", TODAY.minusDays(50))));
        JsonNode custody =
                of(City.POLICE, lifted, "CUSTODY_BEFORE_ARREST", it.first()).orElseThrow();
        assertEquals("MISSED", custody.get("state").asText());
        assertEquals(TODAY.minusDays(5).toString(), custody.get("endedOn").asText());
    }

    @Test
    void aReviewThatIsEnteredAsThePastIsMeasuredToo() {
        it.arrestRequested();
        it.sent();
        String reviewed = Stages.draft(it.filing().id(), Stages.prosecution(it.first()))
                .replace("2023-03-20", TODAY.minusDays(50).toString());
        it.work()
                .createSigned(
                        City.PROC,
                        "prosecution",
                        reviewed.replaceFirst("\\{", "{" + past("RECEIVED", TODAY.minusDays(49))));
        JsonNode late = one(list(City.PROC, "?when=OVERDUE"), "PROSECUTION_REVIEW");
        assertEquals(TODAY.minusDays(50).toString(), late.get("startedOn").asText());
        String decided = Stages.draft(it.filing().id(), Stages.prosecution(it.second()))
                .replace("2023-03-20", TODAY.minusDays(50).toString())
                .replace("\"charges\"", "\"decision\": \"NOT_PROSECUTED\", \"charges\"");
        Piece entered = it.work()
                .createSigned(
                        City.PROC,
                        "prosecution",
                        decided.replaceFirst("\\{", "{" + past("DECIDED", TODAY.minusDays(10))));
        List<String> states = StreamSupport.stream(
                        Casework.json(get(City.PROC, entered.path() + "/deadlines"))
                                .get("items")
                                .spliterator(),
                        false)
                .map(each -> each.get("rule").asText() + ' ' + each.get("state").asText())
                .sorted()
                .toList();
        assertEquals(
                List.of("NON_PROSECUTION_PETITION EXPIRED", "PROSECUTION_REVIEW MISSED", "T15 OVERDUE", "T20 MISSED"),
                states,
                "decided after ten days too many, entered ten days later");
    }

    private static String past(String state, LocalDate day) {
        return "\"origin\": \"BACKFILL\", \"state\": \"" + state
                + "\", \"documentNumber\": \"1号\", \"occurred\": {\"time\": \"" + day
                + "T00:00:00+08:00\", \"precision\": \"DAY\"},";
    }

    private JsonNode one(List<JsonNode> found, String rule) {
        return found.stream()
                .filter(each -> each.get("matterId").asText().equals(it.filing().matter())
                        && each.get("rule").asText().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsOverdueIsEscalatedByItsRule() {
        detained(TODAY.minusDays(4), it.first());
        JsonNode late = list(City.POLICE, "?when=OVERDUE").stream()
                .filter(each -> each.get("matterId").asText().equals(it.filing().matter()))
                .findFirst()
                .orElseThrow();
        assertEquals(TO_REQUEST, late.get("rule").asText());
        assertEquals("OVERDUE", late.get("state").asText());
        assertEquals(-1, late.get("daysLeft").asInt());
        assertEquals("[\"HEAD\",\"PROCURATORATE\"]", late.get("escalatedTo").toString());
        assertTrue(rules(City.POLICE, "?when=SOON").isEmpty(), "what is late is not due soon");
        assertEquals(
                List.of("CUSTODY_BEFORE_ARREST " + it.first(), TO_REQUEST + ' ' + it.first()), rules(City.POLICE, ""));
    }

    @Test
    void pagesByKeysetAndLosesNothing() {
        detained(TODAY, it.first(), it.second());
        assertEquals(Pages.ids(City.POLICE, "/v1/deadlines", 100), Pages.ids(City.POLICE, "/v1/deadlines", 1));
    }

    @Test
    void aCaseOfThePastStartsNoClock() {
        CriminalCase past = CriminalCase.ofThePast();
        JsonNode page = Casework.json(get(City.POLICE, past.filing().path() + "/deadlines"));
        assertEquals(0, page.get("items").size());
    }

    @Test
    void theUnitWhoseTimeItIsOrders() {
        Piece detention = detained(TODAY, it.first());
        JsonNode deadline = of(City.POLICE, detention, TO_REQUEST, it.first()).orElseThrow();
        ordered(
                201,
                deadline,
                "{\"order\": \"EXTEND\", \"code\": \"SPECIAL_DAY\", \"documentNumber\": \"咸公延字〔2023〕1号\"}");
        JsonNode extended = of(City.POLICE, detention, TO_REQUEST, it.first()).orElseThrow();
        assertEquals(deadline.get("id"), extended.get("id"));
        assertEquals(TODAY.plusDays(4).toString(), extended.get("dueOn").asText());
        assertEquals("[\"SPECIAL_DAY\"]", extended.get("extensions").toString());
        assertEquals("咸公延字〔2023〕1号", extended.at("/orders/0/documentNumber").asText());
        for (int more = 0; more < 3; more++) {
            ordered(
                    201,
                    deadline,
                    "{\"order\": \"EXTEND\", \"code\": \"SPECIAL_DAY\", \"documentNumber\": \"咸公延字〔2023〕2号\"}");
        }
        refused(
                409,
                "STATE_CONFLICT",
                order(
                                City.POLICE,
                                deadline,
                                "{\"order\": \"EXTEND\", \"code\": \"SPECIAL_DAY\", \"documentNumber\": \"咸公延字〔2023〕3号\"}")
                        .send());
        refused(
                409,
                "STATE_CONFLICT",
                order(City.POLICE, deadline, "{\"order\": \"RESUME\", \"documentNumber\": \"1号\"}")
                        .send());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"documentNumber": "1号"}                                                        | /order REQUIRED
                    {"order": "EXTEND", "documentNumber": "1号"}                                     | /code REQUIRED
                    {"order": "EXTEND", "code": "ROAMING", "documentNumber": "1号"}                  | /code UNKNOWN_CODE
                    {"order": "SUSPEND", "code": "ROAMING", "documentNumber": "1号"}                 | /code NOT_ALLOWED
                    {"order": "SUSPEND"}                                                            | /documentNumber REQUIRED
                    {"order": "SUSPEND", "on": "2999-01-01", "documentNumber": "1号"}                | /on FUTURE
                    {"order": "SUSPEND", "on": "2001-01-01", "documentNumber": "1号"}                | /on BEFORE_START
                    {"order": "VARY", "code": "ROAMING", "documentNumber": "1号"}                    | /on AFTER_END
                    {"order": "SUSPEND", "documentNumber": "1号"}                                    | /on AFTER_END
                    """)
    void anOrderThatIsNotSoundIsRefusedByFieldAndRule(String body, String fault) {
        Piece detention = detained(TODAY.minusDays(5), it.first());
        JsonNode deadline = of(City.POLICE, detention, TO_REQUEST, it.first()).orElseThrow();
        faulty("INVALID_CONTENT", fault, order(City.POLICE, deadline, body).send());
        assertEquals(
                deadline, of(City.POLICE, detention, TO_REQUEST, it.first()).orElseThrow(), "nothing changed");
    }

    @Test
    void nobodyElseOrdersAndWhoEndsSignsHimself() {
        Piece detention = detained(TODAY, it.first());
        JsonNode deadline = of(City.POLICE, detention, TO_REQUEST, it.first()).orElseThrow();
        String suspend = "{\"order\": \"SUSPEND\", \"documentNumber\": \"1号\"}";
        for (String unit : OTHERS) {
            refused(404, "NOT_FOUND", order(unit, deadline, suspend).send());
        }
        it.act(City.POLICE, arrest(), "request", Stages.to("咸公提捕字〔2023〕1号", City.PROC));
        JsonNode custody =
                of(City.POLICE, detention, "CUSTODY_BEFORE_ARREST", it.first()).orElseThrow();
        refused(403, "FORBIDDEN", order(City.PROC, custody, suspend).send());
        String end = "{\"order\": \"END\", \"documentNumber\": \"咸公释字〔2023〕1号\"}";
        refused(
                403,
                "OFFICER_SIGNATURE_REQUIRED",
                order(City.POLICE, custody, end).send());
        SignedAnswer ended = city.signed(
                        City.POLICE,
                        1,
                        "POST",
                        "/v1/deadlines/" + custody.get("id").asText() + "/orders")
                .body(City.utf8(end))
                .idempotencyKey()
                .send();
        assertEquals(201, ended.status());
        assertEquals(
                "ENDED",
                of(City.POLICE, detention, "CUSTODY_BEFORE_ARREST", it.first())
                        .orElseThrow()
                        .get("state")
                        .asText());
        assertEquals(
                "END",
                of(City.PROC, detention, "CUSTODY_BEFORE_ARREST", it.first())
                        .orElseThrow()
                        .at("/orders/0/order")
                        .asText());
    }

    @Test
    void theRulesAreThereForEverybodyToRead() {
        JsonNode rules = Casework.json(get(City.IPO, "/v1/deadlines/rules"));
        List<String> unverified = StreamSupport.stream(rules.get("rules").spliterator(), false)
                .filter(rule -> !rule.at("/basis/verified").asText().equals("TEXT"))
                .map(rule -> rule.get("id").asText())
                .toList();
        assertTrue(unverified.contains("T17"), "no unverified figure is shown as law");
        assertEquals(2021, rules.at("/holidays/0/year").asInt());
        assertEquals("国办发明电〔2020〕27号", rules.at("/holidays/0/basis/article").asText());
    }

    @Test
    void aQueryThatIsNotSoundIsRefusedByName() {
        for (String wrong : List.of("whose=THEIRS", "when=NEVER", "limit=0", "after=%21")) {
            SignedAnswer answer = get(City.POLICE, "/v1/deadlines?" + wrong);
            assertEquals(422, answer.status(), wrong);
            assertFalse(Casework.text(answer).contains("THEIRS"));
        }
    }

    private Piece detained(LocalDate day, String... whom) {
        Piece detention = it.create(City.POLICE, "investigation", Stages.measure("DETENTION", whom));
        it.act(City.POLICE, detention, "approve", Stages.document("咸公拘字〔2023〕1号"));
        it.act(
                City.POLICE,
                detention,
                "execute",
                "{\"occurred\": {\"time\": \"" + day + "T00:00:00+08:00\", \"precision\": \"DAY\"}}");
        return detention;
    }

    private Piece arrest() {
        return it.create(City.POLICE, "arrest", Stages.arrest(it.first(), it.second()));
    }

    private Optional<JsonNode> of(String unit, Piece piece, String rule, String participant) {
        JsonNode page = Casework.json(get(unit, piece.path() + "/deadlines"));
        return StreamSupport.stream(page.get("items").spliterator(), false)
                .filter(each -> each.get("rule").asText().equals(rule)
                        && each.path("participant").asText().equals(participant))
                .findFirst();
    }

    /** Of this case, by rule and participant, in a settled order. */
    private List<String> rules(String unit, String query) {
        return list(unit, query).stream()
                .filter(each -> each.get("matterId").asText().equals(it.filing().matter()))
                .map(each -> each.get("rule").asText()
                        + ' '
                        + each.path("participant").asText())
                .sorted()
                .toList();
    }

    private static List<JsonNode> everywhere(String unit, String matter) {
        List<JsonNode> found = new ArrayList<>();
        for (String whose : List.of("MINE", "OVERSEEN")) {
            for (String when : List.of("ANY", "OVERDUE", "SOON")) {
                list(unit, "?whose=" + whose + "&when=" + when).stream()
                        .filter(each -> each.get("matterId").asText().equals(matter))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<JsonNode> list(String unit, String query) {
        return Pages.items(unit, "/v1/deadlines" + query, 100);
    }

    private SignedAnswer get(String unit, String target) {
        return city.call(unit, "GET", target).send();
    }

    private void ordered(int status, JsonNode deadline, String body) {
        assertEquals(status, order(City.POLICE, deadline, body).send().status());
    }

    private Call order(String unit, JsonNode deadline, String body) {
        return city.call(unit, "POST", "/v1/deadlines/" + deadline.get("id").asText() + "/orders")
                .body(City.utf8(body))
                .idempotencyKey();
    }
}
