package org.xietong.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * 60,000 records, each with a deadline, every other one a transfer, the others with a prompt, put straight into the tables; times are
 * shared by many. Every other deadline has two orders, of which some take time. One procuratorate sees every other record, another every twentieth.
 */
public final class ManyLosses {
    /** Sees half of them. */
    public static final String WIDE = "PROC-421200";
    /** Sees one of twenty. */
    public static final String NARROW = "PROC-421202";

    private static final String FILL = """
            SET search_path = xietong;
            SET session_replication_role = replica;
            CREATE TEMPORARY TABLE made AS SELECT i, gen_random_uuid() AS id, gen_random_uuid() AS deadline,
                abs(hashtext('a' || i)) AS a, abs(hashtext('b' || i)) AS b, abs(hashtext('c' || i)) AS c,
                date_trunc('day', timestamptz '2024-01-01' + i * interval '17 minutes') AS at
                FROM generate_series(1, 60000) AS i;
            INSERT INTO record (id, kind, matter_id, owner_unit, system, origin, state, label, addressees, precision, recorded_at,
                    changed_at, version, content)
                SELECT id, CASE WHEN i % 2 = 0 THEN 'transfer' ELSE 'penalty' END, id, 'MSA-421200', 's', 'LIVE', 'DECIDED', '{}', '{}',
                    'DAY', at, at, 1,
                    jsonb_build_object('outcome', CASE WHEN a % 20 = 0 THEN 'NOT_FILED' ELSE 'FILED' END, 'suspects',
                        jsonb_build_array(jsonb_build_object('outcome', CASE WHEN b % 40 = 0 THEN 'UPHELD' ELSE 'FILED' END)))
                FROM made;
            INSERT INTO record_sight (viewer, id, kind, at, matter_id, state, view)
                SELECT viewer, id, 'x', at, id, 'DECIDED', 'FULL' FROM made,
                    (VALUES ('PROC-421200', 2), ('PROC-421202', 20)) AS sees (viewer, every) WHERE c % every = 0;
            INSERT INTO deadline (id, rule, duty, matter_id, record_id, filing_id, actors, started_day, due_on, due_at, sorted, certain,
                    state, extensions, ended_day, ended_recorded_at)
                SELECT deadline, (ARRAY['T1', 'T2', 'T4', 'T5', 'T9', 'FEEDBACK'])[a % 6 + 1], true, id, id, id, '{POLICE-421200}',
                    at::date, at::date, at, at, true, (ARRAY['RUNNING', 'MISSED', 'MET', 'ENDED'])[b % 4 + 1], '{}',
                    at::date + CASE WHEN i % 7 = 0 THEN 1 ELSE 0 END,
                    at + CASE WHEN i % 5 = 0 THEN interval '1 day' ELSE interval '-1 day' END
                FROM made;
            INSERT INTO deadline_order (id, deadline_id, ordered, day, document_number, by_unit, at, exchange_id)
                SELECT gen_random_uuid(), deadline, (ARRAY['END', 'SUSPEND', 'RESUME', 'FULFIL'])[b % 4 + 1], at::date, '1号',
                    'POLICE-421200', at + n * interval '1 day', id
                FROM made, generate_series(1, 2) AS n WHERE a % 2 = 0;
            INSERT INTO spill (id, record_id, kind, owner_unit, by_unit, by_officer, reason, at, exchange_id)
                SELECT gen_random_uuid(), id, 'transfer', 'MSA-421200', 'MSA-421200', '1', 'SUSPECTED', at, id FROM made WHERE a % 30 = 0;
            INSERT INTO transfer_prompt (id, matter_id, record_id, number, kind, owner_unit, version, raised_at, measured_on, reached,
                    unknown, suspicion, state, deadline_id, ended_at)
                SELECT gen_random_uuid(), id, id, 1, 'penalty', 'MSA-421200', 1, at, at::date, '{CL_213_GAIN}', '{}', false, state,
                    deadline, CASE state WHEN 'OPEN' THEN NULL ELSE at END
                FROM made, LATERAL (SELECT (ARRAY['OPEN', 'CONSIDERED', 'TRANSFERRED', 'DECLINED'])[a % 4 + 1]) AS s (state)
                WHERE i % 2 = 1;
            """;

    private ManyLosses() {}

    /** Fills the tables of a migrated database; as superuser, since nobody else may write past the service. */
    public static void fill(DataSource superuser) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(FILL);
            statement.execute("VACUUM (ANALYZE)");
        }
    }
}
