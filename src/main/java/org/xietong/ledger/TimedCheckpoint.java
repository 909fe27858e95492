package org.xietong.ledger;

import java.time.Instant;
import org.xietong.evidence.TreeHash;

/**
 * A checkpoint and another's word when it was there.
 *
 * @param head the notes that were stamped, byte for byte
 * @param time that the token over the SHA-256 tree's note says
 * @param sha256 token over the SHA-256 tree's note: a response of RFC 3161 in DER, a {@code .tsr} file
 * @param sm3 likewise of the SM3 tree
 */
public record TimedCheckpoint(SignedHead head, Instant time, byte[] sha256, byte[] sm3) {
    /** The response that stamps the note of one of the trees. */
    public byte[] response(TreeHash tree) {
        return switch (tree) {
            case SHA_256 -> sha256;
            case SM3 -> sm3;
        };
    }
}
