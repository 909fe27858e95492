package org.xietong.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.GenTimeAccuracy;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPUtil;
import org.bouncycastle.tsp.TimeStampTokenInfo;
import org.xietong.crypto.TimeStampException.Fault;

/**
 * A time-stamp of RFC 3161 (GM/T 0033): an authority's word that the data existed at {@link #time()}. Parsing accepts whatever has
 * the form; only {@link #verify} says whether to believe it. Certificates are judged at the time that the token names, so a token
 * verifies for ever, whenever its certificates end; revocation is looked up apart, in {@link RevocationList}. Immutable.
 */
public final class TimeStampToken {
    /** More is refused unread: tokens with a chain of certificates have some 2 to 8 KiB. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final Set<ASN1ObjectIdentifier> STRONG = Set.of(
            NISTObjectIdentifiers.id_sha256,
            NISTObjectIdentifiers.id_sha384,
            NISTObjectIdentifiers.id_sha512,
            GMObjectIdentifiers.sm3);

    private final org.bouncycastle.tsp.TimeStampToken token;
    private final ContentInfo content;
    private final ImprintHash hash;

    private TimeStampToken(ContentInfo content) throws TimeStampException, TSPException, IOException {
        this.content = content;
        token = new org.bouncycastle.tsp.TimeStampToken(content);
        hash = ImprintHash.of(info().getMessageImprintAlgOID());
    }

    /**
     * Reads a token, or a response that holds one.
     *
     * @throws TimeStampException with {@code TOO_LONG}, {@code MALFORMED}, {@code REFUSED} or {@code UNKNOWN_HASH}
     */
    public static TimeStampToken parse(byte[] der) throws TimeStampException {
        if (der.length > MAX_BYTES) {
            throw new TimeStampException(Fault.TOO_LONG);
        }
        try {
            ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(der));
            return sequence.getObjectAt(0) instanceof ASN1ObjectIdentifier
                    ? new TimeStampToken(ContentInfo.getInstance(sequence))
                    : new TimeStampToken(granted(TimeStampResp.getInstance(sequence)));
        } catch (IOException | TSPException | RuntimeException e) {
            throw new TimeStampException(Fault.MALFORMED);
        }
    }

    private static ContentInfo granted(TimeStampResp response) throws TimeStampException {
        int status = response.getStatus().getStatusObject().intValueExact();
        if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
            throw new TimeStampException(Fault.REFUSED);
        }
        ContentInfo content = response.getTimeStampToken();
        if (content == null) {
            throw new TimeStampException(Fault.MALFORMED);
        }
        return content;
    }

    /** The authority's time, which alone counts; up to {@link #accuracy} off. */
    public Instant time() {
        return info().getGenTime().toInstant();
    }

    /** How far off the time may be, either way; zero where the token does not say. */
    public Duration accuracy() {
        GenTimeAccuracy accuracy = info().getGenTimeAccuracy();
        return accuracy == null
                ? Duration.ZERO
                : Duration.ofSeconds(accuracy.getSeconds())
                        .plusMillis(accuracy.getMillis())
                        .plusNanos(1000L * accuracy.getMicros());
    }

    /** Unique within its authority. */
    public BigInteger serial() {
        return info().getSerialNumber();
    }

    public ImprintHash hash() {
        return hash;
    }

    /** The nonce of the request that it answers, if that had one. */
    Optional<BigInteger> nonce() {
        return Optional.ofNullable(info().getNonce());
    }

    /** Whether it stamps this data; says nothing about who signed it. */
    public boolean isOver(byte[] data) {
        return MessageDigest.isEqual(hash.of(data), info().getMessageImprintDigest());
    }

    /**
     * Checks imprint, signer's certificate (RFC 3161 §2.3), signature, and a chain that was valid at {@link #time()}.
     *
     * @param trusted roots, or certificates of authorities themselves
     * @return the certificate that signed
     * @throws TimeStampException with the first fault
     */
    public X509Certificate verify(byte[] data, Collection<X509Certificate> trusted) throws TimeStampException {
        if (!isOver(data)) {
            throw new TimeStampException(Fault.WRONG_IMPRINT);
        }
        X509CertificateHolder signer = signer(trusted);
        checkUse(signer);
        checkSignature(signer);
        X509Certificate certificate = certificate(signer);
        if (!CertificateChain.leadsTo(trusted, certificate, carried(), time())) {
            throw new TimeStampException(Fault.UNTRUSTED);
        }
        return certificate;
    }

    /** The certificates that the token carries, in no order; not to be trusted for that. */
    public List<X509Certificate> certificates() throws TimeStampException {
        return carried();
    }

    /** The token in DER: ContentInfo of RFC 5652, what {@code openssl ts -token_in} reads. */
    public byte[] der() {
        return encoded(content);
    }

    /** The token within a response that grants it, in DER: what {@code openssl ts -verify -in} reads, a {@code .tsr} file. */
    public byte[] response() {
        return encoded(new TimeStampResp(new PKIStatusInfo(PKIStatus.granted), content));
    }

    private TimeStampTokenInfo info() {
        return token.getTimeStampInfo();
    }

    private X509CertificateHolder signer(Collection<X509Certificate> trusted) throws TimeStampException {
        for (X509CertificateHolder each : holders()) {
            if (token.getSID().match(each)) {
                return each;
            }
        }
        for (X509Certificate each : trusted) {
            X509CertificateHolder holder = holder(each);
            if (token.getSID().match(holder)) {
                return holder;
            }
        }
        throw new TimeStampException(Fault.NO_CERTIFICATE);
    }

    private void checkUse(X509CertificateHolder signer) throws TimeStampException {
        try {
            TSPUtil.validateCertificate(signer);
        } catch (TSPException | RuntimeException e) {
            throw new TimeStampException(Fault.NOT_FOR_TIME_STAMPING);
        }
        if (!signer.isValidOn(info().getGenTime())) {
            throw new TimeStampException(Fault.NOT_VALID_THEN);
        }
    }

    private void checkSignature(X509CertificateHolder signer) throws TimeStampException {
        SignerInformation signed =
                token.toCMSSignedData().getSignerInfos().getSigners().iterator().next();
        if (!STRONG.contains(signed.getDigestAlgorithmID().getAlgorithm())) {
            throw new TimeStampException(Fault.WEAK);
        }
        try {
            token.validate(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(Crypto.PROVIDER)
                    .build(signer));
        } catch (TSPException | OperatorCreationException | RuntimeException e) {
            throw new TimeStampException(Fault.WRONG_SIGNATURE);
        } catch (CertificateException e) {
            throw new TimeStampException(Fault.MALFORMED);
        }
    }

    private Collection<X509CertificateHolder> holders() throws TimeStampException {
        try {
            return token.getCertificates().getMatches(null);
        } catch (RuntimeException e) {
            throw new TimeStampException(Fault.MALFORMED);
        }
    }

    private List<X509Certificate> carried() throws TimeStampException {
        List<X509Certificate> carried = new ArrayList<>();
        for (X509CertificateHolder each : holders()) {
            carried.add(certificate(each));
        }
        return List.copyOf(carried);
    }

    private static X509Certificate certificate(X509CertificateHolder holder) throws TimeStampException {
        try {
            return Pem.certificate(holder.getEncoded());
        } catch (IOException | RuntimeException e) {
            throw new TimeStampException(Fault.MALFORMED);
        }
    }

    private static X509CertificateHolder holder(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(Certificates.der(certificate));
        } catch (IOException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    private static byte[] encoded(ASN1Object object) {
        try {
            return object.getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("what was parsed always encodes", e);
        }
    }
}
