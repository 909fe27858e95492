package org.xietong.witness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.TreeHash;

/** What a consistency proof shows of a fork, and that none shows a consistent log to be one. */
class ForkProofTest {
    private static final int MOST = 40;

    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void aForkedLogsOwnProofShowsItsOtherBeginning(TreeHash hash) throws Exception {
        GrownLog log = new GrownLog(hash);
        GrownLog other = log.forked();
        for (int second = 2; second <= MOST; second++) {
            byte[] root = other.prover().root(second);
            for (int first = 1; first < second; first++) {
                Optional<byte[]> shown = other.prover()
                        .consistency(first, second)
                        .contradicts(hash, log.prover().root(first), root);
                assertEquals(Integer.bitCount(first) != 1, shown.isPresent(), first + " to " + second);
                if (shown.isPresent()) {
                    assertArrayEquals(other.prover().root(first), shown.get());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void noPathMakesAConsistentLogAFork(TreeHash hash) throws Exception {
        GrownLog log = new GrownLog(hash);
        for (int second = 2; second <= MOST; second++) {
            byte[] root = log.prover().root(second);
            for (int first = 1; first < second; first++) {
                byte[] before = log.prover().root(first);
                List<byte[]> path = log.prover().consistency(first, second).path();
                for (List<byte[]> wrong : wrong(path)) {
                    assertTrue(
                            new ConsistencyProof(first, second, wrong)
                                    .contradicts(hash, before, root)
                                    .isEmpty(),
                            first + " to " + second);
                }
            }
        }
    }

    private static List<List<byte[]>> wrong(List<byte[]> right) {
        List<List<byte[]>> all = new ArrayList<>();
        all.add(right);
        all.add(List.of());
        all.add(right.subList(0, right.size() - 1));
        all.add(right.subList(1, right.size()));
        all.add(right.reversed());
        for (int i = 0; i < right.size(); i++) {
            List<byte[]> changed = new ArrayList<>(right);
            byte[] bytes = right.get(i).clone();
            bytes[7] ^= 1;
            changed.set(i, bytes);
            all.add(changed);
            List<byte[]> longer = new ArrayList<>(right);
            longer.add(i, right.get(i));
            all.add(longer);
        }
        return all;
    }
}
