package org.xietong.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes key pairs and certificates (RFC 5280; SM2 by GB/T 20518). What they mean is decided by the callers. */
final class Certificates {
    static {
        Crypto.install();
    }

    /** What a certificate may be used for. */
    enum Use {
        AUTHORITY,
        SIGNING,
        /** Signing, and being sealed to: who has one certificate for both. */
        SIGNING_AND_SEALING,
        /** Time-stamps alone (RFC 3161 §2.3). */
        TIME_STAMPING
    }

    /** Everything but the signer: who, whose key, for what, from when to when (both inclusive, whole seconds). */
    record Content(X500Name subject, SubjectPublicKeyInfo key, Use use, Instant from, Instant to) {}

    private Certificates() {}

    static KeyPair keyPair(KeyAlgorithm algorithm) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(algorithm == KeyAlgorithm.ED25519 ? "Ed25519" : "EC", Crypto.PROVIDER);
            switch (algorithm) {
                case SM2 -> generator.initialize(new ECGenParameterSpec("sm2p256v1"), Randomness.SOURCE);
                case P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), Randomness.SOURCE);
                case ED25519 -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle makes every key of KeyAlgorithm", e);
        }
    }

    static X500Name named(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    static X500Name subject(X509Certificate certificate) {
        return Certificate.getInstance(der(certificate)).getSubject();
    }

    static X500Name issuer(X509Certificate certificate) {
        return Certificate.getInstance(der(certificate)).getIssuer();
    }

    static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    static byte[] publicKeyInfo(X509Certificate certificate) {
        try {
            return Certificate.getInstance(der(certificate))
                    .getSubjectPublicKeyInfo()
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalArgumentException("the public key has no encoding", e);
        }
    }

    static ContentSigner contentSigner(KeyAlgorithm algorithm, PrivateKey key) {
        String name = switch (algorithm) {
            case SM2 -> "SM3withSM2";
            case P256 -> "SHA256withECDSA";
            case ED25519 -> "Ed25519";
        };
        try {
            return new JcaContentSignerBuilder(name)
                    .setProvider(Crypto.PROVIDER)
                    .build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalArgumentException("the key cannot sign with " + name, e);
        }
    }

    static X509Certificate sign(
            Content content, X500Name issuer, SubjectPublicKeyInfo issuerKey, ContentSigner signer) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                issuer,
                new BigInteger(159, Randomness.SOURCE).setBit(158),
                Date.from(content.from()),
                Date.from(content.to()),
                content.subject(),
                content.key());
        boolean authority = content.use() == Use.AUTHORITY;
        try {
            BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(0) : new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage(content.use())));
            if (content.use() == Use.TIME_STAMPING) {
                builder.addExtension(
                        Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
            }
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(content.key()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerKey));
        } catch (IOException e) {
            throw new IllegalStateException("extensions of fixed form always encode", e);
        }
        return Pem.certificate(encoded(builder, signer));
    }

    private static int usage(Use use) {
        int signing = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
        return switch (use) {
            case AUTHORITY -> KeyUsage.keyCertSign | KeyUsage.cRLSign;
            case SIGNING, TIME_STAMPING -> signing;
            case SIGNING_AND_SEALING -> signing | KeyUsage.keyAgreement;
        };
    }

    private static byte[] encoded(X509v3CertificateBuilder builder, ContentSigner signer) {
        try {
            return builder.build(signer).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a certificate just made always encodes", e);
        }
    }
}
