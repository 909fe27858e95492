package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Over 30,000 exchanges, each of which disclosed three subjects: a page is a stretch of an index. */
class DisclosureQueriesTest {
    private static final int ROWS = 30_000;
    private static final UUID SUBJECT = new UUID(0, 7);
    private static final UUID THREAD = new UUID(1, 7);
    private static final UUID PERSON = new UUID(2, 7);
    private static final UUID OTHER_PERSON = new UUID(2, 9);
    private static final ExchangeScope.Within ALL = new ExchangeScope.Within(
            List.of("COURT", "MSA"),
            List.of(),
            Instant.parse("2020-01-01T00:00:00Z"),
            Instant.parse("2030-01-01T00:00:00Z"));

    @TempDir
    static Path directory;

    private static JournalDatabase database;
    private static DisclosureQueries queries;

    @BeforeAll
    static void fill() throws Exception {
        database = JournalDatabase.start(directory.resolve("pg"), 0);
        database.prepare();
        try (Connection owner = database.connect("xietong_owner");
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    INSERT INTO exchange_index (id, time, agency, unit, system, operation, outcome, rule, status)
                    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
                        timestamptz '2026-01-01Z' + (i / 3) * interval '1 second',
                        CASE WHEN i % 2 = 0 THEN 'MSA' ELSE 'COURT' END, 'U', 's', 'RECORD_READ', 'PERMIT', 'R', 200
                    FROM generate_series(1, ROWS) i
                    """.replace("ROWS", Integer.toString(ROWS)));
            statement.execute("""
                    INSERT INTO exchange_touched (entry_id, subject, thread, owner_unit, changed, time, parts)
                    SELECT x.id, uuid(0, s), uuid(1, s), 'O', false, x.time, ARRAY[n]
                    FROM exchange_index x CROSS JOIN generate_series(0, 2) n
                    CROSS JOIN LATERAL (SELECT abs(hashtext(x.id::text)) % 300 * 3 + n) h (s)
                    """.replace("uuid(0, s)", id(0)).replace("uuid(1, s)", id(1)));
            statement.execute("""
                    INSERT INTO exchange_participant (entry_id, participant, subject, time)
                    SELECT entry_id, overlay(subject::text PLACING '0002' FROM 15 FOR 4)::uuid, subject, time
                    FROM exchange_touched
                    """);
            statement.execute("""
                    INSERT INTO journal_part (entry_id, name, idx, salt, bytes)
                    SELECT entry_id, 'disclosed', parts[1], decode(repeat('00', 16), 'hex'), convert_to('{}', 'UTF8')
                    FROM exchange_touched
                    UNION ALL SELECT id, 'purpose', 0, decode(repeat('00', 16), 'hex'), convert_to('{}', 'UTF8')
                    FROM exchange_index
                    """);
            statement.execute("""
                    INSERT INTO blind_index SELECT sha256(convert_to(i::text, 'UTF8')), PERSON, SUBJECT, THREAD, 'k'
                    FROM generate_series(1, 20000) i
                    """.replace("PERSON", person("i"))
                    .replace("SUBJECT", person("i"))
                    .replace("THREAD", person("i % 50")));
            statement.execute("""
                    INSERT INTO reported_reading (report_id, entry_id, subject, officer, at, reported_at)
                    SELECT entry_id, entry_id, subject, 'o', time, time FROM exchange_touched
                    """);
            statement.execute("ANALYZE");
        }
        queries = new DisclosureQueries(database.pool("xietong_auditor"));
    }

    /** As {@code new UUID(most, s)} in SQL. */
    private static String id(long most) {
        return "('00000000-0000-%04x-0000-' || lpad(to_hex(s), 12, '0'))::uuid".formatted(most);
    }

    private static String person(String number) {
        return "('00000000-0000-0002-0000-' || lpad(to_hex(" + number + "), 12, '0'))::uuid";
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void pagesShowEachDisclosureOnceNewestFirst() throws Exception {
        assertPages(new Sought.Subject(SUBJECT), ALL, "subject = '" + SUBJECT + "'");
        assertPages(new Sought.Thread(THREAD), ALL, "thread = '" + THREAD + "'");
        assertPages(
                new Sought.Participants(List.of(PERSON, OTHER_PERSON)),
                ALL,
                "subject IN ('" + SUBJECT + "', '" + new UUID(0, 9) + "')");
        ExchangeScope.Within narrow = new ExchangeScope.Within(
                List.of("MSA"), List.of(THREAD), ALL.from(), Instant.parse("2026-01-01T01:00:00Z"));
        assertPages(
                new Sought.Subject(SUBJECT),
                narrow,
                "subject = '" + SUBJECT + "' AND time < timestamptz '2026-01-01T01:00:00Z' AND EXISTS (SELECT FROM"
                        + " xietong.exchange_index x WHERE x.id = t.entry_id AND x.agency = 'MSA')");
        ExchangeScope.Within elsewhere =
                new ExchangeScope.Within(List.of("MSA"), List.of(new UUID(1, 8)), ALL.from(), ALL.until());
        assertEquals(
                List.of(),
                queries.page(elsewhere, new Sought.Subject(SUBJECT), Optional.empty(), 9)
                        .rows());
    }

    @Test
    void aPageUsesIndexesOnly() throws Exception {
        Optional<DisclosureCursor> middle = Optional.of(
                new DisclosureCursor(Instant.parse("2026-01-01T01:30:00Z"), new UUID(0, 0), new UUID(0, 0), 0));
        for (Sought sought : List.of(
                new Sought.Subject(SUBJECT),
                new Sought.Thread(THREAD),
                new Sought.Participants(List.of(PERSON)),
                new Sought.Participants(List.of(PERSON, OTHER_PERSON)),
                new Sought.Subject(new UUID(0, 999_999)))) {
            for (Optional<DisclosureCursor> after : List.of(Optional.<DisclosureCursor>empty(), middle)) {
                String plan = explain(sought, after.orElse(DisclosureCursor.NEWEST));
                assertFalse(plan.contains("Seq Scan"), sought + ": " + plan);
                JsonNode root = new ObjectMapper().readTree(plan).get(0).get("Plan");
                long buffers = root.get("Shared Hit Blocks").asLong()
                        + root.get("Shared Read Blocks").asLong();
                assertTrue(buffers < 2500, sought + " read " + buffers + " blocks: " + plan);
            }
        }
    }

    @Test
    void aDigestFindsItsPersonInTheThreadsThatAreAskedAbout() throws Exception {
        byte[] digest = Sha256.of("7".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(List.of(PERSON), queries.participants(digest, List.of()));
        assertEquals(List.of(PERSON), queries.participants(digest, List.of(new UUID(2, 7))));
        assertEquals(List.of(), queries.participants(digest, List.of(new UUID(2, 8))));
        assertEquals(List.of(), queries.participants(new byte[32], List.of()));
    }

    @Test
    void cursorsOfOtherOriginAreRefused() {
        DisclosureCursor cursor =
                new DisclosureCursor(Instant.ofEpochMilli(1_762_300_000_123L), ExchangeIds.next(), SUBJECT, 3);
        assertEquals(cursor, DisclosureCursor.parse(cursor.text()));
        for (String bad : List.of("", "x", cursor.text() + "A", cursor.text() + "=", "é")) {
            ProblemException problem = assertThrows(ProblemException.class, () -> DisclosureCursor.parse(bad));
            assertEquals(ProblemType.INVALID_CURSOR, problem.type());
        }
    }

    private static void assertPages(Sought sought, ExchangeScope.Within scope, String condition) throws Exception {
        Set<String> shown = new HashSet<>();
        int rows = 0;
        Optional<DisclosureCursor> after = Optional.empty();
        Instant newest = Instant.MAX;
        do {
            DisclosurePage page = queries.page(scope, sought, after, 40);
            for (Disclosure row : page.rows()) {
                assertFalse(row.time().isAfter(newest));
                newest = row.time();
                assertTrue(row.part().isPresent() && row.purpose().isPresent());
                assertTrue(row.readings().contains("reportedAt"));
                shown.add(row.exchange() + " " + row.subject());
                rows++;
            }
            after = page.next();
        } while (after.isPresent());
        assertEquals(rows, shown.size());
        assertTrue(rows > 20, "hardly anything was found");
        assertEquals(database.number("SELECT count(*) FROM xietong.exchange_touched t WHERE " + condition), rows);
    }

    private static String explain(Sought sought, DisclosureCursor after) throws Exception {
        try (Connection auditor = database.connect("xietong_auditor");
                PreparedStatement explain = auditor.prepareStatement(
                        "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + DisclosureSql.of(sought))) {
            DisclosureQueries.bind(explain, ALL, sought, after, 51);
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }
}
