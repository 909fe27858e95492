package org.xietong.evidence;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * That a tree holds an earlier one as its beginning (RFC 9162 §2.1.4). Between equal sizes, and from the empty tree,
 * the path is empty.
 *
 * @param first leaves of the earlier tree
 * @param second leaves of the later tree
 * @param path hashes of 32 bytes; of whatever number, a wrong one just does not hold
 */
public record ConsistencyProof(long first, long second, List<byte[]> path) {
    /** @throws IllegalArgumentException unless {@code 0 <= first <= second} and each hash has its length */
    public ConsistencyProof {
        if (first < 0 || first > second) {
            throw new IllegalArgumentException("the first tree is not the smaller");
        }
        path = Hashes.copy(path);
    }

    /**
     * Whether the tree with the second root begins with the one with the first (RFC 9162 §2.1.4.2). A tree without
     * leaves has one root only, and begins every other. As with {@link InclusionProof#holds}, a size and its root must
     * come from one checkpoint.
     */
    public boolean holds(TreeHash hash, byte[] firstRoot, byte[] secondRoot) {
        if (firstRoot.length != TreeHash.SIZE || secondRoot.length != TreeHash.SIZE) {
            return false;
        }
        if (first == 0 && !MessageDigest.isEqual(firstRoot, hash.emptyRoot())) {
            return false;
        }
        if (first == second) {
            return path.isEmpty() && MessageDigest.isEqual(firstRoot, secondRoot);
        }
        if (first == 0) {
            return path.isEmpty();
        }
        return climb(hash, firstRoot)
                .filter(reached -> MessageDigest.isEqual(reached.first, firstRoot))
                .filter(reached -> MessageDigest.isEqual(reached.second, secondRoot))
                .isPresent();
    }

    /**
     * Another root than this one that the tree with the second root has at the first size, as the path proves: whoever signed
     * both has forked. No false path leads to the second root, so that nobody makes a consistent log look forked. Empty where
     * the path proves nothing; if the first size is a power of two, no path does, since it starts from the first root itself.
     */
    public Optional<byte[]> contradicts(TreeHash hash, byte[] firstRoot, byte[] secondRoot) {
        if (first == 0 || first == second || firstRoot.length != TreeHash.SIZE) {
            return Optional.empty();
        }
        return climb(hash, firstRoot)
                .filter(reached -> MessageDigest.isEqual(reached.second, secondRoot))
                .map(reached -> reached.first)
                .filter(other -> !MessageDigest.isEqual(other, firstRoot));
    }

    private record Reached(byte[] first, byte[] second) {}

    /** The roots that the path leads to; none where it is not as long as between these sizes. */
    private Optional<Reached> climb(TreeHash hash, byte[] firstRoot) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        List<byte[]> nodes = new ArrayList<>(path);
        if (Long.bitCount(first) == 1) {
            nodes.addFirst(firstRoot);
        }
        int common = Long.numberOfTrailingZeros(first);
        long fn = (first - 1) >> common;
        long sn = (second - 1) >> common;
        Iterator<byte[]> rest = nodes.iterator();
        byte[] fr = rest.next();
        byte[] sr = fr;
        while (rest.hasNext()) {
            byte[] c = rest.next();
            if (sn == 0) {
                return Optional.empty();
            }
            if ((fn & 1) == 1 || fn == sn) {
                fr = hash.node(c, fr);
                sr = hash.node(c, sr);
                int levels = Long.numberOfTrailingZeros(fn);
                fn >>= levels;
                sn >>= levels;
            } else {
                sr = hash.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 ? Optional.of(new Reached(fr, sr)) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConsistencyProof that
                && that.first == first
                && that.second == second
                && Hashes.equal(that.path, path);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(first) + Hashes.hashCode(path);
    }
}
