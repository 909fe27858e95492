package org.xietong.evidence;

import org.xietong.crypto.Digests;

/**
 * The hashes of a Merkle tree (RFC 6962 §2.1, RFC 9162 §2.1.1); the two trees of the log differ in nothing else.
 * Hashes are 32 bytes; those returned belong to the caller, those given are never changed. Thread-safe.
 */
public enum TreeHash {
    /** The tree that the world's tools read. */
    SHA_256 {
        @Override
        byte[] digest(byte[]... parts) {
            return Digests.sha256(parts);
        }
    },
    /** The same tree in the national algorithm (GB/T 32905). */
    SM3 {
        @Override
        byte[] digest(byte[]... parts) {
            return Digests.sm3(parts);
        }
    };

    /** Bytes of a hash. */
    public static final int SIZE = 32;

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    abstract byte[] digest(byte[]... parts);

    /** {@code H(0x00 ‖ entry)}. */
    public byte[] leaf(byte[] entry) {
        return digest(LEAF, entry);
    }

    /**
     * {@code H(0x01 ‖ left ‖ right)}.
     *
     * @throws IllegalArgumentException unless both are hashes: a node of other lengths could be read in two ways
     */
    public byte[] node(byte[] left, byte[] right) {
        if (left.length != SIZE || right.length != SIZE) {
            throw new IllegalArgumentException("a hash has " + SIZE + " bytes");
        }
        return digest(NODE, left, right);
    }

    /** {@code H()}, the root of the tree without leaves. */
    public byte[] emptyRoot() {
        return digest();
    }
}
