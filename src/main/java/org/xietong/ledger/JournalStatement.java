package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes any number of records with one statement, in one round trip: nonces first, then, of the records that lost none,
 * entry, parts, pending mark and index. The values travel as one array per column, so that the statement's text, and
 * with it the server's plan, is always the same.
 */
final class JournalStatement {
    private static final String SQL = """
            WITH offered AS MATERIALIZED (
                SELECT * FROM unnest(?::int4[], ?::int2[], ?::bytea[], ?::int8[]) AS o (rec, slot, digest, created)
            ), taken AS (
                INSERT INTO nonce (slot, digest, created)
                SELECT slot, digest, to_timestamp(created) FROM offered
                ON CONFLICT DO NOTHING
                RETURNING slot, digest
            ), lost AS MATERIALIZED (
                SELECT rec, count(taken.digest) AS kept
                FROM offered LEFT JOIN taken USING (slot, digest)
                GROUP BY rec HAVING count(taken.digest) < count(*)
            ), given AS MATERIALIZED (
                SELECT g.*, 'epoch'::timestamptz + g.millis * interval '1 millisecond' AS time
                FROM unnest(?::int4[], ?::uuid[], ?::int8[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[],
                            ?::text[], ?::text[], ?::text[], ?::text[], ?::int4[], ?::text[], ?::text[], ?::uuid[])
                     AS g (rec, id, millis, agency, bytes, unit, system, officer,
                           operation, kind, outcome, rule, status, level, named, bulk)
                WHERE g.rec NOT IN (SELECT rec FROM lost)
            ), entry AS (
                INSERT INTO journal_entry (id, time, agency, bytes)
                SELECT id, time, agency, bytes FROM given
            ), part AS (
                INSERT INTO journal_part (entry_id, name, idx, salt, bytes)
                SELECT given.id, p.name, p.idx, p.salt, p.bytes
                FROM unnest(?::int4[], ?::text[], ?::int4[], ?::bytea[], ?::bytea[]) AS p (rec, name, idx, salt, bytes)
                JOIN given USING (rec)
            ), body AS (
                INSERT INTO journal_body (entry_id, bytes)
                SELECT given.id, b.bytes FROM unnest(?::int4[], ?::bytea[]) AS b (rec, bytes) JOIN given USING (rec)
            ), pending AS (
                INSERT INTO journal_pending (entry_id) SELECT id FROM given
            ), indexed AS (
                INSERT INTO exchange_index
                    (id, time, agency, unit, system, officer, operation, kind, outcome, rule, status, level, named, bulk)
                SELECT id, time, agency, unit, system, officer, operation, kind, outcome, rule, status, level,
                    named::uuid[], bulk
                FROM given
            ), touched AS (
                INSERT INTO exchange_touched (entry_id, subject, thread, owner_unit, changed, time, parts)
                SELECT given.id, t.subject, t.thread, t.owner_unit, t.changed, given.time, t.parts::int4[]
                FROM unnest(?::int4[], ?::uuid[], ?::uuid[], ?::text[], ?::bool[], ?::text[])
                     AS t (rec, subject, thread, owner_unit, changed, parts)
                JOIN given USING (rec)
            ), concerned AS (
                INSERT INTO exchange_participant (entry_id, participant, subject, time)
                SELECT DISTINCT given.id, c.participant, c.subject, given.time
                FROM unnest(?::int4[], ?::uuid[], ?::uuid[]) AS c (rec, participant, subject)
                JOIN given USING (rec)
            )
            SELECT rec, kept FROM lost
            """;

    private JournalStatement() {}

    /**
     * What became of a write.
     *
     * @param replays positions of the records that lost a nonce, and of which no entry was written
     * @param mustRollBack whether one of them nevertheless took another nonce, which must not stay
     */
    record Written(Set<Integer> replays, boolean mustRollBack) {}

    /** Inserts, but neither commits nor rolls back. Waits for a transaction that is inserting one of the same nonces. */
    static Written write(Connection connection, List<PreparedRecord> records) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            new JournalColumns(connection, records).bind(statement);
            Set<Integer> replays = new HashSet<>();
            BitSet partly = new BitSet();
            try (ResultSet lost = statement.executeQuery()) {
                while (lost.next()) {
                    replays.add(lost.getInt(1));
                    partly.set(lost.getInt(1), lost.getLong(2) > 0);
                }
            }
            return new Written(replays, !partly.isEmpty());
        }
    }
}
