package org.xietong.witness;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Signer;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;

/** Makes a witness's lines under a checkpoint, one for each of its keys. Thread-safe. */
final class Cosigner {
    private final String name;
    private final WitnessKeys keys;
    private volatile Ready ready;

    private record Ready(List<Signer> keys, List<NoteSigner> signers) {}

    /** @throws IllegalArgumentException if name and key cannot make a cosigner */
    Cosigner(String name, WitnessKeys keys) {
        this.name = name;
        this.keys = keys;
        this.ready = ready(null);
    }

    /** The one in use first. */
    List<NoteSigner> signers() {
        Ready now = ready(ready);
        ready = now;
        return now.signers();
    }

    private Ready ready(@Nullable Ready before) {
        List<Signer> current = keys.current();
        if (before != null && before.keys() == current) {
            return before;
        }
        return new Ready(
                current,
                current.stream()
                        .map(key -> NoteSigner.of(name, SignatureType.COSIGNATURE_V1, key))
                        .toList());
    }

    /** @param time seconds since the epoch */
    List<NoteSignature> cosign(Checkpoint checkpoint, long time) {
        return signers().stream().map(signer -> signer.cosign(checkpoint, time)).toList();
    }
}
