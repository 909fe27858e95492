package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;

/** A supervision of before: what the later rules need of it stands in its events afterwards. */
class DeadlineUpgradeTest {
    private static final String BEFORE = """
            SET search_path = xietong;
            SET session_replication_role = replica;
            CREATE FUNCTION pg_temp.of(n int) RETURNS uuid IMMUTABLE LANGUAGE sql AS
                $$ SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
            INSERT INTO matter SELECT pg_temp.of(n), 'PROC-421200', now() FROM generate_series(1, 2) AS n;
            INSERT INTO record (id, kind, matter_id, owner_unit, system, origin, state, label, addressees, precision, recorded_at,
                    changed_at, version, content, attributes)
                SELECT pg_temp.of(n), kind, pg_temp.of(matter), owner, owner || '-cms', 'LIVE', state, '{}', '{}', 'DAY', now(), now(), 1,
                    content::jsonb, '{}'
                FROM (VALUES
                    (10, 'supervision', 1, 'PROC-421200', 'COMPLIED', '{"type": "FILING", "ledTo": "00000000-0000-4000-8000-000000000020"}'),
                    (11, 'supervision', 1, 'PROC-421200', 'SERVED', '{"type": "TRIAL", "dueOn": "2024-11-18"}'),
                    (20, 'filing', 2, 'POLICE-421200', 'FILED', '{}')) AS r (n, kind, matter, owner, state, content);
            INSERT INTO case_event (matter_id, record_id, version, filing_id, kind, attributes, act, state, day, owner_unit, addressees,
                    participants, sets, revokes, recorded_at)
                SELECT pg_temp.of(1), pg_temp.of(n), v, pg_temp.of(n), 'supervision', ARRAY['type=' || type], act, 'X', day::date,
                    'PROC-421200', '{POLICE-421200}', '{}', '{}', '{}', '2024-11-21Z'
                FROM (VALUES (10, 2, 'FILING', 'serve', '2024-11-04'), (10, 3, 'FILING', 'comply', '2024-11-10'),
                    (10, 4, 'FILING', 'order', '2024-11-15'), (10, 5, 'FILING', 'comply', '2024-11-20'),
                    (11, 2, 'TRIAL', 'serve', '2024-11-04')) AS e (n, v, type, act, day);
            INSERT INTO deadline (id, rule, duty, matter_id, record_id, filing_id, actors, started_day, sorted, certain, state, extensions)
                VALUES (pg_temp.of(30), 'T10_REMIND', true, pg_temp.of(1), pg_temp.of(10), pg_temp.of(10), '{POLICE-421200}', '2024-11-20',
                    now(), true, 'ENDED', '{}');
            INSERT INTO case_event (matter_id, record_id, version, filing_id, kind, attributes, act, state, day, owner_unit, addressees,
                    participants, sets, revokes)
                SELECT pg_temp.of(1), pg_temp.of(10), 0, pg_temp.of(10), 'deadline', ARRAY['deadline=' || pg_temp.of(n)], 'end', '',
                    '2024-12-01', 'PROC-421200', '{}', '{}', '{}', '{}' FROM (VALUES (30), (31)) AS ordered (n);
            """;

    private final TestDatabase server = TestDatabase.get();
    private final String database = server.fresh();
    private Stored stored;

    @BeforeEach
    void aSupervisionOfThen() throws SQLException {
        server.migrate(database, "38");
        server.write(database, BEFORE);
        server.migrate(database);
        stored = new Stored(server.superuser(database));
    }

    /** PAPER_REPLY runs by it. */
    @Test
    void theDayOnAServedPaperStandsInItsEvent() {
        assertEquals(
                List.of("{type=FILING}", "{type=TRIAL,dueOn=2024-11-18}"),
                stored.texts(
                        "SELECT attributes::text FROM xietong.case_event WHERE act = 'serve' ORDER BY attributes::text"));
    }

    /** T10_REMIND runs in the filing's matter, from when it was named last, and what was ordered of it goes along. */
    @Test
    void whatWasCompliedWithIsToldWhereTheFilingStands() {
        assertEquals(
                List.of(
                        "ordered-filing comply 5 2024-11-20 {} 20",
                        "deadline end 0 2024-12-01 {deadline=00000000-0000-4000-8000-000000000030} 20"),
                stored.texts(
                        "SELECT kind || ' ' || act || ' ' || version || ' ' || day || ' ' || attributes::text || ' '"
                                + " || right(filing_id::text, 2) FROM xietong.case_event"
                                + " WHERE matter_id = '00000000-0000-4000-8000-000000000002' ORDER BY position"));
    }
}
