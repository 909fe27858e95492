package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.api.TwoKeys.refused;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.api.Casework.Piece;
import org.xietong.client.SignedAnswer;
import org.xietong.record.ExceptionList;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Sight;
import org.xietong.testing.Stages;

/** The lists of what may have been lost: exact against what all records say, for the procuratorate of the level and nobody else. */
@QuarkusTest
@WithTestResource(CityResource.class)
class ExceptionsTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    /** So many days before, whatever is counted in a few days, or in thirty, is late. */
    private static final int LONG_AGO = 45;

    private static final String GAIN =
            ", \"amounts\": [{\"type\": \"ILLEGAL_GAIN\", \"value\": \"30000\", \"unit\": \"CNY\"}]";
    private static final Set<String> LATE_PROMPTS = new TreeSet<>();
    private static final Set<String> DECIDED = new TreeSet<>();
    private static boolean filled;

    private final Casework work = new Casework();
    private final Transfers transfers = new Transfers(work);
    private final City city = work.city();

    /** In the city everything twice, early and late; in the district the same of another level. */
    @BeforeEach
    void fill() {
        Sight.awaitCurrent(city);
        if (filled) {
            return;
        }
        filled = true;
        for (int days : new int[] {0, LONG_AGO}) {
            sent(days);
            received(days);
            Piece filed = received(days);
            transfers.act(City.POLICE, filed, "file", "{\"documentNumber\": \"咸公立字〔2026〕1号\"}");
            Piece refused = received(days);
            transfers.act(
                    City.POLICE,
                    refused,
                    "refuse",
                    "{\"documentNumber\": \"咸公不立字〔2026〕1号\", \"reasonCode\": \"BELOW_THRESHOLD\", \"note\": \"未达标准\", \"noStateSecret\": true}");
            askedAndFiled(days);
            served(days);
            notified(days);
        }
        transfers.reported(City.MSA);
        ended(received(0));
        for (String reason : List.of("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "据实不足")) {
            Piece penalty = penalty(City.MSA);
            DECIDED.add(penalty.id());
            decide(City.MSA, penalty, reason);
        }
        for (int i = 0; i < 3; i++) {
            Piece penalty = penalty(City.MSA);
            LATE_PROMPTS.add(penalty.id());
            Lateness.ofPrompts(city, penalty);
        }
        penalty(City.MSA);
        Piece elsewhere = penalty(City.MSA_DISTRICT);
        Lateness.ofPrompts(city, elsewhere);
        decide(City.MSA_DISTRICT, penalty(City.MSA_DISTRICT), "另案");
        transfers.reported(City.MSA_DISTRICT);
    }

    @ParameterizedTest
    @EnumSource
    void isWhatAllRecordsSay(ExceptionList list) {
        Set<String> expected = oracle(list, "421200");
        assertFalse(expected.isEmpty(), "there must be something to find");
        List<JsonNode> lines = pages(City.PROC, list, 2);
        assertEquals(expected, ids(transfersIn(list, lines)));
        assertEquals(lines.size(), new HashSet<>(lines).size());
        Set<String> district = oracle(list, "421202");
        assertEquals(district, ids(transfersIn(list, pages(City.PROC_DISTRICT, list, 100))), "each level has its own");
        for (JsonNode line : lines) {
            assertTrue(line.get("owner").asText().endsWith("-421200"), line.toString());
        }
    }

    @Test
    void aLineSaysWhoseTimeItIsAndByWhichRule() {
        JsonNode line = pages(City.PROC, ExceptionList.OPINION_UNANSWERED, 100).getFirst();
        assertEquals("supervision", line.get("kind").asText());
        assertEquals("T9", line.at("/deadline/rule").asText());
        assertEquals("[\"POLICE-421200\"]", line.at("/deadline/actors").toString());
        assertEquals("OVERDUE", line.at("/deadline/state").asText());
        JsonNode prompt = pages(City.PROC, ExceptionList.NOT_TRANSFERRED, 100).getFirst();
        assertEquals("CL_213_GAIN", prompt.at("/prompt/reached/0/id").asText());
        assertEquals("T1", prompt.at("/deadline/rule").asText());
        JsonNode late = pages(City.PROC, ExceptionList.FILED_LATE, 100).getFirst();
        assertEquals("MISSED", late.at("/deadline/state").asText());
        assertEquals(TODAY.toString(), late.at("/deadline/endedOn").asText());
    }

    /** Of the lists of all kinds, what is of transfers: which of the rest a procuratorate sees is for other tests. */
    private static List<JsonNode> transfersIn(ExceptionList list, List<JsonNode> lines) {
        boolean all = list != ExceptionList.RECORDED_AFTERWARDS && list != ExceptionList.MOVED_BY_ORDER;
        return lines.stream()
                .filter(line -> all || line.get("kind").asText().equals("transfer"))
                .toList();
    }

    /** Whose day was backdated, and who ordered his own time to end, stands there with what he wrote and when he wrote it. */
    @Test
    void nobodyTakesHimselfOffTheLists() {
        JsonNode stated = pages(City.PROC, ExceptionList.RECORDED_AFTERWARDS, 100).stream()
                .filter(line -> line.at("/deadline/rule").asText().equals("T4"))
                .findFirst()
                .orElseThrow();
        assertEquals("MET", stated.at("/deadline/state").asText());
        assertEquals(
                TODAY.minusDays(LONG_AGO).toString(),
                stated.at("/deadline/endedOn").asText());
        assertEquals(
                TODAY.toString(),
                stated.at("/deadline/endedRecordedAt").asText().substring(0, 10));
        for (JsonNode line : pages(City.PROC, ExceptionList.RECORDED_AFTERWARDS, 100)) {
            assertTrue(
                    line.at("/deadline/endedOn")
                                    .asText()
                                    .compareTo(line.at("/deadline/dueOn").asText())
                            <= 0,
                    line::toString);
        }
        JsonNode moved = transfersIn(ExceptionList.MOVED_BY_ORDER, pages(City.PROC, ExceptionList.MOVED_BY_ORDER, 100))
                .getFirst();
        assertEquals("T5", moved.at("/deadline/rule").asText());
        assertEquals("ENDED", moved.at("/deadline/state").asText());
        assertEquals("END", moved.at("/order/order").asText());
        assertEquals(City.POLICE, moved.at("/order/unit").asText());
        assertEquals(moved.get("order"), moved.at("/deadline/orders/0"));
        String csv =
                new String(get(City.PROC, "/v1/exceptions/MOVED_BY_ORDER/table").body(), StandardCharsets.UTF_8);
        assertTrue(csv.contains("终止 " + TODAY + " 咸公终字〔2026〕1号 " + City.POLICE), csv);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                City.MSA,
                City.POLICE,
                City.COURT,
                City.IPO,
                City.COPYRIGHT,
                City.AUD,
                City.MSA_DISTRICT,
                City.POLICE_DISTRICT
            })
    void nobodyElseMayAsk(String unit) {
        for (ExceptionList list : ExceptionList.values()) {
            refused(403, "FORBIDDEN", get(unit, "/v1/exceptions/" + list));
            refused(403, "FORBIDDEN", get(unit, "/v1/exceptions/" + list + "/table"));
        }
    }

    @Test
    void aMachineAloneMayNotAskEither() {
        SignedAnswer answer =
                city.unattended(City.PROC, "GET", "/v1/exceptions/NOT_FILED").send();
        assertEquals(400, answer.status(), Casework.text(answer));
    }

    /** Its days narrow a list: of a deadline the day on which it became late, of a decision its own. */
    @Test
    void daysNarrowAList() {
        String first = pages(City.PROC, ExceptionList.NOT_FILED, 100).stream()
                .map(line -> line.at("/deadline/dueOn").asText())
                .sorted()
                .toList()
                .getFirst();
        LocalDate until = LocalDate.parse(first).plusDays(1);
        List<JsonNode> early = lines("/v1/exceptions/NOT_FILED?limit=100&until=" + until);
        assertTrue(!early.isEmpty()
                && early.size() < pages(City.PROC, ExceptionList.NOT_FILED, 100).size());
        assertEquals(List.of(), lines("/v1/exceptions/NOT_FILED?limit=100&from=" + TODAY.plusDays(1)));
        assertEquals(
                DECIDED.size(),
                lines("/v1/exceptions/DECIDED_NOT_TO_TRANSFER?limit=100&from=" + TODAY + "&until=" + TODAY)
                        .size());
        assertEquals(List.of(), lines("/v1/exceptions/DECIDED_NOT_TO_TRANSFER?until=" + TODAY.minusDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=x", "from=2026-02-30", "until=", "limit=0", "limit=101", "after=%21", "whose=ALL"})
    void aQueryThatIsNotSoundIsRefused(String query) {
        SignedAnswer answer = get(City.PROC, "/v1/exceptions/NOT_FILED?" + query);
        assertEquals(422, answer.status(), query);
    }

    @Test
    void aListThatDoesNotExistIsNotFound() {
        refused(404, "NOT_FOUND", get(City.PROC, "/v1/exceptions/EVERYTHING"));
        refused(404, "NOT_FOUND", get(City.PROC, "/v1/exceptions/not_filed"));
    }

    /** What was written in reasons is a text in every office program, and the export one exchange that names each record. */
    @Test
    void anExportHoldsTheListAndNoFormula() {
        SignedAnswer csv = get(City.PROC, "/v1/exceptions/DECIDED_NOT_TO_TRANSFER/table");
        assertEquals(200, csv.status());
        String text = new String(csv.body(), StandardCharsets.UTF_8);
        assertEquals('\uFEFF', text.charAt(0));
        String[] rows = text.substring(1).split("\r\n");
        assertEquals(1 + DECIDED.size(), rows.length);
        DECIDED.forEach(id -> assertTrue(text.contains(id)));
        for (String reason : List.of("=1+1", "+1", "-1", "@SUM(A1)", "＝1+1")) {
            assertTrue(text.contains("\"'" + reason + "\""), reason);
            assertFalse(text.contains("\"" + reason + "\""), reason);
        }
        assertTrue(text.contains("已核对原文") && text.contains("已考虑并决定不移送"));
        String exchange = csv.headers().firstValue("Exchange-Id").orElseThrow();
        assertEquals(
                DECIDED.size(),
                city.stored()
                        .number(
                                "SELECT count(*) FROM xietong.journal_part WHERE entry_id = ?::uuid AND name = 'disclosed'",
                                exchange));
    }

    @Test
    void aWorkbookHoldsTheSame() throws IOException {
        SignedAnswer xlsx = get(City.PROC, "/v1/exceptions/DECIDED_NOT_TO_TRANSFER/table?format=xlsx");
        assertEquals(200, xlsx.status());
        String sheet = sheet(xlsx.body());
        assertFalse(sheet.contains("<f>"), "no formula");
        for (String id : DECIDED) {
            assertTrue(sheet.contains(id));
        }
        assertFalse(sheet.contains(">=1+1<") || sheet.contains(">@SUM"), "each begins with an apostrophe");
        assertTrue(sheet.contains("=1+1"));
        refused(422, "INVALID_QUERY", get(City.PROC, "/v1/exceptions/NOT_FILED/table?format=ods"));
    }

    private static String sheet(byte[] workbook) throws IOException {
        Path file = Files.createTempFile("exceptions", ".xlsx");
        try {
            Files.write(file, workbook);
            try (ZipFile zip = new ZipFile(file.toFile())) {
                byte[] bytes = zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml"))
                        .readAllBytes();
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } finally {
            Files.delete(file);
        }
    }

    /** What the records and their acts say, without a deadline and without a prompt. */
    private Set<String> oracle(ExceptionList list, String division) {
        String act =
                "(SELECT max(coalesce((v.act_content -> 'occurred' ->> 'time')::timestamptz, v.at)) FROM xietong.record_version v"
                        + " WHERE v.record_id = r.id AND v.act = '%s')";
        String long_ago = " < now() - interval '15 days'";
        String where = switch (list) {
            case NOT_TRANSFERRED -> null;
            case DECIDED_NOT_TO_TRANSFER ->
                "r.kind = 'penalty' AND EXISTS (SELECT FROM xietong.record_version v WHERE v.record_id = r.id AND v.act = 'not-transfer')";
            case REPORT_NOT_SENT ->
                "r.kind = 'transfer' AND r.state = 'REPORTED' AND (r.content ->> 'reportedOn')::date" + long_ago;
            case NOT_FILED ->
                "r.kind = 'transfer' AND (r.state = 'DISPATCHED' AND " + act.formatted("dispatch") + long_ago
                        + " OR r.state IN ('RECEIVED', 'PAPERS_ASKED') AND " + act.formatted("receive") + long_ago
                        + ")";
            case REFUSED -> "r.kind = 'transfer' AND r.content ->> 'outcome' = 'NOT_FILED'";
            case FILED_LATE ->
                "r.kind = 'transfer' AND r.state = 'DECIDED' AND coalesce(" + act.formatted("file") + ", "
                        + act.formatted("refuse") + ") - " + act.formatted("receive") + " > interval '15 days'";
            case OPINION_UNANSWERED ->
                "r.kind = 'supervision' AND r.state IN ('SERVED', 'REASON_REQUESTED') AND CASE"
                        + " WHEN r.content ->> 'document' IN ('CORRECTION', 'OPINION') AND r.content ->> 'type' <> 'REVERSE_TRANSFER'"
                        + " THEN (r.content ->> 'dueOn')::date < date '" + TODAY + "' ELSE " + act.formatted("serve")
                        + long_ago + " END";
            case RECORDED_AFTERWARDS ->
                "r.kind = 'transfer' AND EXISTS (SELECT FROM xietong.deadline d JOIN xietong.case_event e ON e.record_id = d.record_id"
                        + " AND e.day = d.ended_day AND e.recorded_at >= d.due_at WHERE d.record_id = r.id AND d.duty"
                        + " AND d.state IN ('MET', 'ENDED') AND d.ended_day <= d.due_on)";
            case MOVED_BY_ORDER ->
                "r.kind = 'transfer' AND EXISTS (SELECT FROM xietong.deadline d JOIN xietong.deadline_order o ON o.deadline_id = d.id"
                        + " WHERE d.record_id = r.id AND d.duty AND o.by_unit NOT LIKE 'PROC-%' AND o.ordered IN ('EXTEND', 'VARY',"
                        + " 'SUSPEND', 'RESTART', 'END'))";
            case FEEDBACK_OVERDUE ->
                "r.kind = 'transfer' AND (r.state <> 'DECIDED' OR r.content ->> 'outcome' = 'FILED') AND "
                        + act.formatted("receive") + " < now() - interval '41 days'";
        };
        return where == null
                ? latePrompts(division)
                : new TreeSet<>(city.stored()
                        .texts(
                                "SELECT r.id FROM xietong.record r WHERE split_part(r.owner_unit, '-', 2) = ? AND "
                                        + where,
                                division));
    }

    private Set<String> latePrompts(String division) {
        return division.equals("421200")
                ? LATE_PROMPTS
                : new TreeSet<>(city.stored()
                        .texts(
                                "SELECT record_id FROM xietong.case_event WHERE kind = 'prompt' AND owner_unit = 'MSA-421202'"
                                        + " AND day < current_date - 8"));
    }

    private static String ago(int days) {
        return days == 0
                ? ""
                : "\"occurred\": {\"time\": \"" + TODAY.minusDays(days) + "T00:00:00+08:00\", \"precision\": \"DAY\"},";
    }

    private Piece sent(int days) {
        Piece ready = transfers.withPapers(City.MSA, transfers.reported(City.MSA));
        transfers.signed(City.MSA, ready, "approve", "{" + ago(days) + "\"documentNumber\": \"咸市监审〔2026〕1号\"}");
        return transfers.act(
                City.MSA,
                ready,
                "dispatch",
                "{" + ago(days) + "\"documentNumber\": \"咸市监移〔2026〕1号\", \"addressees\": [\"POLICE-421200\"]}");
    }

    private Piece received(int days) {
        return transfers.act(
                City.POLICE, sent(days), "receive", "{" + ago(days) + "\"documentNumber\": \"咸公回字〔2026〕1号\"}");
    }

    /** Papers were asked for and never came: what ends that late is no completion in time. */
    private void askedAndFiled(int days) {
        Piece asked = transfers.act(
                City.POLICE, received(days), "ask", "{" + ago(days) + "\"note\": \"缺检验报告\", \"noStateSecret\": true}");
        transfers.act(City.POLICE, asked, "file", "{\"documentNumber\": \"咸公立字〔2026〕1号\"}");
    }

    private void served(int days) {
        Piece opened = work.create(City.PROC, "supervision", Stages.draft(null, Stages.supervision("FILING", "")));
        work.act(
                City.PROC,
                opened,
                "serve",
                "{" + ago(days) + "\"documentNumber\": \"咸检不立通〔2026〕1号\", \"addressees\": [\"POLICE-421200\"]}");
    }

    /** A notice of correction, for whose answer the paper alone names the day. */
    private void notified(int days) {
        String named = Stages.supervision("TRIAL", "")
                .replace("2023-02-08", TODAY.minusDays(days).plusDays(15).toString());
        Piece opened = work.create(City.PROC, "supervision", Stages.draft(null, named));
        work.act(
                City.PROC,
                opened,
                "serve",
                "{" + ago(days) + "\"documentNumber\": \"咸检纠〔2026〕1号\", \"addressees\": [\"COURT-421200\"]}");
    }

    private void ended(Piece transfer) {
        String running = city.stored()
                .texts("SELECT id FROM xietong.deadline WHERE rule = 'T5' AND record_id = ?::uuid", transfer.id())
                .getFirst();
        SignedAnswer answer = city.signed(City.POLICE, 1, "POST", "/v1/deadlines/" + running + "/orders")
                .body(City.utf8("{\"order\": \"END\", \"documentNumber\": \"咸公终字〔2026〕1号\"}"))
                .idempotencyKey()
                .send();
        assertEquals(201, answer.status(), Casework.text(answer));
    }

    private Piece penalty(String unit) {
        return work.create(unit, "penalty", Stages.draft(null, Stages.penalty(GAIN)));
    }

    private void decide(String unit, Piece penalty, String reason) {
        work.act(
                unit,
                new Piece(penalty.kind(), penalty.id(), penalty.matter(), "*"),
                "not-transfer",
                "{\"note\": \"" + reason + "\", \"noStateSecret\": true}");
    }

    private List<JsonNode> pages(String unit, ExceptionList list, int limit) {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = Casework.json(get(unit, "/v1/exceptions/" + list + "?limit=" + limit + next));
            assertTrue(page.get("items").size() <= limit, page.toString());
            page.get("items").forEach(all::add);
            next = page.has("next") ? "&after=" + page.get("next").asText() : "";
        } while (!next.isEmpty());
        return all;
    }

    private List<JsonNode> lines(String target) {
        List<JsonNode> all = new ArrayList<>();
        Casework.json(get(City.PROC, target)).get("items").forEach(all::add);
        return all;
    }

    private static Set<String> ids(List<JsonNode> lines) {
        Set<String> ids = new TreeSet<>();
        lines.forEach(line -> ids.add(line.get("recordId").asText()));
        return ids;
    }

    private SignedAnswer get(String unit, String target) {
        return city.call(unit, "GET", target).send();
    }
}
