package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Over 60,000 exchanges, some readers of which have made or met a handful. */
class ExchangeQueriesTest {
    private static final int ROWS = 60_000;
    private static final UUID SUBJECT = new UUID(0, 77);
    private static final UUID THREAD = new UUID(0, 7);
    private static final UUID PERSON = new UUID(2, 77);
    private static final ExchangeFilter NONE = ExchangeFilter.NONE;

    @TempDir
    static Path directory;

    private static JournalDatabase database;
    private static AgroalDataSource application;
    private static ExchangeQueries queries;

    @BeforeAll
    static void fill() throws Exception {
        database = JournalDatabase.start(directory.resolve("pg"), 0);
        database.prepare();
        try (Connection owner = database.connect("xietong_owner");
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    INSERT INTO exchange_index
                    SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid,
                           timestamptz '2026-01-01Z' + (i / 3) * interval '1 second',
                           CASE WHEN i % 20000 = 1 THEN 'RARE' ELSE 'A' || i % 5 END,
                           CASE WHEN i % 20000 = 1 THEN 'RARE-1' ELSE 'U' || i % 20 END,
                           CASE WHEN i % 20000 = 1 THEN 'rare' ELSE 's' || i % 20 END,
                           CASE WHEN i % 3 = 0 THEN 'o' || i % 1000 END,
                           'READ', 'k' || i % 9,
                           CASE WHEN i % 1000 = 5 THEN 'DENY' WHEN i % 3000 = 7 THEN 'FAIL' ELSE 'PERMIT' END,
                           CASE WHEN i % 15000 = 2 THEN 'R-rare' ELSE 'R-' || i % 30 END,
                           200
                    FROM generate_series(1, ROWS) i
                    """.replace("ROWS", Integer.toString(ROWS)));
            statement.execute("""
                    INSERT INTO exchange_touched
                    SELECT x.id, ('00000000-0000-0000-0000-' || lpad(to_hex((right(x.id::text, 12)::int * 7 + n) % 500), 12, '0'))::uuid,
                           ('00000000-0000-0000-0000-' || lpad(to_hex((right(x.id::text, 12)::int + n) % 50), 12, '0'))::uuid,
                           CASE WHEN x.id::text LIKE '%0009' AND n = 1 THEN 'OWNER-RARE' ELSE 'OWNER-' || n % 2 END,
                           false, x.time
                    FROM exchange_index x, generate_series(1, 3) n
                    """);
            statement.execute("""
                    INSERT INTO ledger_leaf SELECT row_number() OVER (ORDER BY id) - 1, id FROM exchange_index
                    WHERE id <> '00000000-0000-7000-8000-000000060000'
                    """);
            statement.execute("""
                    INSERT INTO journal_entry SELECT id, time, agency, convert_to(id::text, 'UTF8') FROM exchange_index
                    """);
            statement.execute(
                    "UPDATE exchange_index SET level = CASE WHEN id::text LIKE '%777' THEN 'WORK_SECRET' ELSE 'INTERNAL' END");
            statement.execute("""
                    INSERT INTO exchange_participant (entry_id, participant, subject, time)
                    SELECT DISTINCT entry_id, overlay(subject::text PLACING '0002' FROM 15 FOR 4)::uuid, subject, time
                    FROM exchange_touched
                    """);
            statement.execute("ANALYZE");
        }
        application = database.pool("xietong_app");
        queries = new ExchangeQueries(application, database.pool("xietong_auditor"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void pagesShowEveryExchangeOfASystemOnceNewestFirst() throws Exception {
        assertPages(
                after -> queries.ownOfSystem("s7", NONE.officer("o27"), after, 7),
                "SELECT count(*) FROM xietong.exchange_index WHERE system = 's7' AND officer = 'o27'");
    }

    @Test
    void pagesShowEveryExchangeOfAUnitOnce() throws Exception {
        assertPages(
                after -> queries.ownOfUnit("U4", NONE.kind("k3"), after, 50),
                "SELECT count(*) FROM xietong.exchange_index WHERE unit = 'U4' AND kind = 'k3'");
    }

    @Test
    void anExchangeThatTouchedSeveralSubjectsOfAnOwnerShowsOnce() throws Exception {
        ExchangeFilter denied = NONE.outcome(Outcome.DENY);
        assertPages(after -> queries.touching("OWNER-1", denied, after, 7), """
                SELECT count(*) FROM xietong.exchange_index x WHERE outcome = 'DENY'
                AND EXISTS (SELECT FROM xietong.exchange_touched t WHERE t.entry_id = x.id AND owner_unit = 'OWNER-1')
                """);
    }

    @Test
    void ownerSeesOnlyWhatTouchedHisSubjects() {
        ExchangePage page = queries.touching("OWNER-RARE", NONE, Optional.empty(), 200);
        assertTrue(!page.rows().isEmpty());
        for (ExchangeRow row : page.rows()) {
            assertTrue(queries.touched(row.id()).stream()
                    .anyMatch(touched -> touched.ownerUnit().equals("OWNER-RARE")));
        }
        assertEquals(
                List.of(),
                queries.touching("NOBODY", NONE, Optional.empty(), 10).rows());
    }

    @Test
    void everyFilterNarrowsToWhatItSays() throws Exception {
        Instant from = Instant.parse("2026-01-01T01:00:00Z");
        Instant until = Instant.parse("2026-01-01T01:01:00Z");
        Map<ExchangeFilter, String> filters = new LinkedHashMap<>();
        filters.put(NONE.agency("RARE"), "agency = 'RARE'");
        filters.put(NONE.system("rare"), "system = 'rare'");
        filters.put(NONE.officer("o999"), "officer = 'o999'");
        filters.put(NONE.kind("k3").system("s7").officer("o27"), "kind = 'k3' AND system = 's7' AND officer = 'o27'");
        filters.put(NONE.outcome(Outcome.FAIL), "outcome = 'FAIL'");
        filters.put(NONE.rule("R-rare"), "rule = 'R-rare'");
        filters.put(NONE.between(from, until), "time >= '2026-01-01T01:00:00Z' AND time < '2026-01-01T01:01:00Z'");
        String touched = "EXISTS (SELECT FROM xietong.exchange_touched t WHERE t.entry_id = x.id AND ";
        filters.put(NONE.subject(SUBJECT).agency("A3"), touched + "subject = '" + SUBJECT + "') AND agency = 'A3'");
        filters.put(
                NONE.thread(THREAD).outcome(Outcome.DENY), touched + "thread = '" + THREAD + "') AND outcome = 'DENY'");
        for (Map.Entry<ExchangeFilter, String> filter : filters.entrySet()) {
            long expected = database.number("SELECT count(*) FROM xietong.exchange_index x WHERE " + filter.getValue());
            List<ExchangeRow> found = all(after -> queries.all(filter.getKey(), after, 200));
            assertTrue(expected > 0, filter.getValue());
            assertEquals(expected, found.size(), filter.getValue());
        }
    }

    @Test
    void everyPageIsAStretchOfAnIndex() throws Exception {
        Optional<ExchangeCursor> middle =
                Optional.of(new ExchangeCursor(Instant.parse("2026-01-01T03:00:00Z"), new UUID(0, 0)));
        ExchangeScope everything = new ExchangeScope.Everything();
        Map<String, ExchangeScope> scopes = new LinkedHashMap<>();
        scopes.put("system", new ExchangeScope.OfSystem("s3"));
        scopes.put("rare system", new ExchangeScope.OfSystem("rare"));
        scopes.put("unit", new ExchangeScope.OfUnit("U3"));
        scopes.put("rare unit", new ExchangeScope.OfUnit("RARE-1"));
        scopes.put("owner", new ExchangeScope.Touching("OWNER-1"));
        scopes.put("rare owner", new ExchangeScope.Touching("OWNER-RARE"));
        scopes.put("unknown owner", new ExchangeScope.Touching("NOBODY"));
        scopes.put("everything", everything);
        for (Map.Entry<String, ExchangeScope> scope : scopes.entrySet()) {
            assertIndexPage(scope.getKey(), scope.getValue(), NONE, Optional.empty());
            assertIndexPage(scope.getKey() + ", next page", scope.getValue(), NONE, middle);
        }
        Map<String, ExchangeFilter> filters = new LinkedHashMap<>();
        filters.put("agency", NONE.agency("A1"));
        filters.put("rare agency", NONE.agency("RARE"));
        filters.put("unknown agency", NONE.agency("NONE"));
        filters.put("system", NONE.system("rare"));
        filters.put("officer", NONE.officer("o999"));
        filters.put("kind", NONE.kind("k1"));
        filters.put("unknown kind", NONE.kind("none"));
        filters.put("denied", NONE.outcome(Outcome.DENY));
        filters.put("failed", NONE.outcome(Outcome.FAIL));
        filters.put("permitted", NONE.outcome(Outcome.PERMIT));
        filters.put("rule", NONE.rule("R-rare"));
        filters.put("level", NONE.level("WORK_SECRET"));
        filters.put("participant", NONE.participant(PERSON));
        filters.put("participant and subject", NONE.participant(PERSON).subject(SUBJECT));
        filters.put("subject", NONE.subject(SUBJECT));
        filters.put("thread", NONE.thread(THREAD));
        filters.put("time", NONE.between(Instant.parse("2026-01-01T01:00:00Z"), Instant.parse("2026-01-01T02:00:00Z")));
        for (Map.Entry<String, ExchangeFilter> filter : filters.entrySet()) {
            assertIndexPage(filter.getKey(), everything, filter.getValue(), Optional.empty());
            assertIndexPage(filter.getKey() + ", next page", everything, filter.getValue(), middle);
        }
    }

    @Test
    void rowsTellTheirPlaceInTheLogOnceTheyHaveOne() {
        List<ExchangeRow> newest = queries.all(
                        NONE.between(null, Instant.parse("2026-01-02T00:00:00Z")), Optional.empty(), 3)
                .rows();
        assertEquals(
                java.util.Arrays.asList(null, 59_998L, 59_997L),
                newest.stream().map(ExchangeRow::position).toList());
        UUID first = UUID.fromString("00000000-0000-7000-8000-000000000001");
        assertEquals(0L, queries.find(first).orElseThrow().position());
    }

    @Test
    void entriesAndReceiptsAreFoundByIndex() throws Exception {
        for (String sql : List.of(
                LogEntries.ENTRIES.replaceFirst("\\?", "30000").replaceFirst("\\?", "30512"),
                Receipts.POSITIONS.replace("?", "ARRAY['00000000-0000-7000-8000-000000030000'::uuid]"))) {
            try (Connection auditor = database.connect("xietong_auditor");
                    Statement statement = auditor.createStatement();
                    ResultSet plan = statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)) {
                plan.next();
                JsonNode root =
                        new ObjectMapper().readTree(plan.getString(1)).get(0).get("Plan");
                assertTrue(!plan.getString(1).contains("Seq Scan"), plan.getString(1));
                assertTrue(read(root) <= 1_024, "read " + read(root) + " rows: " + plan.getString(1));
                assertTrue(root.get("Shared Hit Blocks").asLong()
                                + root.get("Shared Read Blocks").asLong()
                        < 4000);
            }
        }
    }

    @Test
    void entriesComeInTheOrderOfTheirPlacesWithoutAGap() throws Exception {
        LogEntries log = new LogEntries(database.pool("xietong_auditor"));
        List<String> entries = new ArrayList<>();
        log.read(1_000, 2_500, entry -> entries.add(new String(entry, java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(1_500, entries.size());
        for (int i = 0; i < entries.size(); i++) {
            assertEquals(String.format("00000000-0000-7000-8000-%012d", 1_001 + i), entries.get(i));
        }
        ProblemException beyond = assertThrows(ProblemException.class, () -> log.read(59_998, 60_000, entry -> {}));
        assertEquals(ProblemType.UNAVAILABLE, beyond.type());
    }

    /** Though the application's connections ask for one plan for whatever values come. */
    @ParameterizedTest
    @ValueSource(strings = {"OWNER-1", "OWNER-RARE", "NOBODY", "U3", "RARE-1", "s3", "rare"})
    void everyPageOfTheApplicationIsAStretchOfAnIndexToo(String of) throws Exception {
        ExchangeScope scope = of.startsWith("OWNER") || of.equals("NOBODY")
                ? new ExchangeScope.Touching(of)
                : of.startsWith("s") || of.equals("rare")
                        ? new ExchangeScope.OfSystem(of)
                        : new ExchangeScope.OfUnit(of);
        for (Optional<ExchangeCursor> after : List.of(
                Optional.<ExchangeCursor>empty(),
                Optional.of(new ExchangeCursor(Instant.parse("2026-01-01T03:00:00Z"), new UUID(0, 0))))) {
            ExchangeSql sql = ExchangeSql.page(scope, NONE, after, 51);
            String plan = explainAsTheApplication(sql);
            JsonNode root = new ObjectMapper().readTree(plan).get(0).get("Plan");
            assertTrue(!plan.contains("Seq Scan"), plan);
            assertTrue(read(root) < 1000, "read " + read(root) + " rows: " + plan);
            assertTrue(discarded(root) < 1000, "discarded " + discarded(root) + " rows: " + plan);
        }
    }

    private static String explainAsTheApplication(ExchangeSql sql) throws SQLException {
        String text = sql.text();
        for (int i = 1; text.contains("?"); i++) {
            text = text.replaceFirst("\\?", "\\$" + i);
        }
        String values = sql.values().stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
        try (Connection connection = database.connect("xietong_app");
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            connection.setAutoCommit(false);
            ExchangeReader.planForTheseValues(connection);
            statement.execute("PREPARE page AS " + text);
            try (ResultSet plan =
                    statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE page(" + values + ")")) {
                plan.next();
                return plan.getString(1);
            }
        }
    }

    @Test
    void cursorsOfOtherOriginAreRefused() {
        ExchangeCursor cursor = new ExchangeCursor(Instant.ofEpochMilli(1_762_300_000_123L), ExchangeIds.next());
        assertEquals(cursor, ExchangeCursor.parse(cursor.text()));
        ExchangeCursor ofAges = new ExchangeCursor(Instant.ofEpochMilli(Long.MAX_VALUE), new UUID(1, 2));
        for (String bad : List.of("", "x", cursor.text() + "A", cursor.text() + "=", "é", ofAges.text())) {
            ProblemException problem = assertThrows(ProblemException.class, () -> ExchangeCursor.parse(bad));
            assertEquals(ProblemType.INVALID_CURSOR, problem.type());
        }
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        for (int limit : List.of(0, -1, 201)) {
            assertThrows(ProblemException.class, () -> queries.all(NONE, Optional.empty(), limit));
        }
    }

    @Test
    void readersGoWithTheRightsOfTheirRole() throws Exception {
        ExchangeRecord record = Records.any();
        try (Journal journal = new Journal(application, Records.CONFIG, new SimpleMeterRegistry())) {
            journal.appendGrouped(record);
        }
        assertEquals(5, queries.openAsAuditor(record.id()).orElseThrow().parts().size());
        assertEquals(5, queries.open(record.id()).orElseThrow().parts().size());
        try (Connection eraser = database.connect("xietong_eraser");
                Statement statement = eraser.createStatement()) {
            statement.execute("DELETE FROM journal_part WHERE name = 'disclosed'");
            statement.execute("DELETE FROM exchange_index WHERE id = '" + record.id() + "'");
            statement.execute("DELETE FROM exchange_touched WHERE entry_id = '" + record.id() + "'");
        }
        OpenedExchange erased = queries.openAsAuditor(record.id()).orElseThrow();
        assertEquals(List.of(new SealedPart.PartRef("disclosed", 0)), erased.missing());
        assertEquals(List.of(), erased.check());
        assertTrue(queries.find(record.id()).isEmpty());
        assertTrue(queries.open(ExchangeIds.next()).isEmpty());
    }

    @Test
    void storeThatFailsIsUnavailableAndTellsNothingElse() throws Exception {
        ExchangeQueries lost =
                new ExchangeQueries(database.pool("xietong_sequencer"), database.pool("xietong_sequencer"));
        ProblemException problem = assertThrows(ProblemException.class, () -> lost.all(NONE, Optional.empty(), 10));
        assertEquals(ProblemType.UNAVAILABLE, problem.type());
    }

    @Test
    void textThatNoStoreCanHoldIsAnInvalidQuery() {
        ProblemException problem =
                assertThrows(ProblemException.class, () -> queries.all(NONE.officer("a\0b"), Optional.empty(), 10));
        assertEquals(ProblemType.INVALID_QUERY, problem.type());
        assertThrows(ProblemException.class, () -> NONE.between(Instant.MIN, null));
    }

    /** No scan of a table, and hardly more rows read, or thrown away, than shown. */
    private static void assertIndexPage(
            String what, ExchangeScope scope, ExchangeFilter filter, Optional<ExchangeCursor> after) throws Exception {
        ExchangeSql sql = ExchangeSql.page(scope, filter, after, 51);
        String plan = explain(sql);
        JsonNode root = new ObjectMapper().readTree(plan).get(0).get("Plan");
        assertTrue(!plan.contains("Seq Scan"), what + ": " + plan);
        long buffers = root.get("Shared Hit Blocks").asLong()
                + root.get("Shared Read Blocks").asLong();
        assertTrue(buffers < 1500, what + " read " + buffers + " blocks: " + plan);
        assertTrue(read(root) < 1000, what + " read " + read(root) + " rows: " + plan);
        assertTrue(discarded(root) < 1000, what + " discarded " + discarded(root) + " rows: " + plan);
    }

    private static long read(JsonNode node) {
        if (!node.has("Plans")) {
            return Math.round(node.get("Actual Rows").asDouble()
                    * node.get("Actual Loops").asLong());
        }
        long rows = 0;
        for (JsonNode child : node.get("Plans")) {
            rows += read(child);
        }
        return rows;
    }

    private static long discarded(JsonNode node) {
        long rows = node.path("Rows Removed by Filter").asLong()
                * node.path("Actual Loops").asLong(1);
        for (JsonNode child : node.path("Plans")) {
            rows += discarded(child);
        }
        return rows;
    }

    private static String explain(ExchangeSql sql) throws SQLException {
        try (Connection connection = application.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql.text())) {
            for (int i = 0; i < sql.values().size(); i++) {
                statement.setObject(i + 1, sql.values().get(i));
            }
            try (ResultSet plan = statement.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }

    private static void assertPages(Function<Optional<ExchangeCursor>, ExchangePage> pages, String count)
            throws Exception {
        List<ExchangeRow> rows = all(pages);
        assertTrue(rows.size() >= 20, "too few rows to prove anything");
        assertEquals(database.number(count), rows.size());
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < rows.size(); i++) {
            assertTrue(ids.add(rows.get(i).id()));
            assertTrue(i == 0 || !rows.get(i).time().isAfter(rows.get(i - 1).time()));
        }
    }

    private static List<ExchangeRow> all(Function<Optional<ExchangeCursor>, ExchangePage> pages) {
        List<ExchangeRow> rows = new ArrayList<>();
        Optional<ExchangeCursor> after = Optional.empty();
        do {
            ExchangePage page = pages.apply(after);
            rows.addAll(page.rows());
            after = page.next().map(next -> ExchangeCursor.parse(next.text()));
        } while (after.isPresent());
        return rows;
    }
}
