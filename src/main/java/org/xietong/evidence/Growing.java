package org.xietong.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree while leaves are put to it, one by one. */
final class Growing {
    private final TreeHash hash;
    private final @Nullable byte[][] peaks = new byte[Long.SIZE][];
    private final List<Row> rows = new ArrayList<>();
    private final List<Tile> finished = new ArrayList<>();
    private long size;

    Growing(TreeHash hash, long size, List<Tile> partial, List<byte[]> peaks) {
        this.hash = hash;
        this.size = size;
        int next = 0;
        for (int height = 0; height < Long.SIZE - 1; height++) {
            if ((size >> height & 1) == 1) {
                this.peaks[height] = peaks.get(next++);
            }
        }
        for (Tile tile : partial) {
            Row row = row(tile.path().level());
            row.width = tile.path().width();
            System.arraycopy(tile.bytes(), 0, row.bytes, 0, tile.bytes().length);
        }
    }

    /** As a binary counter: two subtrees of equal height become one of the next. */
    void add(byte[] leaf) {
        row(0).add(leaf);
        byte[] node = leaf.clone();
        int height = 0;
        for (byte[] peak = peaks[0]; peak != null; peak = peaks[height]) {
            node = hash.node(peak, node);
            peaks[height++] = null;
            if (height % TilePath.HEIGHT == 0) {
                row(height / TilePath.HEIGHT).add(node);
            }
        }
        peaks[height] = node;
        size++;
    }

    RightEdge.Growth done() {
        List<Tile> partial = new ArrayList<>();
        for (Row row : rows) {
            if (row.width > 0) {
                partial.add(new Tile(
                        new TilePath.Hashes(row.level, row.index, row.width),
                        Arrays.copyOf(row.bytes, row.width * TreeHash.SIZE)));
            }
        }
        List<byte[]> left = new ArrayList<>();
        for (byte[] peak : peaks) {
            if (peak != null) {
                left.add(peak);
            }
        }
        return new RightEdge.Growth(new RightEdge(hash, size, partial, left), finished);
    }

    /** The row that grows at a level of the tiles; those between may be empty. */
    private Row row(int level) {
        while (rows.size() <= level) {
            rows.add(new Row(rows.size()));
        }
        return rows.get(level);
    }

    /** The tile that grows at one level. */
    private final class Row {
        private final int level;
        private long index;
        private int width;
        private byte[] bytes = new byte[TilePath.FULL * TreeHash.SIZE];

        Row(int level) {
            this.level = level;
            this.index = TileLayout.hashes(size, level) / TilePath.FULL;
        }

        void add(byte[] node) {
            System.arraycopy(node, 0, bytes, width * TreeHash.SIZE, TreeHash.SIZE);
            width++;
            if (width == TilePath.FULL) {
                finished.add(new Tile(new TilePath.Hashes(level, index, width), bytes));
                bytes = new byte[TilePath.FULL * TreeHash.SIZE];
                width = 0;
                index++;
            }
        }
    }
}
