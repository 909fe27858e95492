package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.TileLayout;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TreeHash;

/** A tree made again from the entries, by code that shares nothing with the product's (RFC 6962 §2.1; c2sp.org/tlog-tiles). */
final class RecomputedLog {
    private final MessageDigest digest;
    /** Per level of the tiles, all hashes. */
    private final List<List<byte[]>> levels = new ArrayList<>();

    RecomputedLog(TreeHash tree, List<byte[]> entries) throws NoSuchAlgorithmException {
        digest = MessageDigest.getInstance(tree == TreeHash.SM3 ? "SM3" : "SHA-256");
        List<byte[]> level =
                entries.stream().map(entry -> hash(0, entry, new byte[0])).toList();
        while (!level.isEmpty()) {
            levels.add(level);
            List<byte[]> above = new ArrayList<>();
            for (int from = 0; from + TilePath.FULL <= level.size(); from += TilePath.FULL) {
                above.add(root(level.subList(from, from + TilePath.FULL)));
            }
            level = above;
        }
    }

    /** The root of the first leaves; whole tiles are taken from the levels above. */
    byte[] root(int size) {
        List<byte[]> roots = new ArrayList<>();
        List<Integer> weights = new ArrayList<>();
        int done = 0;
        for (int level = levels.size() - 1; level >= 0; level--) {
            int span = 1 << TilePath.HEIGHT * level;
            for (; size - done >= span; done += span) {
                roots.add(levels.get(level).get(done / span));
                weights.add(span);
                // As a binary counter: two neighbours of one size are one.
                while (roots.size() > 1 && weights.getLast().equals(weights.get(weights.size() - 2))) {
                    byte[] right = roots.removeLast();
                    byte[] left = roots.removeLast();
                    int weight = weights.removeLast();
                    weights.removeLast();
                    roots.add(hash(1, left, right));
                    weights.add(2 * weight);
                }
            }
        }
        byte[] root = roots.isEmpty() ? digest.digest() : roots.removeLast();
        while (!roots.isEmpty()) {
            root = hash(1, roots.removeLast(), root);
        }
        return root;
    }

    void assertMakes(Checkpoint checkpoint) {
        assertArrayEquals(
                root(Math.toIntExact(checkpoint.size())),
                checkpoint.root(),
                () -> checkpoint.origin() + " " + checkpoint.size());
    }

    /** Compares every tile of the tree, full and partial, as it is served. */
    void assertTiles(long size, TileSource served) throws IOException {
        List<TilePath.Hashes> paths = Stream.concat(
                        TileLayout.finished(0, size).stream(), TileLayout.partial(size).stream())
                .toList();
        assertTrue(!paths.isEmpty());
        for (TilePath.Hashes path : paths) {
            byte[] bytes = served.read(path).orElseThrow(() -> new AssertionError("no " + path.path()));
            List<byte[]> level = levels.get(path.level());
            for (int i = 0; i < path.width(); i++) {
                byte[] hash = new byte[TreeHash.SIZE];
                System.arraycopy(bytes, i * TreeHash.SIZE, hash, 0, TreeHash.SIZE);
                assertArrayEquals(level.get((int) path.index() * TilePath.FULL + i), hash, path.path());
            }
        }
    }

    private byte[] root(List<byte[]> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int split = Integer.highestOneBit(hashes.size() - 1);
        return hash(1, root(hashes.subList(0, split)), root(hashes.subList(split, hashes.size())));
    }

    private byte[] hash(int prefix, byte[] left, byte[] right) {
        digest.update((byte) prefix);
        digest.update(left);
        return digest.digest(right);
    }
}
