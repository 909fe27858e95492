package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {
    @Test
    void writesIndicesInGroupsOfThree() {
        assertEquals("tile/0/000", new TilePath.Hashes(0, 0, 256).path());
        assertEquals("tile/1/x001/x234/067", new TilePath.Hashes(1, 1_234_067, 256).path());
        assertEquals("tile/2/x001/000.p/1", new TilePath.Hashes(2, 1_000, 1).path());
        assertEquals("tile/entries/x001/234.p/255", new TilePath.Entries(1_234, 255).path());
        assertEquals("tile/63/x009/x223/x372/x036/x854/x775/807", new TilePath.Hashes(63, Long.MAX_VALUE, 256).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/000",
                "tile/63/x001/x000/000.p/17",
                "tile/entries/999",
                "tile/entries/x009/x223/x372/x036/x854/x775/807.p/255"
            })
    void readsWhatItWrites(String path) throws MalformedEvidenceException {
        assertEquals(path, TilePath.parse(path).path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/0",
                "tile/0/",
                "/tile/0/000",
                "tile/0/000/",
                "tile/0/0",
                "tile/0/00",
                "tile/0/0000",
                "tile/0/x000",
                "tile/0/001/002",
                "tile/0/x000/001",
                "tile/0/X001/001",
                "tile/0/x1/001",
                "tile/00/000",
                "tile/01/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/0/-01",
                "tile/0/+01",
                "tile/0/000.p/0",
                "tile/0/000.p/00",
                "tile/0/000.p/01",
                "tile/0/000.p/256",
                "tile/0/000.p/999",
                "tile/0/000.p/",
                "tile/0/000.p",
                "tile/0/000.P/1",
                "tile/0/000.p/1/2",
                "tile/data/000",
                "tile/Entries/000",
                "tile/8/0/000",
                "tile/0/x009/x223/x372/x036/x854/x775/808",
                "tile/0/x001/x000/x000/x000/x000/x000/x000/000",
                "tile/0/000\n",
                "tile/0/000 ",
                "tile/0/٠٠٠",
                "tile/0/../000"
            })
    void refusesEveryOtherForm(String path) {
        assertThrows(MalformedEvidenceException.class, () -> TilePath.parse(path));
    }

    @Property
    void comesBackFromItsPath(
            @ForAll @IntRange(max = 63) int level,
            @ForAll @LongRange(min = 0) long index,
            @ForAll @IntRange(min = 1, max = 256) int width)
            throws MalformedEvidenceException {
        TilePath hashes = new TilePath.Hashes(level, index, width);
        TilePath entries = new TilePath.Entries(index, width);
        assertEquals(hashes, TilePath.parse(hashes.path()));
        assertEquals(entries, TilePath.parse(entries.path()));
    }

    @Property(tries = 3_000)
    void anyTextIsAPathInItsOneFormOrRefused(@ForAll("nearlyPaths") String text) {
        try {
            assertEquals(text, TilePath.parse(text).path());
        } catch (MalformedEvidenceException refused) {
            // as it should be
        }
    }

    @Example
    void aLongTextIsRefusedToo() {
        assertThrows(
                MalformedEvidenceException.class, () -> TilePath.parse("tile/0/" + "x001/".repeat(100_000) + "000"));
    }

    @Provide
    Arbitrary<String> nearlyPaths() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "tile/",
                        "0/",
                        "63/",
                        "64/",
                        "entries/",
                        "x001/",
                        "x000/",
                        "234",
                        "067",
                        ".p/",
                        "1",
                        "255",
                        "256",
                        "/",
                        "x",
                        "1")
                .list()
                .ofMaxSize(9)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(pieces, pieces.map(text -> "tile/0/" + text), Arbitraries.strings());
    }

    @Test
    void thereAreNoOtherTiles() {
        assertThrows(IllegalArgumentException.class, () -> new TilePath.Hashes(-1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TilePath.Hashes(64, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TilePath.Hashes(0, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new TilePath.Hashes(0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new TilePath.Entries(0, 257));
        assertThrows(IllegalArgumentException.class, () -> new TilePath.Entries(-1, 1));
    }
}
