package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A proof of which anything was changed proves nothing. {@code pick} chooses an index below the size. */
class ProofTamperingTest {
    private static final int MOST = 300;

    /** Without this the others would pass on a check that refuses everything. */
    @Property(tries = 200)
    void nothingChangedStillHolds(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 1, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick)
            throws IOException {
        assertTrue(holds(hash, inclusion(hash, pick % size, size)));
        assertTrue(holds(hash, consistency(hash, pick % size, size)));
    }

    @Property(tries = 2_000)
    void aFlippedBitOfThePath(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @IntRange(max = 99_999) int bit)
            throws IOException {
        InclusionProof inclusion = inclusion(hash, pick % size, size);
        assertFalse(holds(hash, new InclusionProof(pick % size, size, flipped(inclusion.path(), bit))));
        int first = 1 + pick % (size - 1);
        ConsistencyProof consistency = consistency(hash, first, size);
        assertFalse(holds(hash, new ConsistencyProof(first, size, flipped(consistency.path(), bit))));
    }

    @Property(tries = 1_000)
    void aFlippedBitOfLeafOrRoot(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 1, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @IntRange(max = 255) int bit)
            throws IOException {
        int index = pick % size;
        InclusionProof inclusion = inclusion(hash, index, size);
        assertFalse(inclusion.holds(hash, flipped(leaf(hash, index), bit), root(hash, size)));
        assertFalse(inclusion.holds(hash, leaf(hash, index), flipped(root(hash, size), bit)));
        ConsistencyProof consistency = consistency(hash, index, size);
        assertFalse(consistency.holds(hash, flipped(root(hash, index), bit), root(hash, size)));
        if (index > 0) {
            assertFalse(consistency.holds(hash, root(hash, index), flipped(root(hash, size), bit)));
        }
    }

    @Property(tries = 2_000)
    void aHashTakenAwayAddedDoubledOrMoved(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @IntRange(max = 9_999) int at)
            throws IOException {
        int index = pick % size;
        for (List<byte[]> other : reshaped(inclusion(hash, index, size).path(), at, root(hash, size))) {
            assertFalse(holds(hash, new InclusionProof(index, size, other)));
        }
        for (List<byte[]> other : reshaped(consistency(hash, index, size).path(), at, root(hash, size))) {
            assertFalse(holds(hash, new ConsistencyProof(index, size, other)));
        }
    }

    /** But for those at which the tree looks the same from the leaf: see {@link InclusionProof#holds}. */
    @Property(tries = 3_000)
    void anotherIndexOrSize(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 1, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @LongRange(min = 1) long otherSize,
            @ForAll @LongRange(min = 0) long otherPick)
            throws IOException {
        int index = pick % size;
        long otherIndex = otherPick % otherSize;
        InclusionProof moved = new InclusionProof(
                otherIndex, otherSize, inclusion(hash, index, size).path());
        boolean sameShape = NaiveTree.pathShape(index, size).equals(NaiveTree.pathShape(otherIndex, otherSize));
        assertEquals(sameShape, moved.holds(hash, leaf(hash, index), root(hash, size)));
    }

    @Property(tries = 3_000)
    void anotherIndexOfTheSameSize(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @IntRange(max = MOST) int other)
            throws IOException {
        Assume.that(pick % size != other % size);
        List<byte[]> path = inclusion(hash, pick % size, size).path();
        assertFalse(
                new InclusionProof(other % size, size, path).holds(hash, leaf(hash, pick % size), root(hash, size)));
        assertFalse(
                new InclusionProof(pick % size, size, path).holds(hash, leaf(hash, other % size), root(hash, size)));
    }

    @Property(tries = 3_000)
    void otherSizesOfTheTrees(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @LongRange(min = 2) long otherSize,
            @ForAll @LongRange(min = 0) long otherPick)
            throws IOException {
        int first = 1 + pick % (size - 1);
        long otherFirst = 1 + otherPick % (otherSize - 1);
        ConsistencyProof moved = new ConsistencyProof(
                otherFirst, otherSize, consistency(hash, first, size).path());
        boolean sameShape = NaiveTree.proofShape(first, size).equals(NaiveTree.proofShape(otherFirst, otherSize));
        assertEquals(sameShape, moved.holds(hash, root(hash, first), root(hash, size)));
    }

    @Property(tries = 1_000)
    void theRootOfAnotherTree(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 1, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @IntRange(max = MOST) int other)
            throws IOException {
        Assume.that(other != size);
        int index = pick % size;
        assertFalse(inclusion(hash, index, size).holds(hash, leaf(hash, index), root(hash, other)));
        if (index > 0) {
            assertFalse(consistency(hash, index, size).holds(hash, root(hash, index), root(hash, other)));
        }
    }

    @Property(tries = 300)
    void proofsAreEqualByWhatTheyHold(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick,
            @ForAll @IntRange(max = 9_999) int bit)
            throws IOException {
        int index = 1 + pick % (size - 1);
        InclusionProof inclusion = inclusion(hash, index, size);
        InclusionProof again = new InclusionProof(index, size, flipped(flipped(inclusion.path(), bit), bit));
        assertEquals(inclusion, again);
        assertEquals(inclusion.hashCode(), again.hashCode());
        assertNotEquals(inclusion, new InclusionProof(index, size, flipped(inclusion.path(), bit)));
        ConsistencyProof consistency = consistency(hash, index, size);
        ConsistencyProof other = new ConsistencyProof(index, size, flipped(consistency.path(), bit));
        assertNotEquals(consistency, other);
        assertEquals(consistency, new ConsistencyProof(index, size, flipped(other.path(), bit)));
    }

