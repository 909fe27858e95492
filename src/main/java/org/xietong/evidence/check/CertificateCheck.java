package org.xietong.evidence.check;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.crypto.CertificateTrust;
import org.xietong.crypto.Pem;
import org.xietong.crypto.RevocationList;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundlePath;

/** The certificates of a bundle: who leads to a trusted root, was valid when he signed, and was not revoked by then. */
final class CertificateCheck {
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_CERTIFICATES = 10_000;
    private static final int MOST_LISTS = 100;

    private final Trust trust;
    private final Report report;
    private final Map<String, X509Certificate> named = new HashMap<>();
    private final Map<String, VerificationKey> keys = new HashMap<>();
    private final Set<X509Certificate> authorities = new LinkedHashSet<>();
    private final List<X509Certificate> roots;
    private final Map<String, List<RevocationList>> lists = new HashMap<>();

    CertificateCheck(BundleZip zip, Trust trust, Report report) throws FaultException {
        this.trust = trust;
        this.report = report;
        List<String> names = zip.names().keySet().stream()
                .filter(name -> name.startsWith(BundlePath.CERTIFICATES))
                .toList();
        if (names.size() > MOST_CERTIFICATES) {
            throw new FaultException(Fault.TOO_LARGE, BundlePath.CERTIFICATES);
        }
        int count = 0;
        for (String name : names) {
            if (name.endsWith(".pem")) {
                read(name, zip.read(name, MOST_BYTES));
            } else if (name.endsWith(".crl") && ++count <= MOST_LISTS) {
                readList(name, zip.read(name, RevocationList.MAX_BYTES));
            } else {
                throw new FaultException(Fault.FILE_ADDED, name);
            }
        }
        roots = roots();
        for (String issuer : Set.copyOf(lists.keySet())) {
            lists.computeIfPresent(
                    issuer, (id, all) -> all.stream().filter(this::isGenuine).toList());
        }
    }

    private void read(String name, byte[] pem) throws FaultException {
        try {
            List<X509Certificate> all = Pem.certificates(new String(pem, StandardCharsets.US_ASCII));
            String keyId = name.substring(BundlePath.CERTIFICATES.length(), name.length() - ".pem".length());
            if (all.isEmpty() || !VerificationKey.of(all.getFirst()).keyId().equals(keyId)) {
                throw new FaultException(Fault.MALFORMED, name);
            }
            named.put(keyId, all.getFirst());
            all.stream().filter(CertificateTrust::mayIssue).forEach(authorities::add);
        } catch (RuntimeException e) {
            throw new FaultException(Fault.MALFORMED, name);
        }
    }

    private void readList(String name, byte[] bytes) throws FaultException {
        try {
            RevocationList list = RevocationList.parse(bytes);
            lists.computeIfAbsent(list.issuer(), id -> new ArrayList<>()).add(list);
        } catch (RuntimeException e) {
            throw new FaultException(Fault.MALFORMED, name);
        }
    }

    private List<X509Certificate> roots() {
        if (!trust.roots().isEmpty()) {
            return trust.roots();
        }
        report.remark(Remark.ROOTS_FROM_EVIDENCE);
        return authorities.stream().filter(CertificateTrust::isRoot).toList();
    }

    /** Lists of nobody who is trusted say nothing. */
    private boolean isGenuine(RevocationList list) {
        return roots.stream().anyMatch(list::isIssuedBy)
                || between().stream()
                        .filter(each -> CertificateTrust.leadsTo(roots, each, between(), list.thisUpdate()))
                        .anyMatch(list::isIssuedBy);
    }

    private List<X509Certificate> between() {
        return authorities.stream()
                .filter(each -> !CertificateTrust.isRoot(each))
                .limit(8)
                .toList();
    }

    List<X509Certificate> trusted() {
        return roots;
    }

    /** The key of a certificate that was good for signing at that time. */
    VerificationKey at(String keyId, Instant signed) throws FaultException {
        X509Certificate certificate = named.get(keyId);
        String file = BundlePath.certificate(keyId);
        if (certificate == null) {
            throw new FaultException(Fault.CERTIFICATE_MISSING, file);
        }
        VerificationKey key = keys.computeIfAbsent(keyId, id -> VerificationKey.of(certificate));
        if (!CertificateTrust.leadsTo(roots, certificate, between(), signed)) {
            throw new FaultException(Fault.CERTIFICATE_UNTRUSTED, file);
        }
        List<RevocationList> about = lists.getOrDefault(RevocationList.issuerOf(certificate), List.of());
        if (about.stream().anyMatch(list -> list.isRevoked(certificate, signed))) {
            throw new FaultException(Fault.CERTIFICATE_REVOKED, file);
        }
        if (about.stream().noneMatch(list -> list.covers(signed))) {
            report.remark(Remark.REVOCATION_NOT_CHECKED);
        }
        return key;
    }

    /**
     * That a key is the platform's, where the reader says by which certificates it signs.
     *
     * @param file that the key has signed
     */
    void requirePlatform(VerificationKey key, String file) throws FaultException {
        if (trust.platform().isEmpty()) {
            report.remark(Remark.PLATFORM_NOT_GIVEN);
        } else if (!trust.platform().contains(key.keyId())) {
            throw new FaultException(Fault.NOT_THE_PLATFORM, file);
        }
    }

    /**
     * That a certificate which has expired signed before it did: a time that others vouch for lies before its end.
     *
     * @param vouched when the signature is known to have existed
     */
    void requireBeforeItsEnd(VerificationKey key, Optional<Instant> vouched) throws FaultException {
        if (hasExpired(key) && vouched.filter(key::isValidAt).isEmpty()) {
            throw new FaultException(Fault.CERTIFICATE_EXPIRED, BundlePath.certificate(key.keyId()));
        }
    }

    boolean hasExpired(VerificationKey key) {
        return trust.now().isAfter(key.certificate().getNotAfter().toInstant());
    }
}
