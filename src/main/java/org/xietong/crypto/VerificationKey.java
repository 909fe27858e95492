package org.xietong.crypto;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * The public key of a certificate, ready to verify. Thread-safe; make one per certificate and keep it. Says nothing
 * about trust or validity: see {@link CertificateTrust}.
 */
public final class VerificationKey {
    private final X509Certificate certificate;
    private final String keyId;
    private final KeyAlgorithm algorithm;
    private final Scheme.VerifyingFunction function;

    private VerificationKey(X509Certificate certificate, byte[] der) {
        SubjectPublicKeyInfo key = Certificate.getInstance(der).getSubjectPublicKeyInfo();
        this.certificate = certificate;
        this.keyId = Digests.hex(Digests.sha256(der));
        this.algorithm = Scheme.algorithm(key.getAlgorithm());
        this.function = Scheme.verifying(algorithm, key);
    }

    /**
     * The key of a certificate.
     *
     * @throws IllegalArgumentException unless the key is SM2, Ed25519 or P-256, and a valid point
     */
    public static VerificationKey of(X509Certificate certificate) {
        try {
            return new VerificationKey(certificate, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /** Lower-hex SHA-256 of the certificate's DER. */
    public String keyId() {
        return keyId;
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Whether the instant lies within the certificate's validity, both ends included (RFC 5280 §4.1.2.5). */
    public boolean isValidAt(Instant instant) {
        return !instant.isBefore(certificate.getNotBefore().toInstant())
                && !instant.isAfter(certificate.getNotAfter().toInstant());
    }

    /** Whether the signature, in wire form, is this key's over the data. Malformed signatures are false, never thrown. */
    public boolean verify(byte[] data, byte[] signature) {
        try {
            return function.verify(data, signature);
        } catch (RuntimeException malformed) {
            return false;
        }
    }
}
