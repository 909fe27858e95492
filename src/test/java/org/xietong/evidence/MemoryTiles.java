package org.xietong.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tiles by path, as a directory would keep them. */
final class MemoryTiles implements TileSource {
    final Map<String, byte[]> tiles = new HashMap<>();

    void put(List<Tile> more) {
        more.forEach(tile -> tiles.put(tile.path().path(), tile.bytes()));
    }

    /** Keeps what an append made. */
    void put(RightEdge.Growth growth) {
        put(growth.finished());
        put(growth.edge().partialTiles());
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        return Optional.ofNullable(tiles.get(path.path()));
    }
}
