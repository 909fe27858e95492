package org.xietong.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Trees over the entries "entry 0", "entry 1" …, kept by the naive implementation. */
final class Trees {
    static final int MOST = 1_000;

    private static final Map<TreeHash, Trees> ALL = new HashMap<>();

    final TreeHash hash;
    final NaiveTree naive;
    final List<byte[]> leaves = new ArrayList<>();
    final List<byte[]> roots = new ArrayList<>();
    private final Map<String, byte[]> nodes = new HashMap<>();

    private Trees(TreeHash hash) {
        this.hash = hash;
        this.naive = new NaiveTree(hash);
        for (int i = 0; i < MOST; i++) {
            leaves.add(naive.leaf(entry(i)));
        }
        for (int size = 0; size <= MOST; size++) {
            roots.add(naive.root(first(size)));
        }
    }

    static synchronized Trees of(TreeHash hash) {
        return ALL.computeIfAbsent(hash, Trees::new);
    }

    static byte[] entry(int i) {
        return ("entry " + i).getBytes(StandardCharsets.US_ASCII);
    }

    List<byte[]> first(int size) {
        return leaves.subList(0, size);
    }

    /** Fails for what no tree of this size holds whole. */
    Prover prover(int size) {
        return new Prover(hash, (height, index) -> {
            int from = Math.toIntExact(index << height);
            int to = Math.toIntExact((index + 1) << height);
            if (to > size) {
                throw new AssertionError("asked for a node that is not there: " + height + ", " + index);
            }
            return nodes.computeIfAbsent(height + " " + index, key -> naive.root(leaves.subList(from, to)));
        });
    }

    static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }
}
