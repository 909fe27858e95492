package org.xietong.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes roots and proofs from the hashes of a tree (RFC 9162 §2.1.1, §2.1.3.1, §2.1.4.1). A hash that the source gives
 * wrongly yields a proof that does not hold, never one that proves something false. An {@link IOException} is the
 * source's own.
 */
public final class Prover {
    private final TreeHash hash;
    private final NodeSource source;

    public Prover(TreeHash hash, NodeSource source) {
        this.hash = hash;
        this.source = source;
    }

    /**
     * The root of the first {@code size} leaves.
     *
     * @throws IllegalArgumentException if the size is negative
     */
    public byte[] root(long size) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size");
        }
        return size == 0 ? hash.emptyRoot() : range(0, size);
    }

    /** @throws IndexOutOfBoundsException unless {@code 0 <= index < size} */
    public InclusionProof inclusion(long index, long size) throws IOException {
        Objects.checkIndex(index, size);
        List<byte[]> path = new ArrayList<>();
        path(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    /** @throws IllegalArgumentException unless {@code 0 <= first <= second} */
    public ConsistencyProof consistency(long first, long second) throws IOException {
        List<byte[]> path = new ArrayList<>();
        if (0 < first && first < second) {
            subProof(first, 0, second, true, path);
        }
        return new ConsistencyProof(first, second, path);
    }

    private void path(long index, long from, long to, List<byte[]> path) throws IOException {
        if (to - from == 1) {
            return;
        }
        long middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(range(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(range(from, middle));
        }
    }

    private void subProof(long first, long from, long to, boolean whole, List<byte[]> path) throws IOException {
        if (first == to) {
            if (!whole) {
                path.add(range(from, to));
            }
            return;
        }
        long middle = from + split(to - from);
        if (first <= middle) {
            subProof(first, from, middle, whole, path);
            path.add(range(middle, to));
        } else {
            subProof(first, middle, to, false, path);
            path.add(range(from, middle));
        }
    }

    /** The root of a part that the recursions above cut off: it begins where a complete subtree of its size would. */
    private byte[] range(long from, long to) throws IOException {
        long size = to - from;
        if (Long.bitCount(size) == 1) {
            int height = Long.numberOfTrailingZeros(size);
            return source.node(height, from >>> height);
        }
        long middle = from + split(size);
        return hash.node(range(from, middle), range(middle, to));
    }

    /** The largest power of two smaller than the size, which is at least 2. */
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }
}
