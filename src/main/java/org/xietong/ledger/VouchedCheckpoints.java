package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.evidence.TreeHash;

/**
 * Which checkpoints others vouch for: the quorum by its cosignatures on both notes, and beside it an authority by its time on both.
 * Written down when the last of it is stored, so that nobody has to search later.
 */
final class VouchedCheckpoints {
    private static final String COSIGNED = "SELECT tree, witness, key_id FROM ledger_cosignature WHERE size = ?";
    private static final String BY_QUORUM =
            "INSERT INTO ledger_vouched (by_whom, size) VALUES ('QUORUM', ?) ON CONFLICT DO NOTHING";
    private static final String BY_QUORUM_AND_TIME = """
            INSERT INTO ledger_vouched (by_whom, size)
                SELECT 'QUORUM_AND_TIME', v.size FROM ledger_vouched v WHERE v.by_whom = 'QUORUM' AND v.size = ?
                    AND (SELECT count(*) FROM ledger_timestamp t WHERE t.size = v.size) = 2
                ON CONFLICT DO NOTHING
            """;
    static final String BEST = """
            SELECT size, sha256, sm3 FROM ledger_checkpoint WHERE size = coalesce(
                (SELECT max(size) FROM ledger_vouched WHERE by_whom = 'QUORUM_AND_TIME' AND size > ?),
                (SELECT max(size) FROM ledger_vouched WHERE by_whom = 'QUORUM' AND size > ?),
                (SELECT max(size) FROM ledger_checkpoint))
            """;

    private VouchedCheckpoints() {}

    /**
     * The newest that is vouched for by quorum and time and holds this place; else the newest that the quorum vouches for; else
     * the newest, which may not hold it.
     */
    static Optional<SignedHead> best(Connection connection, long place) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(BEST)) {
            select.setLong(1, place);
            select.setLong(2, place);
            try (ResultSet row = select.executeQuery()) {
                return StoredCheckpoints.head(row);
            }
        }
    }

    /** After a cosignature of this checkpoint was stored and committed. */
    static void cosigned(Connection connection, long size, Witnesses witnesses) throws SQLException {
        Map<TreeHash, Set<String>> by = new EnumMap<>(TreeHash.class);
        try (PreparedStatement select = connection.prepareStatement(COSIGNED)) {
            select.setLong(1, size);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    by.computeIfAbsent(TreeHash.valueOf(row.getString(1)), tree -> new HashSet<>())
                            .add(row.getString(2) + ' ' + row.getString(3));
                }
            }
        }
        List<String> agencies = witnesses.known().stream()
                .filter(witness -> by.size() == TreeHash.values().length
                        && by.values().stream()
                                .allMatch(lines -> witnesses.counting(witness).stream()
                                        .anyMatch(key -> lines.contains(key.name()
                                                + ' '
                                                + HexFormat.of().toHexDigits(key.keyId())))))
                .map(KnownWitness::agency)
                .toList();
        if (witnesses.quorum().isMet(agencies)) {
            insert(connection, BY_QUORUM, size);
            timed(connection, size);
        }
    }

    /** After a time-stamp of this checkpoint was stored and committed. */
    static void timed(Connection connection, long size) throws SQLException {
        insert(connection, BY_QUORUM_AND_TIME, size);
    }

    private static void insert(Connection connection, String sql, long size) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, size);
            insert.executeUpdate();
        }
    }
}
