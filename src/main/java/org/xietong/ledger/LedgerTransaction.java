package org.xietong.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TreeHash;

/**
 * The statements of one transaction of the sequencer: take the lease, take what waits, add leaves and tiles, move the head. The
 * head's row stays locked until the commit, so that nobody else moves it meanwhile; what is PostgreSQL's own stands here.
 */
final class LedgerTransaction {
    /**
     * The lease, and what waits, in one round trip. Taken by deleting, never by {@code id > cursor}: what commits late is taken later,
     * and not lost. Rows by their addresses: whatever the planner knows of the table, it cannot read it whole.
     */
    private static final String LEAD = """
            WITH lease AS (
                UPDATE ledger_head SET holder = ?, epoch = CASE WHEN holder = ? THEN epoch ELSE epoch + 1 END,
                        until = clock_timestamp() + interval '3 s'
                    WHERE holder = ? OR until < clock_timestamp() OR until > clock_timestamp() + interval '3 s'
                    RETURNING epoch, size, sha256, sm3
            ), taken AS (
                DELETE FROM journal_pending
                    WHERE EXISTS (SELECT 1 FROM lease) AND ctid = ANY (ARRAY(
                        SELECT ctid FROM journal_pending WHERE entry_id >= ? ORDER BY entry_id LIMIT ?))
                    RETURNING entry_id)
            SELECT epoch, size, sha256, sm3, ARRAY(SELECT entry_id FROM taken ORDER BY entry_id) FROM lease
            """;

    private static final String ENTRIES = "SELECT id, bytes FROM journal_entry WHERE id = ANY (?)";

    /** Leaves, tiles and head in one round trip: the head's row is locked meanwhile, and waits on the network would be most of it. */
    private static final String APPEND = """
            WITH leaf AS (
                INSERT INTO ledger_leaf (position, entry_id)
                    SELECT ? + ordinality - 1, id FROM unnest(?::uuid[]) WITH ORDINALITY AS t (id)
            ), tile AS (
                INSERT INTO ledger_tile (tree, level, idx, hashes)
                    SELECT * FROM unnest(?::text[], ?::smallint[], ?::bigint[], ?::bytea[])
                    ON CONFLICT (tree, level, idx) DO UPDATE SET hashes = excluded.hashes
            )
            UPDATE ledger_head SET size = ?, sha256 = ?, sm3 = ?, moved_at = clock_timestamp()
                WHERE size = ? AND epoch = ? AND holder = ?
            """;

    private final Connection connection;
    private final UUID self;

    LedgerTransaction(Connection connection, UUID self) {
        this.connection = connection;
        this.self = self;
    }

    /**
     * What a leader begins with.
     *
     * @param taken ids of the oldest entries that waited, in their order; nobody else takes them before this transaction ends
     */
    record Lead(LedgerHead head, List<UUID> taken) {}

    /**
     * Takes the lease, and what waits; none where another replica leads.
     *
     * @param from the least id that is looked at, see {@link PendingFloor}
     * @param atMost how many are taken
     */
    Optional<Lead> lead(UUID from, int atMost) throws SQLException {
        try (PreparedStatement lead = connection.prepareStatement(LEAD)) {
            lead.setObject(1, self);
            lead.setObject(2, self);
            lead.setObject(3, self);
            lead.setObject(4, from);
            lead.setInt(5, atMost);
            try (ResultSet row = lead.executeQuery()) {
                return row.next()
                        ? Optional.of(new Lead(
                                new LedgerHead(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)),
                                List.of((UUID[]) row.getArray(5).getArray())))
                        : Optional.empty();
            }
        }
    }

    /**
     * The leaves of these entries, in their order.
     *
     * @param known those that were made before; the others are read
     * @throws CorruptLedgerException if the journal has no entry of one of them
     */
    List<Leaf> leaves(List<UUID> entries, Map<UUID, Leaf> known) throws SQLException {
        Map<UUID, Leaf> leaves = new HashMap<>(known);
        List<UUID> unknown =
                entries.stream().filter(entry -> !known.containsKey(entry)).toList();
        if (!unknown.isEmpty()) {
            read(unknown, leaves);
        }
        List<Leaf> inOrder = new ArrayList<>(entries.size());
        for (UUID entry : entries) {
            Leaf leaf = leaves.get(entry);
            if (leaf == null) {
                throw new CorruptLedgerException("an entry that waits is not in the journal", null);
            }
            inOrder.add(leaf);
        }
        return inOrder;
    }

    private void read(List<UUID> entries, Map<UUID, Leaf> into) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ENTRIES)) {
            select.setArray(1, array("uuid", entries.stream()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID entry = row.getObject(1, UUID.class);
                    into.put(entry, Leaf.of(entry, row.getBytes(2)));
                }
            }
        }
    }

    /**
     * Adds the leaves behind the last, puts the tiles of both trees in their places, where a partial one grows, and moves the head
     * from where it was read to where both trees are now.
     *
     * @throws IllegalStateException if the head stands elsewhere by now; nothing may be committed then
     */
    void append(LedgerHead from, List<Leaf> leaves, LedgerEdges.Grown grown) throws SQLException {
        LedgerHead to = grown.edges().head(from.epoch());
        List<Tile> tiles =
                Stream.concat(grown.sha256().stream(), grown.sm3().stream()).toList();
        Stream<TreeHash> trees = Stream.concat(
                grown.sha256().stream().map(tile -> TreeHash.SHA_256),
                grown.sm3().stream().map(tile -> TreeHash.SM3));
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setLong(1, from.size());
            append.setArray(2, array("uuid", leaves.stream().map(Leaf::entry)));
            append.setArray(3, array("text", trees.map(TreeHash::name)));
            append.setArray(4, array("int2", tiles.stream().map(tile ->
                    (short) tile.path().level())));
            append.setArray(
                    5, array("int8", tiles.stream().map(tile -> tile.path().index())));
            append.setArray(
                    6,
                    connection.createArrayOf(
                            "bytea", tiles.stream().map(Tile::bytes).toArray(byte[][]::new)));
            append.setLong(7, to.size());
            append.setBytes(8, to.sha256());
            append.setBytes(9, to.sm3());
            append.setLong(10, from.size());
            append.setLong(11, from.epoch());
            append.setObject(12, self);
            if (append.executeUpdate() != 1) {
                throw new IllegalStateException("the head of the ledger moved meanwhile");
            }
        }
    }

    private Array array(String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }
}
