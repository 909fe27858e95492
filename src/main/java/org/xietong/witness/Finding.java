package org.xietong.witness;

import org.xietong.evidence.SignedCheckpoint;

/**
 * A checkpoint that its log signed, and that the witness must not cosign.
 *
 * @param kept what the witness cosigned before
 * @param shown what it was shown
 */
public record Finding(Kind kind, SignedCheckpoint kept, SignedCheckpoint shown) {
    /** What the two checkpoints say about the log. */
    public enum Kind {
        /** Two roots of one size, both signed: proved to anybody who knows the log's key. */
        FORK,
        /** A smaller tree after a larger one; perhaps an old checkpoint that somebody sent again. */
        ROLLBACK,
        /** A larger tree, not shown to continue the smaller; perhaps a wrong proof by whoever sent it. */
        INCONSISTENT
    }
}
