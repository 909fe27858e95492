package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Among 60,000 exchanges, every tenth of them refused, of 20,000 records: what the statements of an erasure read, all of them and as the
 * database itself counts, is what the record has, and no table from end to end.
 */
class ErasureCostTest {
    private static final int ROWS = 60_000;
    private static final int RECORDS = 20_000;
    /** Rows of a record here, with those that every statement which finds them reads again. */
    private static final long FEW = 400;
    /** The erasures themselves, one here; and which other tables hold something of a data subject. */
    private static final List<String> SMALL = List.of("erasable_place", "erasure", "erasure_sweep");

    @TempDir
    static Path directory;

    private static JournalDatabase database;

    @BeforeAll
    static void fill() throws Exception {
        database = JournalDatabase.start(directory.resolve("pg"), 0);
        database.prepare();
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("SET search_path = xietong; SET session_replication_role = replica");
            statement.execute("""
                    CREATE FUNCTION pg_temp.of(kind int, n bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
                    $$ SELECT (lpad(to_hex(kind), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$
                    """);
            for (String sql : FILL.replace("RECORDS", "" + RECORDS)
                    .replace("ROWS", "" + ROWS)
                    .split(";")) {
                statement.execute(sql);
            }
            statement.execute("ANALYZE");
        }
    }

    /** 1 matter, 2 record, 3 participant, 4 exchange, 5 anything else. */
    private static final String FILL = """
            INSERT INTO matter SELECT pg_temp.of(1, n), 'MSA-1', now() FROM generate_series(1, RECORDS) n;
            INSERT INTO participant SELECT pg_temp.of(3, n), pg_temp.of(1, n), pg_temp.of(2, n), now() FROM generate_series(1, RECORDS) n;
            INSERT INTO record (id, kind, matter_id, owner_unit, system, source_ref, origin, state, label, addressees, precision,
                    recorded_at, changed_at, version, content, attributes, participants)
                SELECT pg_temp.of(2, n), 'clue', pg_temp.of(1, n), 'MSA-1', 'cms-' || n % 20, 'S' || n, 'LIVE', 'REGISTERED', '{}', '{}',
                    'DAY', now(), now(), 1, jsonb_build_object('facts', 'x', 'participants',
                        jsonb_build_array(jsonb_build_object('id', pg_temp.of(3, n), 'roles', '[]'::jsonb, 'name', 'x'))), '{}',
                    ARRAY[pg_temp.of(3, n)]
                FROM generate_series(1, RECORDS) n;
            INSERT INTO record_version (id, record_id, version, act, by_unit, at, exchange_id, state, label, content)
                SELECT pg_temp.of(5, n), id, 1, 'create', 'MSA-1', now(), pg_temp.of(4, n), state, label, content
                FROM generate_series(1, RECORDS) n JOIN record ON id = pg_temp.of(2, n);
            INSERT INTO record_number SELECT 'N' || n, pg_temp.of(2, n) FROM generate_series(1, RECORDS) n;
            INSERT INTO record_grant SELECT pg_temp.of(5, n), pg_temp.of(2, n), 'X', false, 'p', 'FULL', '{}', 'r', now(), 'd', 'o', now(),
                    pg_temp.of(4, n), now(), NULL, NULL, 'o', now() FROM generate_series(1, RECORDS) n;
            INSERT INTO label_lowering SELECT pg_temp.of(5, n), pg_temp.of(2, n), '', '{}', 'r', 'd', 'o', now(), pg_temp.of(4, n), now(),
                    now() FROM generate_series(1, RECORDS) n;
            INSERT INTO correction (id, record_id, owner_unit, by_unit, fields, reason, at, exchange_id)
                SELECT pg_temp.of(5, n), pg_temp.of(2, n), 'MSA-1', 'X', '{}', 'r', now(), pg_temp.of(4, n) FROM generate_series(1, RECORDS) n;
            INSERT INTO attachment (id, record_id, by_unit, by_system, announced_at, announced_in, name, media_type, size, sha256, sm3,
                    original, caveats, participants)
                SELECT pg_temp.of(5, n), pg_temp.of(2, n), 'MSA-1', 'cms', now(), pg_temp.of(4, n), 'a', 'application/pdf', 1,
                    sha256(n::text::bytea), sha256(n::text::bytea), 'PAPER', '{}', '{}' FROM generate_series(1, RECORDS) n;
            INSERT INTO idempotency SELECT 'cms-' || n % 20, 'k' || n, '\\x00', '\\x00', 201, 'clue', pg_temp.of(2, n), 1, pg_temp.of(4, n),
                    now() FROM generate_series(1, RECORDS) n;
            INSERT INTO exchange_index (id, time, agency, unit, system, operation, outcome, rule, status, named, bulk)
                SELECT pg_temp.of(4, n), now() - n * interval '1 second', 'MSA', 'MSA-1', 'cms-' || n % 20, 'RECORD_READ',
                    CASE WHEN n % 10 = 0 THEN 'DENY' ELSE 'PERMIT' END, 'R', 200,
                    CASE WHEN n % 10 = 0 THEN ARRAY[pg_temp.of(2, n % RECORDS), key_mark('cms-' || n % 20, 'k' || n % RECORDS)] END,
                    CASE WHEN n % 7 = 0 THEN pg_temp.of(5, n / 70) END
                FROM generate_series(1, ROWS) n;
            INSERT INTO journal_entry SELECT id, time, agency, '{}' FROM exchange_index;
            INSERT INTO journal_part SELECT pg_temp.of(4, n), name, 0, decode(repeat('00', 16), 'hex'), convert_to(json_build_object(
                    'id', pg_temp.of(2, n % RECORDS), 'version', 1, 'system', 'cms-' || n % 20, 'idempotencyKey', '"k' || n % RECORDS || '"',
                    'path', '/v1/clues/' || pg_temp.of(2, n % RECORDS), 'signatures', '[]'::json)::text, 'UTF8')
                FROM generate_series(1, ROWS) n, unnest(ARRAY['request', 'response', 'disclosed', 'decision']) AS name;
            INSERT INTO journal_body SELECT id, '{}' FROM exchange_index;
            INSERT INTO exchange_touched (entry_id, subject, thread, owner_unit, changed, time, parts)
                SELECT pg_temp.of(4, n), pg_temp.of(2, n % RECORDS), pg_temp.of(1, n % RECORDS), 'MSA-1', false, now(), '{0}'
                FROM generate_series(1, ROWS) n WHERE n % 10 <> 0;
            INSERT INTO exchange_participant SELECT entry_id, pg_temp.of(3, 1), subject, time FROM exchange_touched;
            INSERT INTO blind_index SELECT sha256(n::text::bytea), pg_temp.of(3, n), pg_temp.of(2, n), pg_temp.of(1, n), 'k'
                FROM generate_series(1, RECORDS) n;
            INSERT INTO spill (id, record_id, kind, owner_unit, by_unit, by_officer, reason, at, exchange_id)
                SELECT pg_temp.of(5, n), pg_temp.of(2, n), 'clue', 'MSA-1', 'X', 'o', 'S', now(), pg_temp.of(4, n)
                FROM generate_series(1, RECORDS) n
            """;

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** With plans for these values and with those that serve for any, as the service's own role asks for. */
    @ParameterizedTest
    @CsvSource({
        "RECORD,2,777,auto",
        "RECORD,2,3770,force_generic_plan",
        "PARTICIPANT,3,888,auto",
        "PARTICIPANT,3,4880,force_generic_plan",
        "ATTACHMENT,5,999,auto",
        "ATTACHMENT,5,5990,force_generic_plan",
        "RELEASE,5,1111,auto"
    })
    void readsNothingButWhatItTakes(String kind, int target, int number, String planning) throws SQLException {
        try (Connection owner = database.connect("xietong_owner");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("SET LOCAL plan_cache_mode = " + planning);
            statement.execute("SELECT set_config('xietong.erasing', 'on', true)");
            long parts = parts(statement, number);
            statement.execute(
                    "INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason, digest,"
                            + " proposed_by, proposed_key, proposed_at, proposed_in, expires_at, approved_by, approved_key, approved_at,"
                            + " approved_in) SELECT gen_random_uuid(), '" + kind + "', '" + id(target, number)
                            + "', 'MSA-1', true, 'B', '', '', 'd', 'a', 'ka', now(), gen_random_uuid(), now(), 'b', 'kb', now(),"
                            + " gen_random_uuid()");
            statement.execute("SELECT apply_erasure(e) FROM erasure e WHERE e.approved_by = 'b'");
            cheap(statement);
            assertEquals(kind.equals("RELEASE"), parts(statement, number) == parts, "it must have done something");
            statement.execute("SELECT sweep_erasures()");
            cheap(statement);
            owner.rollback();
        }
    }

    /** The count is the database's own: a statement of ours that reads a table whole must show in it. */
    @Test
    void seesAStatementThatScans() throws SQLException {
        try (Connection owner = database.connect("xietong_owner");
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement
                    .executeQuery("SELECT count(*) FROM idempotency WHERE status = 7")
                    .close();
            assertTrue(read(statement).getOrDefault("idempotency", 0L) >= RECORDS);
            owner.rollback();
        }
    }

    private static void cheap(Statement statement) throws SQLException {
        Map<String, Long> read = read(statement);
        read.keySet().removeAll(SMALL);
        long rows = read.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(rows > 0 && rows <= FEW, () -> "rows read: " + read);
    }

    private static Map<String, Long> read(Statement statement) throws SQLException {
        Map<String, Long> read = new TreeMap<>();
        try (ResultSet row =
                statement.executeQuery("SELECT relname, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
                        + " FROM pg_stat_xact_user_tables WHERE schemaname = 'xietong'")) {
            while (row.next()) {
                if (row.getLong(2) > 0) {
                    read.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return read;
    }

    private static long parts(Statement statement, int number) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM journal_part WHERE entry_id IN ('"
                + id(4, number) + "', '" + id(4, number + RECORDS) + "')")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String id(int kind, int number) {
        return "%08x-0000-4000-8000-%012x".formatted(kind, number);
    }
}
