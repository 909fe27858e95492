package org.xietong.crypto;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A public key without a certificate, as the verifier keys of transparency logs hold it. Thread-safe; make one and
 * keep it. Its bytes have one form only: Ed25519 the 32 of RFC 8032 §5.1.2; SM2 and P-256 the uncompressed point
 * {@code 04‖x‖y} of 65 (GB/T 32918.1 §4.2.9, SEC 1 §2.3.3).
 */
public final class BareKey {
    private static final int POINT_SIZE = 65;
    private static final byte UNCOMPRESSED = 4;

    private final KeyAlgorithm algorithm;
    private final byte[] encoded;
    private final Scheme.VerifyingFunction function;

    private BareKey(KeyAlgorithm algorithm, byte[] encoded) {
        if (algorithm != KeyAlgorithm.ED25519 && (encoded.length != POINT_SIZE || encoded[0] != UNCOMPRESSED)) {
            throw new IllegalArgumentException("not an uncompressed point");
        }
        this.algorithm = algorithm;
        this.encoded = encoded;
        this.function = Scheme.verifying(algorithm, encoded);
    }

    /** @throws IllegalArgumentException unless the bytes are a valid key in the form that the class names */
    public static BareKey of(KeyAlgorithm algorithm, byte[] encoded) {
        return new BareKey(algorithm, encoded.clone());
    }

    /** @throws IllegalArgumentException unless the certificate's key is SM2, Ed25519 or P-256, and a valid point */
    public static BareKey of(X509Certificate certificate) {
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(Certificates.publicKeyInfo(certificate));
        return new BareKey(Scheme.algorithm(key.getAlgorithm()), Scheme.octets(key));
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    /** As {@link VerificationKey#verify}: malformed signatures are false, never thrown. */
    public boolean verify(byte[] data, byte[] signature) {
        try {
            return function.verify(data, signature);
        } catch (RuntimeException malformed) {
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BareKey key && key.algorithm == algorithm && Arrays.equals(key.encoded, encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }
}
