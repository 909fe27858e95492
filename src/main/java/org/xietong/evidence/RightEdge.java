package org.xietong.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a tree is needed to append to it: its size, the partial tiles at its right edge, and its peaks, the roots of
 * the complete subtrees that it falls into, one for each bit of the size. Immutable, so that a transaction that fails
 * leaves the caller with the edge as it was. An append costs one hash for each leaf, and the root one for each peak.
 */
public final class RightEdge {
    private final TreeHash hash;
    private final long size;
    private final List<Tile> partial;
    private final List<byte[]> peaks;

    /** @param peaks from the smallest subtree to the largest */
    RightEdge(TreeHash hash, long size, List<Tile> partial, List<byte[]> peaks) {
        this.hash = hash;
        this.size = size;
        this.partial = List.copyOf(partial);
        this.peaks = List.copyOf(peaks);
    }

    /** The edge of the tree without leaves. */
    public static RightEdge empty(TreeHash hash) {
        return new RightEdge(hash, 0, List.of(), List.of());
    }

    /**
     * The edge of a tree of this size, from its tiles. Whether they are right shows in {@link #root()}, which the
     * caller compares with what was signed.
     *
     * @throws IllegalArgumentException if the size is negative
     * @throws MissingTileException if a tile is not there
     * @throws MalformedEvidenceException if one has the wrong length
     */
    public static RightEdge read(TreeHash hash, long size, TileSource source) throws IOException {
        List<Tile> partial = new ArrayList<>();
        List<byte[]> peaks = new ArrayList<>();
        for (TilePath.Hashes path : TileLayout.partial(size)) {
            Tile tile = source.tile(path);
            partial.add(tile);
            for (int height = 0; height < TilePath.HEIGHT; height++) {
                if ((path.width() >> height & 1) == 1) {
                    peaks.add(tile.node(hash, height, (path.width() >> height) - 1));
                }
            }
        }
        return new RightEdge(hash, size, partial, peaks);
    }

    public TreeHash hash() {
        return hash;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        byte[] root = null;
        for (byte[] peak : peaks) {
            root = root == null ? peak.clone() : hash.node(peak, root);
        }
        return root == null ? hash.emptyRoot() : root;
    }

    /** The partial tiles, from the leaves upwards, as {@link TileLayout#partial} names them. */
    public List<Tile> partialTiles() {
        return partial;
    }

    /**
     * The tree with these leaves more. The leaves may be none.
     *
     * @param leaves hashes, as {@link TreeHash#leaf} makes them
     * @throws IllegalArgumentException if one of them is not of 32 bytes
     * @throws ArithmeticException if the tree grew beyond 2^63 − 1 leaves
     */
    public Growth append(List<byte[]> leaves) {
        Math.addExact(size, leaves.size());
        Growing growing = new Growing(hash, size, partial, peaks);
        leaves.forEach(leaf -> growing.add(Hashes.check(leaf)));
        return growing.done();
    }

    /**
     * What an append made.
     *
     * @param edge of the tree as it is now
     * @param finished the tiles that became full, those of {@link TileLayout#finished}, in the order in which they did
     */
    public record Growth(RightEdge edge, List<Tile> finished) {
        public Growth {
            finished = List.copyOf(finished);
        }
    }
}
