package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
 * Written down when the last of it is stored, so that nobody has to search later. What was written stays; once a witness's key was
 * withdrawn, whether the quorum still holds is looked at again when a checkpoint is chosen.
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

    /** How many are looked at again. */
    private static final int CANDIDATES = 16;

    private static final String NEWEST =
            "SELECT size FROM ledger_vouched WHERE by_whom = ? AND size > ? ORDER BY size DESC LIMIT " + CANDIDATES;
    private static final String FIRST =
            "SELECT size FROM ledger_vouched WHERE by_whom = ? AND size > ? ORDER BY size LIMIT " + CANDIDATES;
    /** What a crash after a cosignature or a time was stored may have left out. */
    private static final String UNNOTED = """
            SELECT c.size FROM (SELECT size FROM ledger_checkpoint ORDER BY size DESC LIMIT 256) c
                WHERE NOT EXISTS (SELECT 1 FROM ledger_vouched v WHERE v.by_whom = 'QUORUM_AND_TIME' AND v.size = c.size)
                    AND EXISTS (SELECT 1 FROM ledger_cosignature s WHERE s.size = c.size)
            """;

    private VouchedCheckpoints() {}

    /**
     * The newest that is vouched for by quorum and time and holds this place; else the newest that the quorum vouches for; else
     * the newest, which may not hold it.
     *
     * @param witnesses where one of their keys was withdrawn, only a checkpoint counts whose quorum holds without it
     */
    static Optional<SignedHead> best(Connection connection, long place, Optional<Witnesses> witnesses)
            throws SQLException {
        Optional<Witnesses> judges = witnesses.filter(Witnesses::hasWithdrawn);
        return judges.isPresent() ? holding(connection, place, judges.get()) : noted(connection, place);
    }

    private static Optional<SignedHead> holding(Connection connection, long place, Witnesses witnesses)
            throws SQLException {
        for (String by : List.of("QUORUM_AND_TIME", "QUORUM")) {
            Optional<Long> size = firstHolding(connection, NEWEST, by, place, witnesses);
            if (size.isPresent()) {
                return StoredCheckpoints.at(connection, size.get());
            }
        }
        return StoredCheckpoints.newest(connection);
    }

    /** The size of the first that is timed, holds this place, and whose quorum still holds, of the next few. */
    static Optional<Long> firstTimed(Connection connection, long place, Witnesses witnesses) throws SQLException {
        return firstHolding(connection, FIRST, "QUORUM_AND_TIME", place, witnesses);
    }

    private static Optional<Long> firstHolding(
            Connection connection, String sql, String by, long place, Witnesses witnesses) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, by);
            select.setLong(2, place);
            for (long size : sizes(select)) {
                if (isVouched(connection, size, witnesses)) {
                    return Optional.of(size);
                }
            }
            return Optional.empty();
        }
    }

    /** Of the newest, those that have cosignatures and are not noted as vouched for by all. */
    static List<Long> unnoted(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(UNNOTED)) {
            return sizes(select);
        }
    }

    private static List<Long> sizes(PreparedStatement select) throws SQLException {
        List<Long> sizes = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                sizes.add(row.getLong(1));
            }
        }
        return sizes;
    }

    private static Optional<SignedHead> noted(Connection connection, long place) throws SQLException {
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
        if (isVouched(connection, size, witnesses)) {
            insert(connection, BY_QUORUM, size);
            timed(connection, size);
        }
    }

    private static boolean isVouched(Connection connection, long size, Witnesses witnesses) throws SQLException {
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
        return witnesses.quorum().isMet(agencies);
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
