package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.testing.TestDatabase;

/** A database that held cases before conditions were added: afterwards they show as much as new ones, and no more. */
class UpgradeTest {
    private static final String BEFORE = """
            SET search_path = xietong;
            SET session_replication_role = replica;
            CREATE FUNCTION pg_temp.of(n int) RETURNS uuid IMMUTABLE LANGUAGE sql AS
                $$ SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
            INSERT INTO matter VALUES (pg_temp.of(1), 'POLICE-421200', now());
            INSERT INTO participant SELECT pg_temp.of(n), pg_temp.of(1), pg_temp.of(10), now() FROM generate_series(31, 33) AS n;
            INSERT INTO matter_member
                SELECT gen_random_uuid(), pg_temp.of(1), unit, pg_temp.of(through), now() FROM (VALUES
                    ('POLICE-421200', 10), ('MSA-421200', 10), ('IPO-421200', 20), ('COPYRIGHT-421200', 11),
                    ('PROC-421200', 12), ('COURT-421200', 21)) AS member (unit, through);
            INSERT INTO matter_invitation
                SELECT pg_temp.of(n), pg_temp.of(1), unit, 'POLICE-421200', NULL, now(), gen_random_uuid(), NULL
                FROM (VALUES (20, 'IPO-421200'), (21, 'COURT-421200')) AS invited (n, unit);
            INSERT INTO handover VALUES
                (gen_random_uuid(), pg_temp.of(1), pg_temp.of(13), 'COPYRIGHT-421200', 'COURT-421200', now());
            INSERT INTO record (id, kind, matter_id, owner_unit, system, origin, state, label, addressees, precision, recorded_at,
                    changed_at, version, content, filing_id, attributes, participants)
                SELECT pg_temp.of(n), kind, pg_temp.of(1), owner, owner || '-cms', 'LIVE', state, '{}', addressees, 'DAY', now(),
                    now(), 1, content::jsonb, CASE WHEN kind IN ('clue', 'filing') THEN NULL ELSE pg_temp.of(10) END, '{}',
                    ARRAY[pg_temp.of(31), pg_temp.of(32), pg_temp.of(33)]
                FROM (VALUES
                    (10, 'filing', 'POLICE-421200', 'FILED', ARRAY['MSA-421200'], '{}'),
                    (11, 'investigation', 'POLICE-421200', 'EXTENDED', '{}', '{"measure": "DETENTION", "notifiedOn": "2023-01-14"}'),
                    (12, 'prosecution', 'PROC-421200', 'RECEIVED', '{}', '{}'),
                    (13, 'clue', 'COPYRIGHT-421200', 'TRANSFERRED', ARRAY['COURT-421200'], '{}'),
                    (14, 'arrest', 'POLICE-421200', 'REVIEWING', '{}', '{"suspects": [{"participant":'
                        || ' "00000000-0000-4000-8000-000000000032", "decision": "REVOKED"}]}'),
                    (15, 'investigation', 'POLICE-421200', 'NOTIFIED', '{}', '{"measure": "SEARCH", "notifiedOn": "2023-01-14"}'))
                    AS r (n, kind, owner, state, addressees, content);
            INSERT INTO milestone (id, matter_id, filing_id, record_id, participant, milestone, set_by, set_at)
                SELECT gen_random_uuid(), pg_temp.of(1), pg_temp.of(10), pg_temp.of(10), pg_temp.of(n), m, 'POLICE-421200', now()
                FROM (VALUES (31, 'FILED'), (32, 'FILED'), (33, 'WITHDRAWN')) AS s (n, m);
            UPDATE record SET attributes = '{"filingType": "CRIMINAL"}' WHERE id = pg_temp.of(10);
            INSERT INTO sight_state (policy_version) VALUES ('of then');
            """;

    private final TestDatabase server = TestDatabase.get();
    private final String database = server.fresh();

    @BeforeEach
    void aCaseOfThen() throws SQLException {
        server.migrate(database, "8");
        server.write(database, BEFORE);
        server.migrate(database);
    }

    /** What the policy compares of a criminal filing; without it its owner could not uphold what he refused. */
    @Test
    void givesCriminalFilingsTheirStage() throws SQLException {
        assertEquals(
                List.of("CRIMINAL FIRST"),
                texts(
                        "SELECT attributes ->> 'filingType' || ' ' || (attributes ->> 'stage') FROM xietong.record WHERE kind = 'filing'"));
    }

    /** Who opened it, does a stage or was handed something is in it for all records; whom others brought in, for theirs. */
    @Test
    void countsMembersAsNewOnes() throws SQLException {
        assertEquals(
                List.of(
                        "COPYRIGHT-421200 {}",
                        "COURT-421200 all",
                        "IPO-421200 {POLICE-421200}",
                        "MSA-421200 {POLICE-421200}",
                        "POLICE-421200 all",
                        "PROC-421200 all"),
                texts(
                        "SELECT unit || ' ' || coalesce(brought_by::text, 'all') FROM xietong.matter_member ORDER BY unit"));
    }

    /** Of who is under the measure still: neither of whose arrest was revoked, nor of whom the case was withdrawn against. */
    @Test
    void opensWhatWasNotifiedThen() throws SQLException {
        assertEquals(
                List.of("00000000-0000-4000-8000-000000000031"),
                texts("SELECT participant::text FROM xietong.milestone WHERE milestone = 'COERCION_NOTIFIED'"));
    }

    @Test
    void tellsWhoReviewsAnArrest() throws SQLException {
        assertEquals(
                List.of("REVIEW"), texts("SELECT attributes ->> 'stage' FROM xietong.record WHERE kind = 'arrest'"));
    }

    @Test
    void makesSightAnew() throws SQLException {
        assertEquals(List.of(""), texts("SELECT policy_version FROM xietong.sight_state"));
    }

    private List<String> texts(String sql) throws SQLException {
        try (Connection connection = server.superuser(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }
}
