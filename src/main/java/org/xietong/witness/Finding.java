package org.xietong.witness;

import java.util.HexFormat;
import java.util.Optional;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.SignedCheckpoint;

/**
 * A checkpoint that its log signed, and that speaks against the log. What only says that somebody sent rubbish is no finding.
 *
 * @param kept what the witness cosigned before
 * @param shown what it was shown
 * @param otherRoot of a fork, the root that the shown tree has at the size of the kept one, in hexadecimal
 * @param path of a fork at another size than that of the kept one, what proves the other root
 */
public record Finding(
        Kind kind,
        SignedCheckpoint kept,
        SignedCheckpoint shown,
        Optional<String> otherRoot,
        Optional<ConsistencyProof> path) {
    /** What the two checkpoints say about the log. */
    public enum Kind {
        /** Two roots of one size, both signed, or one of them signed in a larger tree: proved to anybody who knows the log's key. */
        FORK,
        /** The log itself goes on showing a smaller tree after a larger one. */
        ROLLBACK,
        /** The log's own tiles do not show that its larger tree continues the smaller. */
        INCONSISTENT
    }

    /** Two roots of one size. */
    static Finding fork(SignedCheckpoint kept, SignedCheckpoint shown) {
        String other = HexFormat.of().formatHex(shown.checkpoint().root());
        return new Finding(Kind.FORK, kept, shown, Optional.of(other), Optional.empty());
    }

    /** A larger tree that has another beginning, as the path proves. */
    static Finding fork(SignedCheckpoint kept, SignedCheckpoint shown, byte[] otherRoot, ConsistencyProof path) {
        String other = HexFormat.of().formatHex(otherRoot);
        return new Finding(Kind.FORK, kept, shown, Optional.of(other), Optional.of(path));
    }

    static Finding suspicion(Kind kind, SignedCheckpoint kept, SignedCheckpoint shown) {
        return new Finding(kind, kept, shown, Optional.empty(), Optional.empty());
    }
}
