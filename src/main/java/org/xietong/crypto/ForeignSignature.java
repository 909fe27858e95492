package org.xietong.crypto;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * What somebody signed with a tool of his own, over content that both sides have: for P-256 a detached CMS signature in DER, as
 * {@code openssl cms -sign -binary -outform DER} makes it; for SM2 the bare signature of {@code openssl dgst -sm3}, since openssl makes
 * no SM2 signature in CMS.
 */
public final class ForeignSignature {
    /** More is refused unread. */
    public static final int MAX_BYTES = 32 * 1024;

    private static final Set<ASN1ObjectIdentifier> STRONG =
            Set.of(NISTObjectIdentifiers.id_sha256, NISTObjectIdentifiers.id_sha384, NISTObjectIdentifiers.id_sha512);

    private ForeignSignature() {}

    /**
     * Whether the key of this certificate, and no other, signed the content. Of the certificate nothing but the key is looked at, and of
     * certificates that stand in the signature nothing at all.
     */
    public static boolean isOf(VerificationKey key, byte[] signature, byte[] content) {
        if (signature.length > MAX_BYTES) {
            return false;
        }
        return switch (key.algorithm()) {
            case SM2 -> key.verify(content, signature);
            case P256 -> isCms(key, signature, content);
            case ED25519 -> false;
        };
    }

    private static boolean isCms(VerificationKey key, byte[] der, byte[] content) {
        Crypto.install();
        try {
            X509CertificateHolder holder = new X509CertificateHolder(Certificates.der(key.certificate()));
            CMSSignedData signed = new CMSSignedData(new CMSProcessableByteArray(content), der);
            List<SignerInformation> signers =
                    List.copyOf(signed.getSignerInfos().getSigners());
            return signers.size() == 1
                    && STRONG.contains(signers.getFirst().getDigestAlgorithmID().getAlgorithm())
                    && signers.getFirst().getSID().match(holder)
                    && signers.getFirst()
                            .verify(new JcaSimpleSignerInfoVerifierBuilder()
                                    .setProvider(Crypto.PROVIDER)
                                    .build(Pem.certificate(holder.getEncoded())));
        } catch (CMSException | IOException | OperatorCreationException | RuntimeException e) {
            return false;
        }
    }
}
