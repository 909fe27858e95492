package org.xietong.crypto;

import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A certificate authority for the demonstration and for tests: one self-signed root per suite (SM2 for {@code gm},
 * P-256 for {@code intl}) that issues leafs. In production certificates come from a licensed authority (电子认证服务机构),
 * and only their roots are configured.
 */
public final class DemonstrationAuthority {
    private final KeyFile root;

    private DemonstrationAuthority(KeyFile root) {
        this.root = root;
    }

    /** A new root, valid from {@code from} to {@code to}, whole seconds. */
    public static DemonstrationAuthority create(Suite suite, Instant from, Instant to) {
        KeyAlgorithm algorithm = suite == Suite.GM ? KeyAlgorithm.SM2 : KeyAlgorithm.P256;
        return new DemonstrationAuthority(KeyFile.generate(
                algorithm, "协同演示根证书 Xietong Demonstration Root " + suite, Certificates.Use.AUTHORITY, from, to));
    }

    /**
     * Goes on with a root kept in a file.
     *
     * @throws IllegalArgumentException if the certificate is not an authority's
     */
    public static DemonstrationAuthority of(KeyFile root) {
        if (root.certificate().getBasicConstraints() < 0) {
            throw new IllegalArgumentException("the certificate is not an authority's");
        }
        return new DemonstrationAuthority(root);
    }

    public X509Certificate root() {
        return root.certificate();
    }

    /** The root with its private key, to be kept for {@link #of}. */
    public KeyFile keyFile() {
        return root;
    }

    public Suite suite() {
        return root.signer().algorithm().suite();
    }

    /**
     * Issues a leaf for signing under the name that the request gives.
     *
     * @throws IllegalArgumentException if the key is not of this authority's suite
     */
    public X509Certificate issue(CertificateRequest request, Instant from, Instant to) {
        if (request.algorithm().suite() != suite()) {
            throw new IllegalArgumentException("the key is not of this authority's suite");
        }
        return Certificates.sign(
                new Certificates.Content(request.subject(), request.publicKey(), Certificates.Use.SIGNING, from, to),
                Certificates.subject(root.certificate()),
                SubjectPublicKeyInfo.getInstance(Certificates.publicKeyInfo(root.certificate())),
                Certificates.contentSigner(root.signer().algorithm(), root.privateKey()));
    }

    /** Makes a key and issues its leaf at once, for the demonstration's own parties and for tests. */
    public KeyFile issue(KeyAlgorithm algorithm, String commonName, Instant from, Instant to) {
        KeyFile fresh = KeyFile.generate(algorithm, commonName, from, to);
        return fresh.withCertificate(issue(fresh.request(), from, to));
    }
}
