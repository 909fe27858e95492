package org.xietong.ledger;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.xietong.crypto.Digests;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.TreeHash;

/** Turns, tokens and what waits for them, as they lie in the store; what is PostgreSQL's own stands here. */
final class TimeStampRows {
    /**
     * By the database's clock, so that neither many replicas nor their clocks multiply the requests; also if that clock was set back.
     * The candidate is the newest checkpoint with its quorum; the newest of all once the first without one has waited for too long.
     */
    static final String TURN = """
            WITH quorum AS (
                SELECT coalesce(max(size), -1) AS size FROM ledger_vouched WHERE by_whom = 'QUORUM'),
            candidate AS (
                SELECT CASE WHEN (SELECT c.signed_at NOT BETWEEN clock_timestamp() - ? * interval '1 ms' AND clock_timestamp()
                        FROM ledger_checkpoint c WHERE c.size > quorum.size ORDER BY c.size LIMIT 1)
                    THEN (SELECT max(size) FROM ledger_checkpoint) ELSE quorum.size END AS size FROM quorum)
            UPDATE ledger_timestamp_turn SET next_at = clock_timestamp() + ? * interval '1 ms' FROM candidate
                WHERE (next_at <= clock_timestamp() OR next_at > clock_timestamp() + ? * interval '1 ms')
                    AND candidate.size >= 0
                    AND (SELECT count(*) FROM ledger_timestamp t WHERE t.size = candidate.size) < 2
                RETURNING candidate.size
            """;

    private static final String STAMPED = "SELECT tree FROM ledger_timestamp WHERE size = ?";
    private static final String STORE = """
            INSERT INTO ledger_timestamp (size, tree, authority, token, gen_time) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (size, tree) DO NOTHING
            """;
    /** The oldest checkpoint behind the last whose both notes are timed. */
    private static final String WAITING = """
            SELECT (extract(epoch FROM clock_timestamp() - signed_at) * 1000)::bigint FROM ledger_checkpoint
                WHERE size > coalesce((
                    SELECT a.size FROM ledger_timestamp a JOIN ledger_timestamp b ON b.size = a.size AND b.tree = 'SM3'
                        WHERE a.tree = 'SHA_256' ORDER BY a.size DESC LIMIT 1), -1)
                ORDER BY size LIMIT 1
            """;

    private static final String KEEP = """
            INSERT INTO ledger_time_certificate (id, authority, certificate) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private final DataSource store;

    /** @param store with the rights of {@code xietong_sequencer} */
    TimeStampRows(DataSource store) {
        this.store = store;
    }

    /** A checkpoint to be timed, and the trees whose notes are not yet. */
    record Due(SignedHead head, Set<TreeHash> missing) {}

    /**
     * The newest checkpoint that the quorum has cosigned, if it is untimed and it is this replica's turn to have it timed; the next turn
     * comes after the pause. The newest of all where one has been waiting for its quorum for longer than the patience.
     */
    Optional<Due> takeTurn(Duration pause, Duration patience) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement turn = connection.prepareStatement(TURN)) {
            turn.setLong(1, patience.toMillis());
            turn.setLong(2, pause.toMillis());
            turn.setLong(3, pause.toMillis());
            try (ResultSet row = turn.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Optional<SignedHead> head = StoredCheckpoints.at(connection, row.getLong(1));
                return head.isEmpty() ? Optional.empty() : Optional.of(due(connection, head.get()));
            }
        }
    }

    private static Due due(Connection connection, SignedHead head) throws SQLException {
        Set<TreeHash> missing = EnumSet.allOf(TreeHash.class);
        try (PreparedStatement stamped = connection.prepareStatement(STAMPED)) {
            stamped.setLong(1, head.size());
            try (ResultSet row = stamped.executeQuery()) {
                while (row.next()) {
                    missing.remove(TreeHash.valueOf(row.getString(1)));
                }
            }
        }
        return new Due(head, missing);
    }

    void store(long size, TreeHash tree, String authority, TimeStampToken token) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement insert = connection.prepareStatement(STORE)) {
            insert.setLong(1, size);
            insert.setString(2, tree.name());
            insert.setString(3, authority);
            insert.setBytes(4, token.der());
            insert.setTimestamp(5, Timestamp.from(token.time()));
            insert.executeUpdate();
            VouchedCheckpoints.timed(connection, size);
        }
    }

    /** Keeps the certificates by which these are believed. */
    void keep(List<TimeAuthority> authorities) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement insert = connection.prepareStatement(KEEP)) {
            for (TimeAuthority authority : authorities) {
                for (X509Certificate certificate : authority.trusted()) {
                    byte[] der = certificate.getEncoded();
                    insert.setBytes(1, Digests.sha256(der));
                    insert.setString(2, authority.name());
                    insert.setBytes(3, der);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate in use has an encoding", e);
        }
    }

    /** How long the oldest untimed checkpoint has been waiting, by the database's clock; zero where none does. */
    Duration waiting() throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(WAITING);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Duration.ofMillis(Math.max(0, row.getLong(1))) : Duration.ZERO;
        }
    }
}
