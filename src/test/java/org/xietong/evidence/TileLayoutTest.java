package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TileLayoutTest {
    /** The examples of c2sp.org/tlog-tiles, "Partial Tiles". */
    @Test
    void dividesTreesAsTheSpecificationDoes() {
        assertEquals(
                List.of(new TilePath.Hashes(0, 273, 112), new TilePath.Hashes(1, 1, 17), new TilePath.Hashes(2, 0, 1)),
                TileLayout.partial(70_000));
        List<TilePath.Hashes> full = TileLayout.finished(0, 70_000);
        assertEquals(273, full.stream().filter(tile -> tile.level() == 0).count());
        assertEquals(1, full.stream().filter(tile -> tile.level() == 1).count());
        assertEquals(274, full.size());
        assertEquals(List.of(new TilePath.Hashes(1, 0, 1)), TileLayout.partial(256));
        assertEquals(List.of(new TilePath.Hashes(0, 0, 256)), TileLayout.finished(0, 256));
    }

    @Test
    void anEmptyTreeHasNoTiles() {
        assertEquals(List.of(), TileLayout.partial(0));
        assertEquals(List.of(), TileLayout.finished(0, 0));
        assertEquals(List.of(), TileLayout.bundles(0, 0));
    }

    @Test
    void theLargestTreeHasEightPartialTiles() {
        List<TilePath.Hashes> tiles = TileLayout.partial(Long.MAX_VALUE);
        assertEquals(8, tiles.size());
        assertEquals(new TilePath.Hashes(0, Long.MAX_VALUE >> 8, 255), tiles.getFirst());
        assertEquals(new TilePath.Hashes(7, 0, 127), tiles.getLast());
        assertEquals(List.of(), TileLayout.finished(Long.MAX_VALUE - 1, Long.MAX_VALUE));
        assertEquals(
                List.of(new TilePath.Entries(Long.MAX_VALUE >> 8, 255)),
                TileLayout.bundles(Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }

    @Test
    void namesTheBundlesThatAnAppendTouches() {
        assertEquals(
                List.of(new TilePath.Entries(0, 256), new TilePath.Entries(1, 256), new TilePath.Entries(2, 1)),
                TileLayout.bundles(255, 513));
        assertEquals(List.of(new TilePath.Entries(1, 256)), TileLayout.bundles(256, 512));
        assertEquals(List.of(), TileLayout.bundles(300, 300));
    }

    @Property
    void appendsFinishTogetherWhatTheWholeHolds(
            @ForAll @IntRange(max = 200_000) int first, @ForAll @IntRange(max = 200_000) int more) {
        List<TilePath.Hashes> before = TileLayout.finished(0, first);
        List<TilePath.Hashes> added = TileLayout.finished(first, first + more);
        List<TilePath.Hashes> whole = TileLayout.finished(0, first + more);
        assertEquals(whole.size(), before.size() + added.size());
        assertTrue(whole.containsAll(added) && whole.containsAll(before));
        assertTrue(added.stream().noneMatch(before::contains));
    }

    @Test
    void refusesSizesThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> TileLayout.partial(-1));
        assertThrows(IllegalArgumentException.class, () -> TileLayout.finished(2, 1));
        assertThrows(IllegalArgumentException.class, () -> TileLayout.bundles(-1, 1));
    }
}
