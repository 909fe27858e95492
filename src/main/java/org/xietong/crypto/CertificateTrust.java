package org.xietong.crypto;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/**
 * Whether a certificate may be registered: a leaf for signing, valid now, and signed by a configured root that is
 * valid now (RFC 5280 §6.1, for chains of two). Asked when a certificate is imported; afterwards the directory's own
 * dates and suspensions rule.
 */
public enum CertificateTrust {
    TRUSTED,
    UNSUPPORTED_KEY,
    /** A CA certificate, one whose key usage lacks digitalSignature, or one for time-stamps (RFC 3161 §2.3). */
    NOT_FOR_SIGNING,
    NOT_YET_VALID,
    EXPIRED,
    /** No valid root signed it. */
    UNKNOWN_ISSUER;

    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;

    /** The first objection, in the order of a careful clerk, or {@link #TRUSTED}. */
    public static CertificateTrust issuedBy(X509Certificate leaf, Collection<X509Certificate> roots, Instant at) {
        if (!hasSupportedKey(leaf)) {
            return UNSUPPORTED_KEY;
        }
        if (leaf.getBasicConstraints() >= 0 || !hasUsage(leaf, DIGITAL_SIGNATURE) || isForTimeStamping(leaf)) {
            return NOT_FOR_SIGNING;
        }
        CertificateTrust validity = validity(leaf, at);
        if (validity != TRUSTED) {
            return validity;
        }
        for (X509Certificate root : roots) {
            if (isIssuer(root, leaf, at)) {
                return TRUSTED;
            }
        }
        return UNKNOWN_ISSUER;
    }

    /**
     * Whether a path of certificates, each valid at that time, which may be long past, leads from the leaf to a trusted one
     * (RFC 5280 §6). Revocation is looked up apart: {@link RevocationList}.
     *
     * @param between candidates for authorities in between, eight at most
     */
    public static boolean leadsTo(
            Collection<X509Certificate> trusted,
            X509Certificate leaf,
            Collection<X509Certificate> between,
            Instant at) {
        Crypto.install();
        return CertificateChain.leadsTo(trusted, leaf, between, at);
    }

    /** Whether it is an authority's certificate, whose key may sign others. */
    public static boolean mayIssue(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0 && hasUsage(certificate, KEY_CERT_SIGN);
    }

    /** Whether an authority's certificate names itself as its issuer, as roots do. */
    public static boolean isRoot(X509Certificate certificate) {
        return mayIssue(certificate)
                && certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }

    /** Whether the time lies within the certificate's validity, both ends included (RFC 5280 §4.1.2.5). */
    static boolean isValid(X509Certificate certificate, Instant at) {
        return validity(certificate, at) == TRUSTED;
    }

    private static boolean isIssuer(X509Certificate root, X509Certificate leaf, Instant at) {
        if (!mayIssue(root)
                || validity(root, at) != TRUSTED
                || !leaf.getIssuerX500Principal().equals(root.getSubjectX500Principal())) {
            return false;
        }
        Crypto.install();
        try {
            // Parsed again by Bouncy Castle: another factory may have no SM2 key to give.
            X509Certificate issuer = Pem.certificate(Certificates.der(root));
            Pem.certificate(Certificates.der(leaf)).verify(issuer.getPublicKey(), Crypto.PROVIDER);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isForTimeStamping(X509Certificate certificate) {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses != null && uses.contains(TIME_STAMPING);
        } catch (CertificateParsingException e) {
            return true;
        }
    }

    private static CertificateTrust validity(X509Certificate certificate, Instant at) {
        try {
            certificate.checkValidity(Date.from(at));
            return TRUSTED;
        } catch (CertificateNotYetValidException e) {
            return NOT_YET_VALID;
        } catch (CertificateExpiredException e) {
            return EXPIRED;
        }
    }

    private static boolean hasSupportedKey(X509Certificate certificate) {
        try {
            VerificationKey.of(certificate);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** An absent key usage is taken as none: our authorities always state it. */
    private static boolean hasUsage(X509Certificate certificate, int bit) {
        boolean[] usage = certificate.getKeyUsage();
        return usage != null && usage.length > bit && usage[bit];
    }
}
