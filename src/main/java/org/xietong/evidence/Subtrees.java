package org.xietong.evidence;

import java.util.Arrays;
import java.util.Objects;

/**
 * A tile with all hashes of the complete subtrees over its row, hashed once: what a proof needs of a tile is then looked up. Immutable,
 * 16 KiB at most.
 */
public final class Subtrees {
    private final Tile tile;
    /** By height less one: hashes one after the other. */
    private final byte[][] above;

    private Subtrees(Tile tile, byte[][] above) {
        this.tile = tile;
        this.above = above;
    }

    static Subtrees of(TreeHash hash, Tile tile) {
        byte[][] above = new byte[TilePath.HEIGHT - 1][];
        byte[] below = tile.bytes();
        for (int i = 0; i < above.length; i++) {
            int pairs = below.length / TreeHash.SIZE / 2;
            byte[] row = new byte[pairs * TreeHash.SIZE];
            for (int pair = 0; pair < pairs; pair++) {
                byte[] node = hash.node(hash(below, 2 * pair), hash(below, 2 * pair + 1));
                System.arraycopy(node, 0, row, pair * TreeHash.SIZE, TreeHash.SIZE);
            }
            above[i] = row;
            below = row;
        }
        return new Subtrees(tile, above);
    }

    /**
     * As {@link Tile#node}, for heights below a whole tile's.
     *
     * @throws IndexOutOfBoundsException unless the tile holds all of the subtree
     */
    byte[] node(int height, int index) {
        return height == 0 ? tile.hash(index) : hash(above[height - 1], index);
    }

    private static byte[] hash(byte[] row, int index) {
        int from = Objects.checkIndex(index, row.length / TreeHash.SIZE) * TreeHash.SIZE;
        return Arrays.copyOfRange(row, from, from + TreeHash.SIZE);
    }
}
