package org.xietong.ledger;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.Tile;
import org.xietong.evidence.TreeHash;

/** The right edges of both trees over the same leaves, always of one size. */
record LedgerEdges(RightEdge sha256, RightEdge sm3) {

    /**
     * Read from the tiles, and compared with the head.
     *
     * @throws SQLException if the store does not answer; what it holds may be sound
     * @throws CorruptLedgerException if the tiles do not make the roots of the head: nothing may be appended to them
     */
    static LedgerEdges read(Connection connection, LedgerHead head) throws SQLException {
        try {
            LedgerEdges edges = new LedgerEdges(
                    RightEdge.read(TreeHash.SHA_256, head.size(), new StoredTiles(connection, TreeHash.SHA_256)),
                    RightEdge.read(TreeHash.SM3, head.size(), new StoredTiles(connection, TreeHash.SM3)));
            if (!edges.make(head)) {
                throw new CorruptLedgerException("the tiles of the ledger do not make its head", null);
            }
            return edges;
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException unanswered) {
                throw unanswered;
            }
            throw new CorruptLedgerException("the tiles of the ledger cannot be read", e);
        }
    }

    /** Both trees with these leaves more. */
    Grown append(List<Leaf> leaves) {
        RightEdge.Growth first = sha256.append(leaves.stream().map(Leaf::sha256).toList());
        RightEdge.Growth second = sm3.append(leaves.stream().map(Leaf::sm3).toList());
        return new Grown(new LedgerEdges(first.edge(), second.edge()), touched(first), touched(second));
    }

    /** Whether the head is that of these edges. */
    boolean make(LedgerHead head) {
        return sha256.size() == head.size()
                && sm3.size() == head.size()
                && Arrays.equals(sha256.root(), head.sha256())
                && Arrays.equals(sm3.root(), head.sm3());
    }

    LedgerHead head(long epoch) {
        return new LedgerHead(epoch, sha256.size(), sha256.root(), sm3.root());
    }

    /** What an append made, with the tiles of each tree that are to be stored. */
    record Grown(LedgerEdges edges, List<Tile> sha256, List<Tile> sm3) {}

    private static List<Tile> touched(RightEdge.Growth growth) {
        return new ArrayList<>(Stream.concat(growth.finished().stream(), growth.edge().partialTiles().stream())
                .toList());
    }
}
