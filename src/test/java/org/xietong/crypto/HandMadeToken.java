package org.xietong.crypto;

import java.security.KeyPair;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.util.CollectionStore;

/** Tokens that no honest generator makes: the same statement under another key, whatever its certificate is for. */
final class HandMadeToken {
    private HandMadeToken() {}

    static byte[] like(TimeStampToken token, KeyFile key) throws Exception {
        CMSTypedData statement = new CMSSignedData(token.der()).getSignedContent();
        ASN1ObjectIdentifier type = statement.getContentType();
        byte[] content = (byte[]) statement.getContent();
        X509CertificateHolder certificate = new X509CertificateHolder(Certificates.der(key.certificate()));
        ESSCertIDv2 id = new ESSCertIDv2(Digests.sha256(certificate.getEncoded()));
        Attribute signing = new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(id)));
        Attribute time = new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(token.time()))));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(
                        new Hashtable<>(Map.of(signing.getAttrType(), signing, time.getAttrType(), time)))))
                .build(Certificates.contentSigner(key.signer().algorithm(), key.privateKey()), certificate));
        generator.addCertificates(new CollectionStore<>(List.of(certificate)));
        return generator
                .generate(new CMSProcessableByteArray(type, content), true)
                .getEncoded("DER");
    }

    static KeyFile sm2Key(DemonstrationAuthority root) {
        KeyPair pair = Certificates.keyPair(KeyAlgorithm.SM2);
        return KeyFile.of(
                pair.getPrivate(),
                Certificates.sign(
                        new Certificates.Content(
                                Certificates.named("国密时间戳"),
                                SubjectPublicKeyInfo.getInstance(
                                        pair.getPublic().getEncoded()),
                                Certificates.Use.TIME_STAMPING,
                                TestParties.FROM,
                                TestParties.TO),
                        Certificates.subject(root.root()),
                        SubjectPublicKeyInfo.getInstance(Certificates.publicKeyInfo(root.root())),
                        Certificates.contentSigner(
                                KeyAlgorithm.SM2, root.keyFile().privateKey())));
    }
}
