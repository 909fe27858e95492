package org.xietong.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.util.CollectionStore;

/**
 * A detached signature of RFC 5652 with one signer on P-256 and SHA-256, his certificate in it: what {@code openssl cms -verify
 * -binary -inform DER} reads. openssl 3 reads no SM2 in CMS, so SM2 signatures stand beside it bare.
 */
public final class CmsSignature {
    /** More is refused unread. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final Set<ASN1ObjectIdentifier> STRONG =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private CmsSignature() {}

    /**
     * Signs content that stays apart.
     *
     * @param at the attribute signingTime, whole seconds
     * @throws IllegalArgumentException unless the key is P-256
     */
    public static byte[] sign(byte[] content, Signer signer, Instant at) {
        if (signer.algorithm() != KeyAlgorithm.P256) {
            throw new IllegalArgumentException("the key must be P-256");
        }
        Crypto.install();
        AttributeTable attributes =
                new AttributeTable(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(at)))));
        try {
            return encoded(
                    content,
                    new X509CertificateHolder(Certificates.der(signer.certificate())),
                    new DefaultSignedAttributeTableGenerator(attributes),
                    data -> EcdsaForm.toDer(signer.sign(data)));
        } catch (IOException | CMSException | OperatorCreationException e) {
            throw new IllegalStateException("a signature of fixed form always encodes", e);
        }
    }

    private static byte[] encoded(
            byte[] content,
            X509CertificateHolder certificate,
            CMSAttributeTableGenerator attributes,
            UnaryOperator<byte[]> signature)
            throws IOException, CMSException, OperatorCreationException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                .setSignedAttributeGenerator(attributes)
                .build(new P256Content(signature), certificate));
        generator.addCertificates(new CollectionStore<>(List.of(certificate)));
        return generator
                .generate(new CMSProcessableByteArray(content), false)
                .toASN1Structure()
                .getEncoded("DER");
    }

    /**
     * Checks it against the content. Only the form that {@link #sign} writes is taken, to the last byte, so that nothing stands in it
     * that is not signed.
     *
     * @return the signer's certificate, of which nothing but the key was looked at: see {@link CertificateTrust}
     * @throws IllegalArgumentException if it is malformed, weak, or wrong
     */
    public static X509Certificate verify(byte[] der, byte[] content) {
        if (der.length > MAX_BYTES) {
            throw new IllegalArgumentException("not a CMS signature");
        }
        Crypto.install();
        try {
            CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), der);
            List<SignerInformation> signers =
                    List.copyOf(signed.getSignerInfos().getSigners());
            if (signers.size() != 1
                    || !STRONG.contains(
                            signers.getFirst().getDigestAlgorithmID().getAlgorithm())) {
                throw new IllegalArgumentException("not one signer, or a weak digest");
            }
            SignerInformation signer = signers.getFirst();
            for (X509CertificateHolder holder : signed.getCertificates().getMatches(null)) {
                if (signer.getSID().match(holder)
                        && Arrays.equals(der, encoded(content, holder, same(signer), data -> signer.getSignature()))
                        && signer.verify(new JcaSimpleSignerInfoVerifierBuilder()
                                .setProvider(Crypto.PROVIDER)
                                .build(holder))) {
                    EcdsaForm.toRaw(signer.getSignature());
                    return Pem.certificate(holder.getEncoded());
                }
            }
        } catch (CMSException | IOException | OperatorCreationException | CertificateException | RuntimeException e) {
            throw new IllegalArgumentException("not a CMS signature of this content");
        }
        throw new IllegalArgumentException("not a CMS signature of this content");
    }

    private static CMSAttributeTableGenerator same(SignerInformation signer) {
        return parameters -> signer.getSignedAttributes();
    }

    /** Hands what is to be signed to whoever has the key, or the signature. */
    private static final class P256Content implements ContentSigner {
        private final ByteArrayOutputStream data = new ByteArrayOutputStream();
        private final UnaryOperator<byte[]> signature;

        P256Content(UnaryOperator<byte[]> signature) {
            this.signature = signature;
        }

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
            return signature.apply(data.toByteArray());
        }
    }
}
