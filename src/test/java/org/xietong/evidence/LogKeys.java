package org.xietong.evidence;

import java.util.List;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.TestParties;

/** A log with its two keys, and two witnesses, made once for all tests. */
final class LogKeys {
    static final String ORIGIN = "xietong.xianning.example/log";

    static final NoteSigner ED25519 =
            NoteSigner.of(ORIGIN, SignatureType.ED25519, TestParties.signer(KeyAlgorithm.ED25519));
    static final NoteSigner SM2 = NoteSigner.of(ORIGIN, SignatureType.SM2, TestParties.signer(KeyAlgorithm.SM2));
    static final NoteSigner PROCURATORATE = witness("procuratorate.example/witness");
    static final NoteSigner COURT = witness("court.example/witness");

    private LogKeys() {}

    static NoteSigner witness(String name) {
        return NoteSigner.of(
                name,
                SignatureType.COSIGNATURE_V1,
                TestParties.fresh(KeyAlgorithm.ED25519, name).signer());
    }

    static SignedCheckpoint signed(Checkpoint checkpoint) {
        return SignedCheckpoint.sign(checkpoint, List.of(ED25519, SM2));
    }

    static Checkpoint checkpoint(int size) {
        return new Checkpoint(ORIGIN, size, Trees.of(TreeHash.SHA_256).roots.get(size));
    }
}