    @Property(tries = 300)
    void theOtherHashFunction(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick)
            throws IOException {
        TreeHash other = hash == TreeHash.SM3 ? TreeHash.SHA_256 : TreeHash.SM3;
        int index = pick % size;
        assertFalse(inclusion(hash, index, size).holds(other, leaf(hash, index), root(hash, size)));
        assertFalse(consistency(hash, index, size).holds(other, root(hash, index), root(hash, size)));
    }

    /** A node passed off as a leaf, which the prefixes of RFC 6962 §2.1 prevent for entries, needs the node's hash. */
    @Property(tries = 300)
    void anInnerNodeAsLeafOfTheTreeAsItIs(
            @ForAll TreeHash hash,
            @ForAll @IntRange(min = 2, max = MOST) int size,
            @ForAll @IntRange(max = MOST) int pick)
            throws IOException {
        List<byte[]> path = inclusion(hash, pick % size, size).path();
        for (int index = 0; index < size; index++) {
            assertFalse(new InclusionProof(index, size, path.subList(1, path.size()))
                    .holds(hash, node(hash, pick % size, path), root(hash, size)));
        }
    }

    @Property
    void hashesOfOtherLengthsProveNothing(@ForAll TreeHash hash) throws IOException {
        InclusionProof alone = inclusion(hash, 0, 1);
        ConsistencyProof same = consistency(hash, 5, 5);
        for (int length : new int[] {0, 31, 33}) {
            byte[] other = new byte[length];
            assertFalse(alone.holds(hash, other, other));
            assertFalse(same.holds(hash, other, other));
            assertThrows(IllegalArgumentException.class, () -> new InclusionProof(0, 2, List.of(other)));
            assertThrows(IllegalArgumentException.class, () -> new ConsistencyProof(1, 2, List.of(other)));
        }
    }

    @Property
    void theEmptyTreeHasOneRootAndBeginsEveryOther(@ForAll TreeHash hash) {
        ConsistencyProof proof = new ConsistencyProof(0, 7, List.of());
        assertTrue(proof.holds(hash, hash.emptyRoot(), root(hash, 7)));
        assertFalse(proof.holds(hash, root(hash, 7), root(hash, 7)));
        byte[] any = root(hash, 3);
        assertFalse(new ConsistencyProof(0, 7, List.of(any)).holds(hash, hash.emptyRoot(), root(hash, 7)));
        assertFalse(new ConsistencyProof(0, 0, List.of()).holds(hash, any, any));
        assertFalse(new ConsistencyProof(7, 7, List.of(any)).holds(hash, any, any));
    }

    private static boolean holds(TreeHash hash, InclusionProof proof) {
        return proof.holds(hash, leaf(hash, (int) proof.index()), root(hash, (int) proof.size()));
    }

    private static boolean holds(TreeHash hash, ConsistencyProof proof) {
        return proof.holds(hash, root(hash, (int) proof.first()), root(hash, (int) proof.second()));
    }

    private static InclusionProof inclusion(TreeHash hash, int index, int size) throws IOException {
        return Trees.of(hash).prover(size).inclusion(index, size);
    }

    private static ConsistencyProof consistency(TreeHash hash, int first, int second) throws IOException {
        return Trees.of(hash).prover(second).consistency(first, second);
    }

    private static byte[] leaf(TreeHash hash, int index) {
        return Trees.of(hash).leaves.get(index);
    }

    private static byte[] root(TreeHash hash, int size) {
        return Trees.of(hash).roots.get(size);
    }

    private static byte[] node(TreeHash hash, int index, List<byte[]> path) {
        byte[] leaf = leaf(hash, index);
        return index % 2 == 0 ? hash.node(leaf, path.getFirst()) : hash.node(path.getFirst(), leaf);
    }

    private static List<List<byte[]>> reshaped(List<byte[]> path, int at, byte[] foreign) {
        List<List<byte[]>> all = new ArrayList<>();
        int position = at % (path.size() + 1);
        List<byte[]> added = new ArrayList<>(path);
        added.add(position, foreign);
        all.add(added);
        if (!path.isEmpty()) {
            int picked = at % path.size();
            List<byte[]> doubled = new ArrayList<>(path);
            doubled.add(picked, path.get(picked));
            all.add(doubled);
            List<byte[]> shorter = new ArrayList<>(path);
            byte[] taken = shorter.remove(picked);
            all.add(shorter);
            if (path.size() > 1) {
                List<byte[]> moved = new ArrayList<>(shorter);
                moved.add((picked + 1) % path.size(), taken);
                all.add(moved);
            }
        }
        return all;
    }

    private static List<byte[]> flipped(List<byte[]> path, int bit) {
        List<byte[]> copy = new ArrayList<>(path);
        int which = bit / 256 % path.size();
        copy.set(which, flipped(path.get(which), bit % 256));
        return copy;
    }

    private static byte[] flipped(byte[] hash, int bit) {
        byte[] copy = hash.clone();
        copy[bit / 8] ^= (byte) (1 << (bit % 8));
        return copy;
    }
}
