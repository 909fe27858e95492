package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Roots and proofs against an implementation that shares no code with them. */
class ProofDifferentialTest {
    private static final int ALL_TO = 130;

    @ParameterizedTest
    @EnumSource
    void rootsOfAllSizesTo1000(TreeHash hash) throws IOException {
        Trees trees = Trees.of(hash);
        for (int size = 0; size <= Trees.MOST; size++) {
            assertArrayEquals(trees.roots.get(size), trees.prover(size).root(size), "of " + size);
        }
    }

    @ParameterizedTest
    @EnumSource
    void inclusionOfEveryLeafOfAllSizesTo130(TreeHash hash) throws IOException {
        for (int size = 1; size <= ALL_TO; size++) {
            for (int index = 0; index < size; index++) {
                checkInclusion(Trees.of(hash), index, size);
            }
        }
    }

    /** The first leaf, the last, those beside each power of two, and one more, of every size. */
    @ParameterizedTest
    @EnumSource
    void inclusionInAllSizesTo1000(TreeHash hash) throws IOException {
        Trees trees = Trees.of(hash);
        Random random = new Random(6962);
        for (int size = ALL_TO + 1; size <= Trees.MOST; size++) {
            int half = Integer.highestOneBit(size - 1);
            for (int index : new int[] {0, half - 1, half, size - 1, random.nextInt(size)}) {
                checkInclusion(trees, index, size);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void consistencyOfAllPairsTo130(TreeHash hash) throws IOException {
        for (int second = 0; second <= ALL_TO; second++) {
            for (int first = 0; first <= second; first++) {
                checkConsistency(Trees.of(hash), first, second);
            }
        }
    }

    /** From the tree before, from the power of two below and beside it, and from one more, to every size. */
    @ParameterizedTest
    @EnumSource
    void consistencyToAllSizesTo1000(TreeHash hash) throws IOException {
        Trees trees = Trees.of(hash);
        Random random = new Random(9162);
        for (int second = ALL_TO + 1; second <= Trees.MOST; second++) {
            int half = Integer.highestOneBit(second - 1);
            for (int first : new int[] {1, half - 1, half, second - 1, random.nextInt(1, second)}) {
                checkConsistency(trees, first, second);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksForNothingThatIsNot(TreeHash hash) {
        Prover prover = Trees.of(hash).prover(10);
        assertThrows(IllegalArgumentException.class, () -> prover.root(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> prover.inclusion(10, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> prover.inclusion(-1, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> prover.inclusion(0, 0));
        assertThrows(IllegalArgumentException.class, () -> prover.consistency(6, 5));
        assertThrows(IllegalArgumentException.class, () -> prover.consistency(-1, 5));
    }

    private static void checkInclusion(Trees trees, int index, int size) throws IOException {
        InclusionProof proof = trees.prover(size).inclusion(index, size);
        assertEquals(
                Trees.hex(trees.naive.path(index, trees.first(size))),
                Trees.hex(proof.path()),
                () -> index + " in " + size);
        assertTrue(
                proof.holds(trees.hash, trees.leaves.get(index), trees.roots.get(size)), () -> index + " in " + size);
    }

    private static void checkConsistency(Trees trees, int first, int second) throws IOException {
        ConsistencyProof proof = trees.prover(second).consistency(first, second);
        List<byte[]> expected = first == 0 ? List.of() : trees.naive.proof(first, trees.first(second));
        assertEquals(Trees.hex(expected), Trees.hex(proof.path()), () -> first + " to " + second);
        assertTrue(
                proof.holds(trees.hash, trees.roots.get(first), trees.roots.get(second)),
                () -> first + " to " + second);
    }
}
