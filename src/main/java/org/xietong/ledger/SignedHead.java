package org.xietong.ledger;

import java.nio.charset.StandardCharsets;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/**
 * The checkpoints of both trees at one size.
 *
 * @param sha256 signed note, as published
 * @param sm3 signed note, as published
 */
public record SignedHead(long size, String sha256, String sm3) {
    /** The signed note of one of the trees. */
    public String note(TreeHash tree) {
        return switch (tree) {
            case SHA_256 -> sha256;
            case SM3 -> sm3;
        };
    }

    /** @throws MalformedEvidenceException if what is stored is no checkpoint */
    SignedCheckpoint checkpoint(TreeHash tree) throws MalformedEvidenceException {
        return SignedCheckpoint.parse(note(tree).getBytes(StandardCharsets.UTF_8));
    }
}
