package org.xietong.crypto;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.Extension;

/** Paths of certificates (RFC 5280 §6) from a leaf over those that came with it to a trusted one, at a time that may be long past. */
final class CertificateChain {
    /** Those that come along are the sender's choice, and each costs a look at every step. */
    private static final int MOST_BETWEEN = 8;

    private static final int MOST_STEPS = 4;

    private CertificateChain() {}

    /**
     * Whether a path leads from the leaf to one of the trusted, each certificate valid at that time, the trusted too. A leaf that is
     * itself trusted needs no path. Revocation is looked up apart.
     */
    static boolean leadsTo(
            Collection<X509Certificate> trusted,
            X509Certificate leaf,
            Collection<X509Certificate> between,
            Instant at) {
        List<X509Certificate> valid = trusted.stream()
                .filter(each -> CertificateTrust.isValid(each, at))
                .map(each -> Pem.certificate(Certificates.der(each)))
                .toList();
        if (!CertificateTrust.isValid(leaf, at) || valid.isEmpty() || between.size() > MOST_BETWEEN) {
            return false;
        }
        return valid.contains(leaf) || hasPath(valid, leaf, between, at);
    }

    private static boolean hasPath(
            List<X509Certificate> trusted, X509Certificate leaf, Collection<X509Certificate> between, Instant at) {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(
                    trusted.stream()
                            .filter(CertificateTrust::mayIssue)
                            .map(root -> new TrustAnchor(root, null))
                            .collect(Collectors.toSet()),
                    target);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.setMaxPathLength(MOST_STEPS);
            parameters.addCertPathChecker(new Strength());
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(between), Crypto.PROVIDER));
            CertPathBuilder.getInstance("PKIX", Crypto.PROVIDER).build(parameters);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    /** No signature over SHA-1 or weaker; the leaf's extended key usage was looked at before. */
    private static final class Strength extends PKIXCertPathChecker {
        private static final Set<String> WEAK = Set.of("MD2", "MD5", "SHA1", "RIPEMD", "GOST");

        @Override
        public void init(boolean forward) {}

        @Override
        public boolean isForwardCheckingSupported() {
            return true;
        }

        @Override
        public Set<String> getSupportedExtensions() {
            return Set.of(Extension.extendedKeyUsage.getId());
        }

        @Override
        public void check(Certificate certificate, Collection<String> unresolved) throws CertPathValidatorException {
            String name = ((X509Certificate) certificate).getSigAlgName().toUpperCase(Locale.ROOT);
            if (WEAK.stream().anyMatch(name::startsWith)) {
                throw new CertPathValidatorException("weak signature");
            }
            unresolved.remove(Extension.extendedKeyUsage.getId());
        }
    }
}
