package org.xietong.evidence;

import java.util.ArrayList;
import java.util.List;

/** Which tiles a tree consists of (c2sp.org/tlog-tiles). Refuses as illegal arguments sizes that are
 * negative, and a second that is smaller than the first. */
public final class TileLayout {
    /** The highest level at which a tree of a long size can have hashes. */
    private static final int TOP = (Long.SIZE - 1) / TilePath.HEIGHT;

    private TileLayout() {}

    /** The partial tiles at the right edge of a tree, from the leaves upwards; none of an empty tree. */
    public static List<TilePath.Hashes> partial(long size) {
        checkSizes(0, size);
        List<TilePath.Hashes> tiles = new ArrayList<>();
        for (int level = 0; level <= TOP; level++) {
            int width = (int) (hashes(size, level) % TilePath.FULL);
            if (width > 0) {
                tiles.add(new TilePath.Hashes(level, hashes(size, level) / TilePath.FULL, width));
            }
        }
        return List.copyOf(tiles);
    }

    /**
     * The tiles that are full in a tree of the second size and were not in one of the first, level by level; the order
     * within a level is that of their indices.
     */
    public static List<TilePath.Hashes> finished(long first, long second) {
        checkSizes(first, second);
        List<TilePath.Hashes> tiles = new ArrayList<>();
        for (int level = 0; level <= TOP; level++) {
            long to = hashes(second, level) / TilePath.FULL;
            for (long index = hashes(first, level) / TilePath.FULL; index < to; index++) {
                tiles.add(new TilePath.Hashes(level, index, TilePath.FULL));
            }
        }
        return List.copyOf(tiles);
    }

    /** The bundles of the entries from {@code first} to before {@code second}, as wide as the larger tree makes them. */
    public static List<TilePath.Entries> bundles(long first, long second) {
        checkSizes(first, second);
        List<TilePath.Entries> bundles = new ArrayList<>();
        long last = (second - 1) / TilePath.FULL;
        for (long index = first / TilePath.FULL; first < second && index <= last; index++) {
            bundles.add(new TilePath.Entries(index, (int) Math.min(TilePath.FULL, second - index * TilePath.FULL)));
        }
        return List.copyOf(bundles);
    }

    /** How many hashes a tree has at this level of its tiles. */
    static long hashes(long size, int level) {
        return level > TOP ? 0 : size >> (TilePath.HEIGHT * level);
    }

    /** The tile that holds this hash of a level, as wide as it is in a tree of the size. */
    static TilePath.Hashes holding(int level, long position, long size) {
        long index = position / TilePath.FULL;
        long width = Math.min(TilePath.FULL, hashes(size, level) - index * TilePath.FULL);
        return new TilePath.Hashes(level, index, Math.toIntExact(width));
    }

    private static void checkSizes(long first, long second) {
        if (first < 0 || first > second) {
            throw new IllegalArgumentException("sizes must be of 0 or more, the first not larger than the second");
        }
    }
}
