package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RightEdgeTest {
    @ParameterizedTest
    @EnumSource
    void growsLeafByLeafThroughAllRootsTo1000(TreeHash hash) {
        Trees trees = Trees.of(hash);
        RightEdge edge = RightEdge.empty(hash);
        assertArrayEquals(trees.roots.getFirst(), edge.root());
        for (int size = 1; size <= Trees.MOST; size++) {
            edge = edge.append(trees.leaves.subList(size - 1, size)).edge();
            assertEquals(size, edge.size());
            assertArrayEquals(trees.roots.get(size), edge.root(), "of " + size);
        }
    }

    @ParameterizedTest
    @EnumSource
    void growsInRandomBatchesAndStartsAgainFromItsTiles(TreeHash hash) throws IOException {
        Trees trees = Trees.of(hash);
        Random random = new Random(20_211);
        for (int round = 0; round < 40; round++) {
            MemoryTiles tiles = new MemoryTiles();
            RightEdge edge = RightEdge.empty(hash);
            while (edge.size() < Trees.MOST) {
                int from = (int) edge.size();
                int to = Math.min(Trees.MOST, from + random.nextInt(400));
                RightEdge.Growth growth = edge.append(trees.leaves.subList(from, to));
                assertEquals(
                        TileLayout.finished(from, to).size(), growth.finished().size());
                assertEquals(new HashSet<>(TileLayout.finished(from, to)), paths(growth.finished()));
                assertEquals(
                        TileLayout.partial(to),
                        growth.edge().partialTiles().stream().map(Tile::path).toList());
                assertArrayEquals(trees.roots.get(to), growth.edge().root(), "of " + to);
                tiles.put(growth);
                edge = random.nextBoolean() ? growth.edge() : RightEdge.read(hash, to, tiles);
                assertArrayEquals(trees.roots.get(to), edge.root(), "again of " + to);
            }
        }
    }

    /** MTH(D[(n·256 + i)·256^l : (n·256 + i + 1)·256^l]), each hash of each tile, up to the third level. */
    @Test
    void tilesHoldWhatTheSpecificationDefines() {
        NaiveTree naive = new NaiveTree(TreeHash.SHA_256);
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            leaves.add(naive.leaf(Trees.entry(i)));
        }
        RightEdge.Growth growth = RightEdge.empty(TreeHash.SHA_256).append(leaves);
        List<Tile> tiles = new ArrayList<>(growth.finished());
        tiles.addAll(growth.edge().partialTiles());
        assertEquals(277, tiles.size());
        for (Tile tile : tiles) {
            int span = 1 << (8 * tile.path().level());
            for (int i = 0; i < tile.path().width(); i++) {
                int from = (int) (tile.path().index() * 256 + i) * span;
                assertArrayEquals(
                        naive.root(leaves.subList(from, from + span)),
                        tile.hash(i),
                        tile.path().path() + " " + i);
            }
        }
        assertArrayEquals(naive.root(leaves), growth.edge().root());
    }

    /** A transaction that fails after an append goes on from the edge before it. */
    @ParameterizedTest
    @EnumSource
    void anAppendLeavesTheEdgeBeforeItAsItWas(TreeHash hash) {
        Trees trees = Trees.of(hash);
        RightEdge before = RightEdge.empty(hash).append(trees.first(250)).edge();
        before.append(trees.leaves.subList(500, 900));
        assertArrayEquals(trees.roots.get(250), before.root());
        assertArrayEquals(
                trees.roots.get(700),
                before.append(trees.leaves.subList(250, 700)).edge().root());
    }

    @Test
    void appendingNothingChangesNothing() {
        RightEdge edge = RightEdge.empty(TreeHash.SM3)
                .append(Trees.of(TreeHash.SM3).first(300))
                .edge();
        RightEdge.Growth growth = edge.append(List.of());
        assertEquals(List.of(), growth.finished());
        assertEquals(300, growth.edge().size());
        assertEquals(edge.partialTiles(), growth.edge().partialTiles());
    }

    @Test
    void takesNothingButHashes() {
        RightEdge edge = RightEdge.empty(TreeHash.SHA_256);
        for (int length : new int[] {0, 31, 33}) {
            assertThrows(IllegalArgumentException.class, () -> edge.append(List.of(new byte[length])));
        }
    }

    @Test
    void doesNotGrowBeyondALong() throws IOException {
        byte[] any = TreeHash.SHA_256.emptyRoot();
        RightEdge edge = RightEdge.read(TreeHash.SHA_256, Long.MAX_VALUE, path -> {
            byte[] bytes = new byte[path.width() * 32];
            System.arraycopy(any, 0, bytes, 0, 32);
            return Optional.of(bytes);
        });
        assertThrows(ArithmeticException.class, () -> edge.append(List.of(any)));
    }

    @Test
    void doesNotStartFromTilesThatAreMissingOrCut() {
        assertThrows(MissingTileException.class, () -> RightEdge.read(TreeHash.SHA_256, 300, new MemoryTiles()));
        MemoryTiles tiles = new MemoryTiles();
        tiles.tiles.put("tile/0/000.p/3", new byte[95]);
        assertThrows(MalformedEvidenceException.class, () -> RightEdge.read(TreeHash.SHA_256, 3, tiles));
    }

    private static HashSet<TilePath.Hashes> paths(List<Tile> tiles) {
        return new HashSet<>(tiles.stream().map(Tile::path).toList());
    }
}
