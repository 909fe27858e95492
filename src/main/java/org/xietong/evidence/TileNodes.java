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
    private final Map<TilePath.Hashes, Subtrees> kept;

    /** @param size of the tree that a checkpoint speaks of; partial tiles are asked for as wide as it makes them */
    public TileNodes(TreeHash hash, TileSource source, long size) {
        this(hash, source, size, new LastUsed());
    }

    /**
     * With tiles that others have read before: a tile of one path never changes.
     *
     * @param kept of this log and this tree; is added to, and bounds itself
     */
    public TileNodes(TreeHash hash, TileSource source, long size, Map<TilePath.Hashes, Subtrees> kept) {
        this.hash = hash;
        this.source = source;
        this.size = size;
        this.kept = kept;
    }

    @Override
    public byte[] node(int height, long index) throws IOException {
        int level = height / TilePath.HEIGHT;
        int within = height % TilePath.HEIGHT;
        long position = index << within;
        Subtrees tile = tile(TileLayout.holding(level, position, size));
        return tile.node(within, (int) (position % TilePath.FULL) >> within);
    }

    private Subtrees tile(TilePath.Hashes path) throws IOException {
        Subtrees known = kept.get(path);
        if (known != null) {
            return known;
        }
        Subtrees read = Subtrees.of(hash, source.tile(path));
        kept.put(path, read);
        return read;
    }

    private static final class LastUsed extends LinkedHashMap<TilePath.Hashes, Subtrees> {
        private static final long serialVersionUID = 1L;

        LastUsed() {
            super(KEPT, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<TilePath.Hashes, Subtrees> eldest) {
            return size() > KEPT;
        }
    }
}
