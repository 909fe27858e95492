package org.xietong.client;

import java.security.cert.X509Certificate;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.MessageSignature;
import org.xietong.crypto.Signer;

/**
 * One signature with all that is needed to check it again.
 *
 * @param base the signature base, exactly what was signed (RFC 9421 §2.5)
 * @param value the signature in wire form
 */
public record SignatureEvidence(
        String label, byte[] base, byte[] value, String keyId, KeyAlgorithm algorithm, X509Certificate certificate) {

    static SignatureEvidence of(MessageSignature signature, Signer signer) {
        return new SignatureEvidence(
                signature.label(),
                signature.base(),
                signature.value(),
                signer.keyId(),
                signer.algorithm(),
                signer.certificate());
    }

    /** The signature in the form that {@code openssl} checks. */
    public byte[] foreignValue() {
        return algorithm.foreignForm(value);
    }
}
