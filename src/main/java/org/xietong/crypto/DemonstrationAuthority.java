package org.xietong.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;

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
        return sign(request, Certificates.Use.SIGNING, from, to);
    }

    private X509Certificate sign(CertificateRequest request, Certificates.Use use, Instant from, Instant to) {
        return Certificates.sign(
                new Certificates.Content(request.subject(), request.publicKey(), use, from, to),
                Certificates.subject(root.certificate()),
                SubjectPublicKeyInfo.getInstance(Certificates.publicKeyInfo(root.certificate())),
                Certificates.contentSigner(root.signer().algorithm(), root.privateKey()));
    }

    /** Makes a key and issues its leaf at once, for the demonstration's own parties and for tests. */
    public KeyFile issue(KeyAlgorithm algorithm, String commonName, Instant from, Instant to) {
        KeyFile fresh = KeyFile.generate(algorithm, commonName, from, to);
        return fresh.withCertificate(issue(fresh.request(), from, to));
    }

    /**
     * Issues the leaf of an outside recipient, to whom packets are sealed and who signs their receipts.
     *
     * @throws IllegalArgumentException if the key is not of this authority's suite
     */
    public X509Certificate issueForPackets(CertificateRequest request, Instant from, Instant to) {
        if (request.algorithm().suite() != suite()) {
            throw new IllegalArgumentException("the key is not of this authority's suite");
        }
        return sign(request, Certificates.Use.SIGNING_AND_SEALING, from, to);
    }

    /**
     * Makes a P-256 key whose certificate is for time-stamping alone (RFC 3161 §2.3).
     *
     * @throws IllegalArgumentException if this is not the authority of suite {@code intl}
     */
    public KeyFile issueForTimeStamping(String commonName, Instant from, Instant to) {
        if (suite() != Suite.INTL) {
            throw new IllegalArgumentException("time-stamps are signed with P-256");
        }
        KeyFile fresh = KeyFile.generate(KeyAlgorithm.P256, commonName, from, to);
        return fresh.withCertificate(sign(fresh.request(), Certificates.Use.TIME_STAMPING, from, to));
    }

    /**
     * What this authority has revoked by now (RFC 5280 §5), in DER.
     *
     * @param number higher than that of every list before
     * @param nextUpdate until when a reader may rely on this list
     * @param revoked serial numbers, and since when
     */
    public byte[] revocationList(
            long number, Instant thisUpdate, Instant nextUpdate, Map<BigInteger, Instant> revoked) {
        X509v2CRLBuilder list = new X509v2CRLBuilder(Certificates.subject(root.certificate()), Date.from(thisUpdate));
        list.setNextUpdate(Date.from(nextUpdate));
        revoked.forEach((serial, since) -> list.addCRLEntry(serial, Date.from(since), CRLReason.unspecified));
        try {
            list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
            list.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new BcX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(
                                    SubjectPublicKeyInfo.getInstance(Certificates.publicKeyInfo(root.certificate()))));
            return list.build(Certificates.contentSigner(root.signer().algorithm(), root.privateKey()))
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a list of fixed form always encodes", e);
        }
    }
}
