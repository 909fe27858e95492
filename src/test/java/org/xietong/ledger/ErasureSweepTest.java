package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was journaled late about an erased record is taken whatever clock timed it, and whatever becomes of other erasures. */
class ErasureSweepTest {
    @TempDir
    static Path directory;

    private static JournalDatabase database;

    private final UUID record = UUID.randomUUID();
    private Connection superuser;
    private Statement statement;

    @BeforeAll
    static void start() throws Exception {
        database = JournalDatabase.start(directory.resolve("pg"), 0);
        database.prepare();
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    /** In one transaction, without what the rows would refer to. */
    @BeforeEach
    void begin() throws SQLException {
        superuser = database.connect("postgres");
        superuser.setAutoCommit(false);
        statement = superuser.createStatement();
        statement.execute("SET LOCAL search_path = xietong; SET LOCAL session_replication_role = replica;"
                + " SET LOCAL xietong.erasing = 'on'; SET LOCAL ROLE xietong_owner");
        erased(record);
    }

    @AfterEach
    void end() throws SQLException {
        superuser.rollback();
        superuser.close();
    }

    @Test
    void aReadByAClockThatIsAheadIsTakenByWhatItTells() throws SQLException {
        UUID before = read(record, 60, "DISCLOSED", 1);
        UUID tombstone = read(record, 1, "DISCLOSED", 2);
        assertEquals(0, sweep());
        assertEquals(0, parts(before));
        assertEquals(2, parts(tombstone), "it met the record as it stands since");
    }

    /** Its time alone tells: as SECURITY.md says, what is refused by a clock that is further ahead stays. */
    @Test
    void whatTellsNoVersionIsTakenByItsTime() throws SQLException {
        UUID soon = read(record, 5, "RESPONSE", 1);
        UUID later = read(record, 60, "RESPONSE", 1);
        assertEquals(0, sweep());
        assertEquals(0, parts(soon));
        assertEquals(2, parts(later));
    }

    @Test
    void anErasureThatFailsStopsNoOtherAndIsCounted() throws SQLException {
        UUID broken = UUID.randomUUID();
        erased(broken);
        UUID unreadable = read(broken, 0, "DISCLOSED", 1);
        statement.execute("INSERT INTO journal_part VALUES ('" + unreadable
                + "', 'request', 1, decode(repeat('00', 16), 'hex'), 'x')");
        UUID late = read(record, 0, "DISCLOSED", 1);
        assertEquals(1, sweep());
        assertEquals(0, parts(late));
        assertEquals(3, parts(unreadable));
        assertEquals(1, number("SELECT count(*) FROM erasure_sweep WHERE swept_at IS NULL"), "it is tried again");
    }

    private void erased(UUID target) throws SQLException {
        UUID erasure = UUID.randomUUID();
        statement.execute(
                "INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason, digest, proposed_by,"
                        + " proposed_key, proposed_at, proposed_in, expires_at, approved_by, approved_key, approved_at, approved_in) VALUES ('"
                        + erasure + "', 'RECORD', '" + target
                        + "', 'MSA-1', false, 'B', '', '', 'd', 'a', 'ka', now(), gen_random_uuid(), now(),"
                        + " 'b', 'kb', now(), gen_random_uuid())");
        statement.execute("INSERT INTO erasure_sweep (erasure, records, versions) VALUES ('" + erasure + "', ARRAY['"
                + target + "'::uuid], '{2}')");
    }

    /** An exchange about it, timed so many seconds from now, with the part that tells of it. */
    private UUID read(UUID of, int seconds, String part, int version) throws SQLException {
        UUID id = UUID.randomUUID();
        statement.execute(
                "INSERT INTO exchange_index (id, time, agency, unit, system, operation, outcome, rule, status) VALUES ('"
                        + id + "', now() + interval '" + seconds
                        + " s', 'MSA', 'MSA-1', 'cms', 'RECORD_READ', 'PERMIT', 'R', 200)");
        statement.execute(
                "INSERT INTO exchange_touched (entry_id, subject, thread, owner_unit, changed, time, parts) VALUES ('"
                        + id + "', '" + of + "', gen_random_uuid(), 'MSA-1', false, now(), '{0}')");
        statement.execute("INSERT INTO journal_part SELECT '" + id
                + "', lower(name), 0, decode(repeat('00', 16), 'hex'), convert_to('{\"id\":" + "\"" + of
                + "\",\"version\":" + version + "}', 'UTF8') FROM unnest(ARRAY['REQUEST', '" + part + "']) AS name");
        return id;
    }

    /** Tells how many failed. */
    private long sweep() throws SQLException {
        statement.execute("RESET ROLE; SET LOCAL session_replication_role = origin");
        return number("SELECT sweep_erasures()");
    }

    private long parts(UUID entry) throws SQLException {
        return number("SELECT count(*) FROM journal_part WHERE entry_id = '" + entry + "'");
    }

    private long number(String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
