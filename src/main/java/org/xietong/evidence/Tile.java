package org.xietong.evidence;

import java.util.Arrays;
import java.util.Objects;

/**
 * A row of consecutive hashes of a tree (c2sp.org/tlog-tiles), full or partial; also the root of the subtree that a
 * full one stands for. The bytes are what is stored and served; they are not copied, and must not be changed.
 *
 * @param path which tile it is
 * @param bytes its hashes, one after the other
 */
public record Tile(TilePath.Hashes path, byte[] bytes) {
    /** @throws IllegalArgumentException unless there are as many hashes as the path says */
    public Tile {
        if (bytes.length != path.width() * TreeHash.SIZE) {
            throw new IllegalArgumentException("not a tile of this width");
        }
    }

    /** @throws MalformedEvidenceException unless there are as many hashes as the path says */
    public static Tile parse(TilePath.Hashes path, byte[] bytes) throws MalformedEvidenceException {
        if (bytes.length != path.width() * TreeHash.SIZE) {
            throw new MalformedEvidenceException(MalformedEvidenceException.Fault.LENGTH);
        }
        return new Tile(path, bytes);
    }

    /** @throws IndexOutOfBoundsException unless there is such a hash */
    public byte[] hash(int position) {
        int from = Objects.checkIndex(position, path.width()) * TreeHash.SIZE;
        return Arrays.copyOfRange(bytes, from, from + TreeHash.SIZE);
    }

    /**
     * The root of the subtree over the hashes from {@code index · 2^height} to {@code (index + 1) · 2^height}.
     *
     * @throws IndexOutOfBoundsException unless the tile holds all of them
     */
    public byte[] node(TreeHash hash, int height, int index) {
        return height == 0
                ? hash(index)
                : hash.node(node(hash, height - 1, 2 * index), node(hash, height - 1, 2 * index + 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tile tile && tile.path.equals(path) && Arrays.equals(tile.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Arrays.hashCode(bytes);
    }
}
