package org.xietong.evidence;

import java.io.IOException;

/** Where the hashes of a tree lie: in memory, in tiles, in a database. */
@FunctionalInterface
public interface NodeSource {
    /**
     * The hash of the complete subtree over the leaves from {@code index · 2^height} to
     * {@code (index + 1) · 2^height}; at height 0 a leaf hash. Asked only for subtrees that the tree holds whole.
     *
     * @throws IOException if it cannot be had
     */
    byte[] node(int height, long index) throws IOException;
}
