package org.xietong.ledger;

import java.util.UUID;
import org.xietong.evidence.TreeHash;

/**
 * An entry as a leaf of both trees.
 *
 * @param entry id of the entry
 */
record Leaf(UUID entry, byte[] sha256, byte[] sm3) {
    /** @param bytes of the entry, exactly as they are stored */
    static Leaf of(UUID entry, byte[] bytes) {
        return new Leaf(entry, TreeHash.SHA_256.leaf(bytes), TreeHash.SM3.leaf(bytes));
    }
}
