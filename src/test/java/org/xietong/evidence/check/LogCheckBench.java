package org.xietong.evidence.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;

/**
 * How fast the offline verifier is on one core: a log's folder of 50,000 entries checked whole, and proofs of inclusion. Run by hand:
 * {@code java -cp … org.xietong.evidence.check.LogCheckBench}.
 */
final class LogCheckBench {
    private static final int ENTRIES = 50_000;

    private LogCheckBench() {}

    public static void main(String... arguments) throws IOException {
        Crypto.install();
        TestLog log = TestLog.of(ENTRIES);
        Path folder = Files.createTempDirectory("log");
        TestBundle.unpack(log.served(), folder);
        Trust trust = new Trust(TestLog.keys(), TestLog.trusted(), 2, List.of(), TestParties.NOW);
        for (int round = 0; round < 3; round++) {
            long from = System.nanoTime();
            Report report = LogCheck.check(folder, trust, null, false);
            double seconds = (System.nanoTime() - from) / 1e9;
            System.out.printf(
                    "%s: %d entries in %.2f s, %.0f a second%n",
                    report.accepted() ? "accepted" : report.lines(), ENTRIES, seconds, ENTRIES / seconds);
        }
        for (TreeHash tree : TreeHash.values()) {
            TlogProof proof = log.proof(tree, 12_345);
            InclusionProof inclusion = proof.inclusion();
            byte[] root = proof.checkpoint().checkpoint().root();
            byte[] leaf = tree.leaf(log.entries.get(12_345));
            long from = System.nanoTime();
            int held = 0;
            for (int i = 0; i < ENTRIES; i++) {
                held += inclusion.holds(tree, leaf, root) ? 1 : 0;
            }
            double seconds = (System.nanoTime() - from) / 1e9;
            System.out.printf("%s: %d proofs in %.2f s, %.0f a second%n", tree, held, seconds, held / seconds);
        }
    }
}
