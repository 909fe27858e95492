package org.xietong.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * 100,000 clues with their sight, put straight into the tables. Every viewer of the city sees the share given here; what
 * the sight rows say need not be what the policy would say, except for the owner.
 */
final class ManyRecords {
    static final int RECORDS = 100_000;
    /** Sees all of them, as their owner. */
    static final String OWNER = "MSA-421200";
    /** Sees {@link #FEW} of them, far apart. */
    static final String ALMOST_BLIND = "COPYRIGHT-421200";

    static final int FEW = 60;
    /** Sees {@link #FEW} others, by name. */
    static final String OFFICER = "COPYRIGHT-421200-001";
    /** Every 500th record is in this state, all others are REGISTERED. */
    static final String RARE = "TRANSFERRED";

    static final String USUAL = "REGISTERED";
    /** The matter that every 20th record belongs to; the others lie in matters of five. */
    static final UUID LARGE_MATTER = new UUID(0x4000, 0x8000000000000000L);

    private static final String FILL = """
            SET search_path = xietong;
            SET session_replication_role = replica;
            SELECT set_config('xietong.erasing', 'on', false);
            CREATE TEMPORARY TABLE made AS SELECT i,
                uuid_of('a', i) AS id,
                CASE WHEN i %% 20 = 0 THEN '%1$s'::uuid ELSE uuid_of('b', i / 5) END AS matter,
                CASE WHEN i %% 500 = 7 THEN '%2$s' ELSE '%3$s' END AS state,
                timestamptz '2020-01-01' + i * interval '17 minutes' AS at
                FROM generate_series(1, %4$d) AS i;
            INSERT INTO matter SELECT DISTINCT matter, '%5$s', timestamptz '2020-01-01' FROM made;
            INSERT INTO matter_member
                SELECT gen_random_uuid(), id, member.unit, id, opened_at
                FROM matter, (VALUES ('%5$s'), ('POLICE-421200')) AS member (unit)
                WHERE id IN (SELECT matter FROM made);
            GRANT SELECT ON made TO xietong_owner;
            SET LOCAL ROLE xietong_owner;
            INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason, digest, proposed_by, proposed_key,
                    proposed_at, proposed_in, expires_at, approved_by, approved_key, approved_at, approved_in)
                SELECT gen_random_uuid(), 'RECORD', id, '%5$s', false, 'PIPL_47', '', '', '', '%5$s-001', 'k1', at, gen_random_uuid(), at,
                    '%5$s-002', 'k2', at, gen_random_uuid() FROM made WHERE i %% 40 = 0;
            RESET ROLE;
            INSERT INTO record (id, kind, matter_id, owner_unit, owner_officer, system, source_ref, origin, state, label,
                    addressees, occurred_at, precision, recorded_at, changed_at, version, content)
                SELECT id, 'clue', matter, '%5$s', '%5$s-001', '%5$s-cms', 'S' || i, 'LIVE', state,
                    '{"level": "INTERNAL", "caveats": [], "scope": {"units": [], "persons": []}}',
                    '{}', at, 'DAY', at, at, 1,
                    jsonb_build_object('rightType', 'TRADEMARK', 'trigger', 'SUSPICION', 'source', 'INSPECTION',
                        'title', '销售假冒注册商标的商品案' || i, 'facts', repeat('现场检查发现假冒白酒。', 20),
                        'place', '421200', 'foundOn', '2023-01-03', 'suspectedArticle', 'CL_214')
                FROM made;
            UPDATE record r SET content = '{}', erased_at = e.approved_at, erasure = e.id FROM erasure e WHERE e.target = r.id;
            INSERT INTO handover
                SELECT gen_random_uuid(), matter, id, '%5$s', 'POLICE-421200', at FROM made WHERE i %% 10 = 3;
            INSERT INTO record_sight (viewer, id, kind, at, matter_id, state, view)
                SELECT viewer, id, 'clue', at, matter, state, 'FULL'
                FROM made, (VALUES ('%5$s', 1, 0), ('PROC-421200', 1, 0), ('POLICE-421200', 3, 0), ('MSA-421202', 7, 1),
                    ('COURT-421200', 11, 2), ('IPO-421200', 50, 3), ('%6$s', %8$d, 10), ('%7$s', %8$d, 21))
                    AS sees (viewer, every, offset_of)
                WHERE i %% every = offset_of
            """;

    private ManyRecords() {}

    /** Fills the tables of a migrated database; as superuser, since nobody else may write past the service. */
    static void fill(DataSource superuser) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE FUNCTION pg_temp.uuid_of(kind text, i bigint) RETURNS uuid IMMUTABLE LANGUAGE sql AS
                    $$ SELECT (rpad(kind, 8, kind) || '-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$
                    """);
            statement.execute(FILL.replace("uuid_of(", "pg_temp.uuid_of(")
                    .formatted(LARGE_MATTER, RARE, USUAL, RECORDS, OWNER, ALMOST_BLIND, OFFICER, RECORDS / FEW));
            // What autovacuum does within minutes.
            statement.execute("VACUUM (ANALYZE)");
        }
    }
}
