package org.xietong.agency;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.Digests;

/** Certificates as the directory keeps them: DER, named by digests. */
final class X509 {
    private X509() {}

    /** @throws IllegalArgumentException if it is not a certificate */
    static X509Certificate parse(byte[] der) {
        Crypto.install();
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not an X.509 certificate", e);
        }
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    /** The key id: SHA-256 of the certificate, lower-case hexadecimal. */
    static String id(X509Certificate certificate) {
        return Digests.hex(Digests.sha256(der(certificate)));
    }

    /** SHA-256 of the SubjectPublicKeyInfo: the same for every certificate of one private key. */
    static String publicKeyId(X509Certificate certificate) {
        return Digests.hex(Digests.sha256(certificate.getPublicKey().getEncoded()));
    }
}
