package org.xietong.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/**
 * A time-stamp authority (RFC 3161) for the demonstration and for tests: its time is this machine's clock, so it proves nothing
 * against whoever runs the machine. Signs with ECDSA on P-256, which {@code openssl ts} can check; takes imprints of SHA-256 and
 * SM3. Serial numbers are 128 random bits: unique over restarts and replicas without being kept. Thread-safe.
 */
public final class TimeStampAuthority {
    /** An arc of its own (ITU-T X.667), since no register gave this policy a number. */
    private static final ASN1ObjectIdentifier POLICY =
            new ASN1ObjectIdentifier("2.25.335225035617156791869921748631892236562");

    private static final int SERIAL_BITS = 128;
    private static final int ACCURACY_SECONDS = 1;
    private static final Set<ASN1ObjectIdentifier> HASHES =
            Arrays.stream(ImprintHash.values()).map(ImprintHash::identifier).collect(Collectors.toSet());

    private final Signer signer;
    private final X509CertificateHolder certificate;
    private final Clock clock;

    /**
     * @throws IllegalArgumentException unless the key is P-256 and its certificate is for time-stamping alone (RFC 3161 §2.3)
     */
    public TimeStampAuthority(Signer signer, Clock clock) {
        if (signer.algorithm() != KeyAlgorithm.P256) {
            throw new IllegalArgumentException("the key must be P-256");
        }
        this.signer = signer;
        this.clock = clock;
        try {
            certificate = new X509CertificateHolder(Certificates.der(signer.certificate()));
            generator(clock.instant());
        } catch (IOException | TSPException e) {
            throw new IllegalArgumentException("the certificate is not for time-stamping alone", e);
        }
    }

    /**
     * Answers a request in DER with a response in DER: a token, or a refusal that says why (RFC 3161 §2.4.2). Never throws for what
     * was asked.
     */
    public byte[] answer(byte[] request) {
        Instant now = clock.instant();
        try {
            TimeStampResponseGenerator response = new TimeStampResponseGenerator(generator(now), HASHES);
            return granted(response, request, now);
        } catch (IOException | TSPException e) {
            throw new IllegalStateException("a refusal always encodes", e);
        }
    }

    private byte[] granted(TimeStampResponseGenerator response, byte[] request, Instant now)
            throws IOException, TSPException {
        try {
            BigInteger serial = new BigInteger(SERIAL_BITS, Randomness.SOURCE);
            return response.generateGrantedResponse(
                            new org.bouncycastle.tsp.TimeStampRequest(request), serial, Date.from(now))
                    .getEncoded();
        } catch (TSPException e) {
            return response.generateRejectedResponse(e).getEncoded();
        } catch (IOException | RuntimeException e) {
            return response.generateFailResponse(PKIStatus.REJECTION, PKIFailureInfo.badDataFormat, null)
                    .getEncoded();
        }
    }

    private TimeStampTokenGenerator generator(Instant now) throws TSPException {
        try {
            DigestCalculatorProvider digests = new BcDigestCalculatorProvider();
            SignerInfoGenerator information = new SignerInfoGeneratorBuilder(digests)
                    .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(signedAt(now)))
                    .build(new P256ContentSigner(), certificate);
            TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                    information, digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)), POLICY);
            tokens.addCertificates(new CollectionStore<>(List.of(certificate)));
            tokens.setAccuracySeconds(ACCURACY_SECONDS);
            return tokens;
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("Bouncy Castle has SHA-256", e);
        }
    }

    /** The attribute says what the token says; left to itself the library puts in the machine's own time. */
    private static AttributeTable signedAt(Instant now) {
        return new AttributeTable(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(now)))));
    }

    /** Hands what is to be signed to {@link Signer}, wherever its key lies. */
    private final class P256ContentSigner implements ContentSigner {
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        }

        @Override
        public OutputStream getOutputStream() {
            data.reset();
            return data;
        }

        @Override
        public byte[] getSignature() {
            return EcdsaForm.toDer(signer.sign(data.toByteArray()));
        }
    }
}
