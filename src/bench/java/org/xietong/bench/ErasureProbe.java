package org.xietong.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.sql.DataSource;

/** Erases one record of many with all that the log tells of it, in a transaction that is taken back. */
final class ErasureProbe implements AutoCloseable {
    private static final int RECORDS = 1_000;
    private static final String OWNER = "MSA-0";

    /** What the journal's own filler leaves out: records, keys, and what refused exchanges are found by. */
    private static final String[] FILL = {
        "INSERT INTO xietong.idempotency SELECT system, id::text, '\\x00', '\\x00', 200, 'clue', gen_random_uuid(), 1, id, time"
                + " FROM xietong.exchange_index WHERE operation = 'RECORD_AMEND'",
        "UPDATE xietong.exchange_index SET named = ARRAY[gen_random_uuid(), gen_random_uuid()] WHERE outcome <> 'PERMIT'",
        "CREATE TABLE xietong.bench_erased AS SELECT DISTINCT subject FROM xietong.exchange_touched TABLESAMPLE SYSTEM (5)"
                + " LIMIT " + RECORDS,
        "INSERT INTO xietong.matter SELECT subject, '" + OWNER + "', now() FROM xietong.bench_erased",
        "INSERT INTO xietong.record (id, kind, matter_id, owner_unit, system, origin, state, label, addressees, precision, recorded_at,"
                + " changed_at, version, content, attributes, participants) SELECT subject, 'clue', subject, '" + OWNER
                + "', 's', 'LIVE', 'R', '{}', '{}', 'DAY', now(), now(), 1, '{\"facts\": \"x\"}', '{}', '{}' FROM xietong.bench_erased",
        "VACUUM ANALYZE"
    };

    private final Connection owner;
    private final UUID[] records;
    private final SplittableRandom random = new SplittableRandom(11);

    private ErasureProbe(Connection owner, UUID[] records) {
        this.owner = owner;
        this.records = records;
    }

    static ErasureProbe fill(DataSource owner) throws SQLException {
        Connection connection = owner.getConnection();
        try (Statement statement = connection.createStatement()) {
            for (String sql : FILL) {
                statement.execute(sql);
            }
            statement.execute("SET search_path = xietong");
            statement.execute("SET plan_cache_mode = force_generic_plan");
            try (ResultSet row = statement.executeQuery("SELECT array_agg(subject) FROM bench_erased")) {
                row.next();
                UUID[] records = (UUID[]) row.getArray(1).getArray();
                connection.setAutoCommit(false);
                return new ErasureProbe(connection, records);
            }
        }
    }

    /** @return how many parts went */
    int erase() throws SQLException {
        UUID record = records[random.nextInt(records.length)];
        try (Statement statement = owner.createStatement()) {
            statement.execute("SELECT set_config('xietong.erasing', 'on', true)");
            statement.execute("INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason, digest,"
                    + " proposed_by, proposed_key, proposed_at, proposed_in, expires_at, approved_by, approved_key, approved_at,"
                    + " approved_in) SELECT gen_random_uuid(), 'RECORD', '" + record + "', '" + OWNER
                    + "', false, 'B', '', '', '', 'a', 'ka', now(), gen_random_uuid(), now(), 'b', 'kb', now(), gen_random_uuid()");
            statement.execute("SELECT apply_erasure(e) FROM erasure e");
            try (ResultSet row = statement.executeQuery(
                    "SELECT n_tup_del FROM pg_stat_xact_user_tables WHERE relname = 'journal_part'")) {
                row.next();
                return row.getInt(1);
            }
        } finally {
            owner.rollback();
        }
    }

    @Override
    public void close() {
        try {
            owner.close();
        } catch (SQLException gone) {
            // Its database ends with the run.
        }
    }
}
