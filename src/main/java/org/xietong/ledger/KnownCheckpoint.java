package org.xietong.ledger;

import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/**
 * A checkpoint that this log has signed, made by {@link LogIdentity#recognise} alone.
 *
 * @param source where it is from, for the operator: a file or a witness
 */
public record KnownCheckpoint(TreeHash tree, SignedCheckpoint signed, String source) {
    Checkpoint checkpoint() {
        return signed.checkpoint();
    }

    /** How large the tree was. */
    public long size() {
        return signed.checkpoint().size();
    }

    /** In words for the operator. */
    @Override
    public String toString() {
        return size() + " (" + tree + ", " + source + ")";
    }
}
