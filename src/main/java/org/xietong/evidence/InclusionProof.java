package org.xietong.evidence;

import java.security.MessageDigest;
import java.util.List;

/**
 * That a leaf stands at an index of a tree (RFC 9162 §2.1.3).
 *
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @param path hashes of 32 bytes from the leaf's sibling upwards; of whatever number, a wrong one just does not hold
 */
public record InclusionProof(long index, long size, List<byte[]> path) {
    /** @throws IllegalArgumentException unless {@code 0 <= index < size} and each hash has its length */
    public InclusionProof {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("the tree has no such leaf");
        }
        path = Hashes.copy(path);
    }

    /**
     * Whether the leaf with this hash is in the tree with this root (RFC 9162 §2.1.3.2). The root does not fix the
     * size: one that gives the path the same shape holds too, so size and root must come from one checkpoint.
     */
    public boolean holds(TreeHash hash, byte[] leaf, byte[] root) {
        if (leaf.length != TreeHash.SIZE || root.length != TreeHash.SIZE) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        byte[] r = leaf;
        for (byte[] p : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                r = hash.node(p, r);
                int levels = Long.numberOfTrailingZeros(fn);
                fn >>= levels;
                sn >>= levels;
            } else {
                r = hash.node(r, p);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && MessageDigest.isEqual(r, root);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InclusionProof that
                && that.index == index
                && that.size == size
                && Hashes.equal(that.path, path);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(index) + Hashes.hashCode(path);
    }
}
