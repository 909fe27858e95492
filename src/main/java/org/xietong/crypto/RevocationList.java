package org.xietong.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/**
 * A certificate revocation list (RFC 5280 §5): what one authority had revoked at {@link #thisUpdate()}. Only complete lists are taken,
 * that say when the next comes: neither delta lists nor parts of one (critical extensions). Parsing believes nothing; ask
 * {@link #isIssuedBy} before the rest. Immutable.
 */
public final class RevocationList {
    /** More is refused unread; a city's authority with a hundred thousand entries has some 4 MB. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final int CRL_SIGN = 6;
    private static final byte[] PEM = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

    private final X509CRLHolder list;
    private final byte[] der;
    private final Instant thisUpdate;
    private final Instant nextUpdate;

    private RevocationList(byte[] der) throws IOException {
        this.der = der;
        list = new X509CRLHolder(CertificateList.getInstance(ASN1Primitive.fromByteArray(der)));
        Date next = list.getNextUpdate();
        if (next == null || !list.getCriticalExtensionOIDs().isEmpty()) {
            throw new IOException("not a complete list");
        }
        thisUpdate = list.getThisUpdate().toInstant();
        nextUpdate = next.toInstant();
    }

    /**
     * Reads a list in DER, or one in PEM.
     *
     * @throws IllegalArgumentException if it is none, or one of a kind that is not taken; without its content in the message
     */
    public static RevocationList parse(byte[] derOrPem) {
        if (derOrPem.length <= MAX_BYTES) {
            byte[] der = startsAsPem(derOrPem)
                    ? Pem.revocationList(new String(derOrPem, StandardCharsets.US_ASCII))
                    : derOrPem.clone();
            try {
                return new RevocationList(der);
            } catch (IOException | RuntimeException e) {
                throw new IllegalArgumentException("not a complete certificate revocation list");
            }
        }
        throw new IllegalArgumentException("not a complete certificate revocation list");
    }

    private static boolean startsAsPem(byte[] bytes) {
        return bytes.length > PEM.length && Arrays.equals(bytes, 0, PEM.length, PEM, 0, PEM.length);
    }

    /** Whether this authority issued it: its name, its right to sign such lists, its signature. Malformed signatures are false. */
    public boolean isIssuedBy(X509Certificate authority) {
        boolean[] usage = authority.getKeyUsage();
        if (usage == null || usage.length <= CRL_SIGN || !usage[CRL_SIGN]) {
            return false;
        }
        try {
            return list.getIssuer().equals(Certificates.subject(authority))
                    && list.isSignatureValid(new JcaContentVerifierProviderBuilder()
                            .setProvider(Crypto.PROVIDER)
                            .build(Pem.certificate(Certificates.der(authority))));
        } catch (CertException | OperatorCreationException | RuntimeException e) {
            return false;
        }
    }

    public Instant thisUpdate() {
        return thisUpdate;
    }

    /** Until when it may be relied on. */
    public Instant nextUpdate() {
        return nextUpdate;
    }

    /** Whether it may be relied on at that time, both ends included. */
    public boolean covers(Instant at) {
        return !at.isBefore(thisUpdate) && !at.isAfter(nextUpdate);
    }

    /**
     * Since when the certificate is revoked; empty if the list does not name it. A hold counts as revocation.
     *
     * @throws IllegalArgumentException if another authority issued the certificate: then the list says nothing of it
     */
    public Optional<Instant> revokedSince(X509Certificate certificate) {
        if (!list.getIssuer().equals(Certificates.issuer(certificate))) {
            throw new IllegalArgumentException("the list is another authority's");
        }
        X509CRLEntryHolder entry = list.getRevokedCertificate(certificate.getSerialNumber());
        return Optional.ofNullable(entry)
                .map(X509CRLEntryHolder::getRevocationDate)
                .map(Date::toInstant);
    }

    /** Whether the certificate was revoked by then; see {@link #revokedSince}. */
    public boolean isRevoked(X509Certificate certificate, Instant at) {
        return revokedSince(certificate).filter(since -> !since.isAfter(at)).isPresent();
    }

    /** SHA-256 of the issuer's name in DER, lower-case hexadecimal: {@link #issuerOf} of every certificate that it is about. */
    public String issuer() {
        return nameId(list.getIssuer());
    }

    /** Whose lists are about this certificate. */
    public static String issuerOf(X509Certificate certificate) {
        return nameId(Certificates.issuer(certificate));
    }

    public byte[] der() {
        return der.clone();
    }

    /** What {@code openssl crl} and {@code openssl verify -CRLfile} read without being told the form. */
    public String pem() {
        return Pem.ofRevocationList(der);
    }

    private static String nameId(X500Name name) {
        try {
            return Digests.hex(Digests.sha256(name.getEncoded("DER")));
        } catch (IOException e) {
            throw new IllegalStateException("a name that was parsed always encodes", e);
        }
    }
}
