package org.xietong.evidence;

import java.util.Locale;
import java.util.regex.Matcher;

/**
 * The address of a tile (c2sp.org/tlog-tiles): a row of up to 256 consecutive hashes of the tree, or the entries
 * themselves. The path is relative to the log, without a slash at its beginning, and has one form only.
 */
public sealed interface TilePath {
    /** Levels of the tree that a tile spans. */
    int HEIGHT = 8;
    /** Hashes or entries of a full tile. */
    int FULL = 1 << HEIGHT;
    /** The level of tiles may not be more. */
    int HIGHEST_LEVEL = 63;

    /** {@code tile/<level>/<index>}: at level 0 leaf hashes, above them the roots of full tiles of the level below. */
    record Hashes(int level, long index, int width) implements TilePath {
        /** @throws IllegalArgumentException unless level is 0 to 63, index 0 or more, width 1 to 256 */
        public Hashes {
            if (level < 0 || level > HIGHEST_LEVEL || index < 0 || width < 1 || width > FULL) {
                throw new IllegalArgumentException("no such tile");
            }
        }

        /** Whether a tree of this size has all hashes of the tile. */
        public boolean isWithin(long size) {
            return index <= (Long.MAX_VALUE - FULL) / FULL && index * FULL + width <= TileLayout.hashes(size, level);
        }

        @Override
        public Hashes full() {
            return new Hashes(level, index, FULL);
        }

        @Override
        public String path() {
            return "tile/" + level + '/' + segments(index, width);
        }
    }

    /** {@code tile/entries/<index>}: the bundle of the entries whose hashes are the tile of that index at level 0. */
    record Entries(long index, int width) implements TilePath {
        /** @throws IllegalArgumentException unless the index is of 0 or more, the width of 1 to 256 */
        public Entries {
            if (index < 0 || width < 1 || width > FULL) {
                throw new IllegalArgumentException("no such bundle");
            }
        }

        @Override
        public Entries full() {
            return new Entries(index, FULL);
        }

        @Override
        public String path() {
            return "tile/entries/" + segments(index, width);
        }
    }

    /** Which tile of its level, from 0. */
    long index();

    /** Hashes or entries in it; less than {@link #FULL} in a partial tile. */
    int width();

    /** The tile that this one is the beginning of; itself if it is full. */
    TilePath full();

    String path();

    default boolean isFull() {
        return width() == FULL;
    }

    /**
     * Reads what {@link #path()} writes and nothing else: no zero too many, no index beyond a long, no {@code .p/256}.
     *
     * @throws MalformedEvidenceException for every other text
     */
    static TilePath parse(String path) throws MalformedEvidenceException {
        Matcher parts = TilePathForm.PATH.matcher(path);
        if (!parts.matches()) {
            throw new MalformedEvidenceException(MalformedEvidenceException.Fault.SYNTAX);
        }
        int width = parts.group("width") == null ? FULL : Integer.parseInt(parts.group("width"));
        int level = parts.group("level") == null ? 0 : Integer.parseInt(parts.group("level"));
        if (level > HIGHEST_LEVEL || width > FULL || (width == FULL && parts.group("width") != null)) {
            throw new MalformedEvidenceException(MalformedEvidenceException.Fault.NUMBER);
        }
        long index = TilePathForm.index(parts.group("index"));
        return parts.group("level") == null ? new Entries(index, width) : new Hashes(level, index, width);
    }

    private static String segments(long index, int width) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            text.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return width == FULL
                ? text.toString()
                : text.append(".p/").append(width).toString();
    }
}
