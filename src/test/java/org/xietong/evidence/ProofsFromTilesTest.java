package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProofsFromTilesTest {
    private static final int[] SIZES = {1, 2, 255, 256, 257, 300, 511, 512, 513, 767, 768, 1_000};

    @ParameterizedTest
    @EnumSource
    void rootsAndProofsAreThoseOfTheNaiveTree(TreeHash hash) throws IOException {
        Trees trees = Trees.of(hash);
        Random random = new Random(7);
        for (int size : SIZES) {
            Prover prover = prover(hash, tiles(hash, size), size);
            assertArrayEquals(trees.roots.get(size), prover.root(size), "of " + size);
            for (int i = 0; i < 20; i++) {
                int pick = random.nextInt(size);
                assertEquals(
                        Trees.hex(trees.naive.path(pick, trees.first(size))),
                        Trees.hex(prover.inclusion(pick, size).path()),
                        pick + " in " + size);
                assertEquals(
                        Trees.hex(trees.naive.proof(pick + 1, trees.first(size))),
                        Trees.hex(prover.consistency(pick + 1, size).path()),
                        (pick + 1) + " to " + size);
                assertArrayEquals(trees.roots.get(pick), prover.root(pick), "of " + pick);
            }
        }
    }

    /** As one log grows, with tiles kept from proof to proof and from size to size. */
    @ParameterizedTest
    @EnumSource
    void keptTilesGiveTheSameProofs(TreeHash hash) throws IOException {
        Map<TilePath.Hashes, Subtrees> kept = new HashMap<>();
        MemoryTiles tiles = new MemoryTiles();
        RightEdge edge = RightEdge.empty(hash);
        Trees trees = Trees.of(hash);
        Random random = new Random(11);
        while (edge.size() < 900) {
            int size = (int) edge.size() + 1 + random.nextInt(40);
            RightEdge.Growth growth = edge.append(trees.first(size).subList((int) edge.size(), size));
            tiles.put(growth);
            edge = growth.edge();
            Prover prover = new Prover(hash, new TileNodes(hash, tiles, size, kept));
            for (int i = 0; i < 5; i++) {
                int pick = random.nextInt(size);
                assertEquals(
                        Trees.hex(trees.naive.path(pick, trees.first(size))),
                        Trees.hex(prover.inclusion(pick, size).path()));
            }
            assertArrayEquals(trees.roots.get(size), prover.root(size));
        }
        assertTrue(kept.size() > 10);
    }

    /** Through three levels of tiles. */
    @Test
    void provesInATreeOfThreeLevels() throws IOException {
        int size = 3 * (1 << 16) + 70_001;
        byte[] leaf = TreeHash.SHA_256.leaf(Trees.entry(0));
        RightEdge.Growth growth = RightEdge.empty(TreeHash.SHA_256).append(Collections.nCopies(size, leaf));
        MemoryTiles tiles = new MemoryTiles();
        tiles.put(growth);
        Prover prover = prover(TreeHash.SHA_256, tiles, size);
        for (long index : new long[] {0, 255, 65_535, 65_536, 3 << 16, size - 1}) {
            InclusionProof proof = prover.inclusion(index, size);
            assertTrue(proof.holds(TreeHash.SHA_256, leaf, growth.edge().root()), "of " + index);
        }
        byte[] before = RightEdge.empty(TreeHash.SHA_256)
                .append(Collections.nCopies(70_000, leaf))
                .edge()
                .root();
        assertTrue(prover.consistency(70_000, size)
                .holds(TreeHash.SHA_256, before, growth.edge().root()));
    }

    @ParameterizedTest
    @EnumSource
    void fullTilesServeForPartialOnesThatAreGone(TreeHash hash) throws IOException {
        MemoryTiles tiles = tiles(hash, Trees.MOST);
        assertFalse(tiles.tiles.containsKey("tile/0/001.p/44"));
        assertArrayEquals(
                Trees.of(hash).roots.get(300),
                prover(hash, withUpperTilesOf(hash, tiles, 300), 300).root(300));
    }

    @Test
    void aMissingTileIsNamed() {
        MemoryTiles tiles = tiles(TreeHash.SHA_256, 600);
        tiles.tiles.remove("tile/0/001");
        Prover prover = prover(TreeHash.SHA_256, tiles, 600);
        MissingTileException missing = assertThrows(MissingTileException.class, () -> prover.inclusion(300, 600));
        assertEquals("tile/0/001", missing.getMessage());
    }

    @Property(tries = 500)
    void aCutTileIsRefused(@ForAll TreeHash hash, @ForAll @IntRange(max = 44 * 32 + 40) int length) {
        MemoryTiles tiles = tiles(hash, 300);
        byte[] whole = tiles.tiles.get("tile/0/001.p/44");
        tiles.tiles.put("tile/0/001.p/44", Arrays.copyOf(whole, length));
        Prover prover = prover(hash, tiles, 300);
        if (length != whole.length) {
            assertThrows(MalformedEvidenceException.class, () -> prover.inclusion(299, 300));
        }
    }

    /** Whatever hash of a tile is changed, no proof that uses it holds, and the root is another. */
    @Property(tries = 500)
    void aChangedTileProvesNothing(
            @ForAll TreeHash hash, @ForAll @IntRange(max = 299) int position, @ForAll @IntRange(max = 255) int bit)
            throws IOException {
        MemoryTiles tiles = tiles(hash, 300);
        byte[] tile = tiles.tiles
                .get(position < 256 ? "tile/0/000" : "tile/0/001.p/44")
                .clone();
        tile[position % 256 * 32 + bit / 8] ^= (byte) (1 << (bit % 8));
        tiles.tiles.put(position < 256 ? "tile/0/000" : "tile/0/001.p/44", tile);
        Trees trees = Trees.of(hash);
        int neighbour = position ^ 1;
        InclusionProof proof = prover(hash, tiles, 300).inclusion(neighbour, 300);
        assertFalse(proof.holds(hash, trees.leaves.get(neighbour), trees.roots.get(300)));
    }

    private static Prover prover(TreeHash hash, TileSource tiles, long size) {
        return new Prover(hash, new TileNodes(hash, tiles, size));
    }

    private static MemoryTiles tiles(TreeHash hash, int size) {
        MemoryTiles tiles = new MemoryTiles();
        tiles.put(RightEdge.empty(hash).append(Trees.of(hash).first(size)));
        return tiles;
    }

    /** The full tiles of a larger tree, and of the partial ones of this size only those that no full one replaces. */
    private static MemoryTiles withUpperTilesOf(TreeHash hash, MemoryTiles larger, int size) {
        MemoryTiles tiles = new MemoryTiles();
        larger.tiles.forEach((path, bytes) -> {
            if (!path.contains(".p/")) {
                tiles.tiles.put(path, bytes);
            }
        });
        RightEdge edge =
                RightEdge.empty(hash).append(Trees.of(hash).first(size)).edge();
        tiles.put(edge.partialTiles().stream()
                .filter(tile -> tile.path().level() > 0)
                .toList());
        return tiles;
    }
}
