package org.xietong.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TreeHash;

/** The tiles of one tree as they lie in the store; a partial one is cut from what it has grown to since. */
final class StoredTiles implements TileSource {
    private static final String TILE =
            "SELECT substring(hashes FOR ?) FROM ledger_tile WHERE tree = ? AND level = ? AND idx = ? AND octet_length(hashes) >= ?";

    private final Connection connection;
    private final TreeHash tree;

    StoredTiles(Connection connection, TreeHash tree) {
        this.connection = connection;
        this.tree = tree;
    }

    /** Entries lie in the journal, and are read there. */
    @Override
    public Optional<byte[]> read(TilePath path) throws IOException {
        return switch (path) {
            case TilePath.Hashes hashes -> hashes(hashes);
            case TilePath.Entries entries -> Optional.empty();
        };
    }

    private Optional<byte[]> hashes(TilePath.Hashes path) throws IOException {
        int bytes = path.width() * TreeHash.SIZE;
        try (PreparedStatement select = connection.prepareStatement(TILE)) {
            select.setInt(1, bytes);
            select.setString(2, tree.name());
            select.setInt(3, path.level());
            select.setLong(4, path.index());
            select.setInt(5, bytes);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException("the tiles cannot be read", e);
        }
    }
}
