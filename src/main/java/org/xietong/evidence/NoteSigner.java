package org.xietong.evidence;

import org.xietong.crypto.BareKey;
import org.xietong.crypto.Signer;

/**
 * A private key that signs checkpoints under a name. It signs nothing else, so that no text of another kind can be had
 * under a log's key. What it may sign, its owner decides: a log nothing that is inconsistent with what it signed before
 * (c2sp.org/tlog-checkpoint), a witness nothing whose consistency it has not checked (c2sp.org/tlog-cosignature).
 */
public final class NoteSigner {
    private final Signer signer;
    private final VerifierKey verifierKey;

    private NoteSigner(Signer signer, VerifierKey verifierKey) {
        this.signer = signer;
        this.verifierKey = verifierKey;
    }

    /** @throws IllegalArgumentException as {@link VerifierKey#of} says */
    public static NoteSigner of(String name, SignatureType type, Signer signer) {
        return new NoteSigner(signer, VerifierKey.of(name, type, BareKey.of(signer.certificate())));
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /**
     * The log's own signature.
     *
     * @throws IllegalStateException if the key is a cosigner's
     */
    public NoteSignature sign(Checkpoint checkpoint) {
        if (verifierKey.type() == SignatureType.COSIGNATURE_V1) {
            throw new IllegalStateException("a cosigner states a time");
        }
        return line(signer.sign(NoteText.encode(checkpoint.text())));
    }

    /**
     * A witness's cosignature.
     *
     * @param time seconds since the epoch
     * @throws IllegalStateException if the key is not a cosigner's
     * @throws IllegalArgumentException if the time is negative
     */
    public NoteSignature cosign(Checkpoint checkpoint, long time) {
        if (verifierKey.type() != SignatureType.COSIGNATURE_V1) {
            throw new IllegalStateException("only a cosigner states a time");
        }
        if (time < 0) {
            throw new IllegalArgumentException("a time before the epoch");
        }
        return line(new Cosignature(time, signer.sign(Cosignature.message(time, checkpoint.text()))).bytes());
    }

    private NoteSignature line(byte[] signature) {
        return new NoteSignature(verifierKey.name(), verifierKey.keyId(), signature);
    }
}
