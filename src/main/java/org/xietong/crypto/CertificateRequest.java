package org.xietong.crypto;

import java.io.IOException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCSException;

/**
 * A PKCS#10 request (RFC 2986): a caller asks for a certificate, and his private key stays with him. Every instance
 * has shown possession of the key: its signature was checked, or just made.
 */
public final class CertificateRequest {
    private final PKCS10CertificationRequest request;
    private final KeyAlgorithm algorithm;

    private CertificateRequest(PKCS10CertificationRequest request) {
        this.request = request;
        this.algorithm = Scheme.algorithm(request.getSubjectPublicKeyInfo().getAlgorithm());
    }

    /** @throws IllegalArgumentException for whatever is not such a request, or not signed by its own key */
    static CertificateRequest of(byte[] der) {
        CertificateRequest request;
        boolean signed;
        try {
            request = new CertificateRequest(new PKCS10CertificationRequest(der));
            signed = request.showsPossession();
        } catch (IOException | PKCSException | OperatorCreationException | RuntimeException e) {
            // The parser reads lazily, and throws what it likes on hostile bytes.
            throw new IllegalArgumentException("not a PKCS#10 request");
        }
        if (!signed) {
            throw new IllegalArgumentException("the request is not signed by its own key");
        }
        return request;
    }

    static CertificateRequest of(X500Name subject, SubjectPublicKeyInfo publicKey, PrivateKey privateKey) {
        KeyAlgorithm algorithm = Scheme.algorithm(publicKey.getAlgorithm());
        PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(subject, publicKey);
        return new CertificateRequest(builder.build(Certificates.contentSigner(algorithm, privateKey)));
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** The common name asked for; empty if there is none. The issuer decides whether it is true. */
    public String commonName() {
        var names = request.getSubject().getRDNs(BCStyle.CN);
        return names.length == 0
                ? ""
                : IETFUtils.valueToString(names[0].getFirst().getValue());
    }

    X500Name subject() {
        return request.getSubject();
    }

    SubjectPublicKeyInfo publicKey() {
        return request.getSubjectPublicKeyInfo();
    }

    byte[] der() {
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a request that was parsed or made always encodes", e);
        }
    }

    private boolean showsPossession() throws OperatorCreationException, PKCSException {
        return request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                .setProvider(Crypto.PROVIDER)
                .build(request.getSubjectPublicKeyInfo()));
    }
}
