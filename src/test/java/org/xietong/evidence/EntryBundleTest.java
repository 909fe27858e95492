package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EntryBundleTest {
    @Test
    void putsTheLengthBeforeEachEntry() {
        EntryBundle bundle = new EntryBundle(List.of(new byte[] {7}, new byte[0], new byte[258]));
        assertEquals(
                "000107" + "0000" + "0102" + "00".repeat(258), HexFormat.of().formatHex(bundle.encode()));
    }

    @Property
    void comesBackFromItsBytes(@ForAll @Size(min = 1, max = 256) List<byte[]> entries) throws IOException {
        EntryBundle bundle = new EntryBundle(entries);
        EntryBundle read = EntryBundle.parse(new TilePath.Entries(3, entries.size()), bundle.encode());
        assertEquals(Trees.hex(entries), Trees.hex(read.entries()));
        assertEquals(bundle, read);
        assertEquals(bundle.hashCode(), read.hashCode());
    }

    @Test
    void holdsTheLongestEntryAndNoLonger() throws IOException {
        byte[] longest = new byte[65_535];
        longest[65_534] = 1;
        byte[] bytes = new EntryBundle(List.of(longest)).encode();
        assertArrayEquals(
                longest,
                EntryBundle.parse(new TilePath.Entries(0, 1), bytes).entries().getFirst());
        assertThrows(IllegalArgumentException.class, () -> new EntryBundle(List.of(new byte[65_536])));
    }

    @Test
    void hasOneTo256Entries() {
        assertThrows(IllegalArgumentException.class, () -> new EntryBundle(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new EntryBundle(Collections.nCopies(257, new byte[1])));
    }

    @Property
    void refusesAnotherNumberOfEntries(
            @ForAll @Size(min = 1, max = 20) List<byte[]> entries, @ForAll @IntRange(min = 1, max = 256) int width) {
        byte[] bytes = new EntryBundle(entries).encode();
        if (width != entries.size()) {
            assertThrows(
                    MalformedEvidenceException.class, () -> EntryBundle.parse(new TilePath.Entries(0, width), bytes));
        }
    }

    @Property
    void refusesEveryCut(
            @ForAll @Size(min = 1, max = 20) List<byte[]> entries, @ForAll @IntRange(max = 9_999) int cut) {
        byte[] bytes = new EntryBundle(entries).encode();
        byte[] shorter = Arrays.copyOf(bytes, cut % bytes.length);
        assertThrows(
                MalformedEvidenceException.class,
                () -> EntryBundle.parse(new TilePath.Entries(0, entries.size()), shorter));
    }

    @Property(tries = 3_000)
    void anyBytesAreABundleInItsOneFormOrRefused(
            @ForAll @Size(max = 600) byte[] bytes, @ForAll @IntRange(min = 1, max = 256) int width) {
        try {
            assertArrayEquals(
                    bytes,
                    EntryBundle.parse(new TilePath.Entries(0, width), bytes).encode());
        } catch (MalformedEvidenceException refused) {
            // as it should be
        }
    }

    @Test
    void theFullBundleServesForAPartialOneThatIsGone() throws IOException {
        MemoryTiles tiles = new MemoryTiles();
        tiles.tiles.put("tile/entries/000", new EntryBundle(Collections.nCopies(256, new byte[] {5})).encode());
        assertEquals(9, tiles.bundle(new TilePath.Entries(0, 9)).entries().size());
        assertThrows(MissingTileException.class, () -> tiles.bundle(new TilePath.Entries(1, 9)));
        assertThrows(MissingTileException.class, () -> tiles.bundle(new TilePath.Entries(1, 256)));
    }
}
