package org.xietong.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/** Checkpoints that this log signed and the database does not hold, as they lie in the store: every replica sees them. */
final class LostCheckpoints {
    private static final String STORE = """
            INSERT INTO ledger_lost_checkpoint (tree, size, root, note, witness) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;
    static final String UNDECIDED = """
            SELECT tree, note, witness FROM ledger_lost_checkpoint l WHERE NOT EXISTS (
                SELECT FROM ledger_restore r WHERE r.lost_size = l.size AND r.lost_root = l.root)
            """;

    private LostCheckpoints() {}

    static void store(Connection connection, KnownCheckpoint lost) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(STORE)) {
            insert.setString(1, lost.tree().name());
            insert.setLong(2, lost.size());
            insert.setBytes(3, lost.checkpoint().root());
            insert.setString(4, new String(lost.signed().encode(), StandardCharsets.UTF_8));
            insert.setString(5, lost.source());
            insert.executeUpdate();
        }
    }

    /** Those about which nobody has decided. */
    static List<KnownCheckpoint> undecided(Connection connection) throws SQLException {
        List<KnownCheckpoint> lost = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(UNDECIDED);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                lost.add(new KnownCheckpoint(
                        TreeHash.valueOf(row.getString(1)),
                        SignedCheckpoint.parse(row.getString(2).getBytes(StandardCharsets.UTF_8)),
                        row.getString(3)));
            }
        } catch (IOException e) {
            throw new CorruptLedgerException("a stored checkpoint cannot be read", e);
        }
        return lost;
    }
}
