package org.xietong.ledger;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.xietong.evidence.VerifierKey;

/**
 * A witness that this log knows.
 *
 * @param keys in use, of type cosignature/v1; none where all were withdrawn and no other has come yet
 * @param withdrawn which never count again; of the same name
 * @param url where checkpoints are submitted; empty if it looks by itself
 * @param monitoring below which it shows what it cosigned last; empty if it cannot be asked
 */
record KnownWitness(
        String agency,
        List<VerifierKey> keys,
        List<VerifierKey> withdrawn,
        Optional<URI> url,
        Optional<URI> monitoring) {
    /** Under which its cosignatures are stored; while its key rotates, both keys have one name. */
    String name() {
        return (keys.isEmpty() ? withdrawn : keys).getFirst().name();
    }
}
