package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TreeHash;

/**
 * The statements of one transaction of the sequencer: take the lease, take what waits, add leaves and tiles, move the head. The
 * head's row stays locked until the commit, so that nobody else moves it meanwhile; what is PostgreSQL's own stands here.
 */
final class LedgerTransaction {
    private static final String LEASE = """
            UPDATE ledger_head SET holder = ?, epoch = CASE WHEN holder = ? THEN epoch ELSE epoch + 1 END,
                    until = clock_timestamp() + interval '3 s'
                WHERE holder = ? OR until < clock_timestamp() OR until > clock_timestamp() + interval '3 s'
                RETURNING epoch, size, sha256, sm3
            """;
    /** By deleting, never by {@code id > cursor}: what commits late is taken later, and not lost. */
    private static final String TAKE = """
            WITH taken AS (
                DELETE FROM journal_pending WHERE entry_id IN (SELECT entry_id FROM journal_pending ORDER BY entry_id LIMIT ?)
                    RETURNING entry_id)
            SELECT e.id, e.bytes FROM taken t JOIN journal_entry e ON e.id = t.entry_id ORDER BY e.id
            """;

    private static final String LEAVES =
            "INSERT INTO ledger_leaf (position, entry_id) SELECT ? + ordinality - 1, id FROM unnest(?) WITH ORDINALITY AS t (id)";
    private static final String TILES = """
            INSERT INTO ledger_tile (tree, level, idx, hashes)
                SELECT ?, * FROM unnest(?::smallint[], ?::bigint[], ?::bytea[])
                ON CONFLICT (tree, level, idx) DO UPDATE SET hashes = excluded.hashes
            """;
    private static final String MOVE = """
            UPDATE ledger_head SET size = ?, sha256 = ?, sm3 = ?, moved_at = clock_timestamp()
                WHERE size = ? AND epoch = ? AND holder = ?
            """;

    private final Connection connection;
    private final UUID self;

    LedgerTransaction(Connection connection, UUID self) {
        this.connection = connection;
        this.self = self;
    }

    /** An entry that waits for its place. */
    record Waiting(UUID id, byte[] bytes) {}

    /** The head, where this replica leads; none where another does. */
    Optional<LedgerHead> lead() throws SQLException {
        try (PreparedStatement lease = connection.prepareStatement(LEASE)) {
            lease.setObject(1, self);
            lease.setObject(2, self);
            lease.setObject(3, self);
            try (ResultSet row = lease.executeQuery()) {
                return row.next()
                        ? Optional.of(new LedgerHead(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)))
                        : Optional.empty();
            }
        }
    }

    /** Takes the oldest that wait, at most so many, in the order of their ids. */
    List<Waiting> take(int atMost) throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setInt(1, atMost);
            try (ResultSet row = take.executeQuery()) {
                List<Waiting> taken = new ArrayList<>();
                while (row.next()) {
                    taken.add(new Waiting(row.getObject(1, UUID.class), row.getBytes(2)));
                }
                return taken;
            }
        }
    }

    /** Adds the leaves behind the last. */
    void add(long from, List<Waiting> taken) throws SQLException {
        try (PreparedStatement leaves = connection.prepareStatement(LEAVES)) {
            leaves.setLong(1, from);
            leaves.setArray(
                    2,
                    connection.createArrayOf(
                            "uuid", taken.stream().map(Waiting::id).toArray()));
            leaves.executeUpdate();
        }
    }

    /** Puts tiles of one tree in their places; a partial one grows. */
    void put(TreeHash tree, List<Tile> tiles) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(TILES)) {
            put.setString(1, tree.name());
            put.setArray(
                    2,
                    connection.createArrayOf(
                            "int2",
                            tiles.stream().map(t -> (short) t.path().level()).toArray()));
            put.setArray(
                    3,
                    connection.createArrayOf(
                            "int8", tiles.stream().map(t -> t.path().index()).toArray()));
            put.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea", tiles.stream().map(Tile::bytes).toArray(byte[][]::new)));
            put.executeUpdate();
        }
    }

    /**
     * Moves the head from where it was read to where both trees are now.
     *
     * @throws IllegalStateException if it stands elsewhere by now; nothing may be committed then
     */
    void move(LedgerHead from, LedgerHead to) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setLong(1, to.size());
            move.setBytes(2, to.sha256());
            move.setBytes(3, to.sm3());
            move.setLong(4, from.size());
            move.setLong(5, from.epoch());
            move.setObject(6, self);
            if (move.executeUpdate() != 1) {
                throw new IllegalStateException("the head of the ledger moved meanwhile");
            }
        }
    }
}
