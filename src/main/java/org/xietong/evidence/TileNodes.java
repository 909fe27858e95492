package org.xietong.evidence;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hashes of a tree of a certain size, read from its tiles; those between the levels of the tiles are hashed again.
 * Keeps the tiles that were used last. Not thread-safe: make one for each proof, or for a run of them.
 */
public final class TileNodes implements NodeSource {
    private static final int KEPT = 64;

    private final TreeHash hash;
    private final TileSource source;
    private final long size;
    private final Map<TilePath.Hashes, Tile> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath.Hashes, Tile> eldest) {
            return size() > KEPT;
        }
    };

    /** @param size of the tree that a checkpoint speaks of; partial tiles are asked for as wide as it makes them */
    public TileNodes(TreeHash hash, TileSource source, long size) {
        this.hash = hash;
        this.source = source;
        this.size = size;
    }

    @Override
    public byte[] node(int height, long index) throws IOException {
        int level = height / TilePath.HEIGHT;
        int within = height % TilePath.HEIGHT;
        long position = index << within;
        Tile tile = tile(TileLayout.holding(level, position, size));
        return tile.node(hash, within, (int) (position % TilePath.FULL) >> within);
    }

    private Tile tile(TilePath.Hashes path) throws IOException {
        Tile known = kept.get(path);
        if (known != null) {
            return known;
        }
        Tile read = source.tile(path);
        kept.put(path, read);
        return read;
    }
}
