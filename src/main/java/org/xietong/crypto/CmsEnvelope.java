package org.xietong.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.KeyTransRecipientInfoGenerator;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JcePasswordRecipientInfoGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.AsymmetricKeyWrapper;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * Bytes sealed for one reader: AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), so that what was changed under way opens to
 * nobody. {@code openssl cms -decrypt -binary -inform DER} of 3.0 and newer opens all three forms.
 */
public final class CmsEnvelope {
    /** A passphrase of {@link Passphrase} cannot be guessed however fast it is tried; this is for the readers' tools. */
    private static final int ITERATIONS = 100_000;

    private static final int SALT = 16;
    private static final int COORDINATE = 32;
    private static final int SM3 = 32;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private CmsEnvelope() {}

    /** Whether something can be sealed to it: P-256 for key agreement, SM2 for key agreement or encipherment (RFC 5280 §4.2.1.3). */
    public static boolean canSealTo(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null || usage.length <= KEY_AGREEMENT) {
            return false;
        }
        return switch (VerificationKey.of(certificate).algorithm()) {
            case P256 -> usage[KEY_AGREEMENT];
            case SM2 -> usage[KEY_AGREEMENT] || usage[KEY_ENCIPHERMENT];
            case ED25519 -> false;
        };
    }

    /**
     * Sealed to a certificate: for P-256 by ephemeral-static ECDH (RFC 5753), for SM2 by key transport (GB/T 32918.4, ciphertext in the
     * DER of GB/T 35276, {@code 1.2.156.10197.1.301.3}).
     *
     * @throws IllegalArgumentException unless {@link #canSealTo}
     */
    public static byte[] seal(byte[] content, X509Certificate certificate) {
        if (!canSealTo(certificate)) {
            throw new IllegalArgumentException("the certificate is not for sealing");
        }
        Crypto.install();
        X509Certificate parsed = Pem.certificate(Certificates.der(certificate));
        return sealed(
                content,
                VerificationKey.of(parsed).algorithm() == KeyAlgorithm.SM2 ? transport(parsed) : agreement(parsed));
    }

    /** Sealed by a passphrase: PasswordRecipientInfo (RFC 5652 §6.2.4), PBKDF2 with HMAC-SHA-256 over its ASCII. */
    public static byte[] seal(byte[] content, Passphrase passphrase) {
        Crypto.install();
        byte[] salt = new byte[SALT];
        Randomness.SOURCE.nextBytes(salt);
        return sealed(
                content,
                new JcePasswordRecipientInfoGenerator(CMSAlgorithm.AES256_CBC, passphrase.characters())
                        .setProvider(Crypto.PROVIDER)
                        .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8)
                        .setPRF(PasswordRecipient.PRF.HMacSHA256)
                        .setSaltAndIterationCount(salt, ITERATIONS));
    }

    private static byte[] sealed(byte[] content, RecipientInfoGenerator recipient) {
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(recipient);
        try {
            OutputAEADEncryptor encryptor =
                    (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM)
                            .setProvider(Crypto.PROVIDER)
                            .setSecureRandom(Randomness.SOURCE)
                            .build();
            return generator
                    .generate(new CMSProcessableByteArray(content), encryptor)
                    .toASN1Structure()
                    .getEncoded("DER");
        } catch (CMSException | IOException e) {
            throw new IllegalStateException("an envelope of fixed form always encodes", e);
        }
    }

    private static RecipientInfoGenerator agreement(X509Certificate certificate) {
        KeyPair once = Certificates.keyPair(KeyAlgorithm.P256);
        try {
            return new JceKeyAgreeRecipientInfoGenerator(
                            CMSAlgorithm.ECDH_SHA256KDF, once.getPrivate(), once.getPublic(), CMSAlgorithm.AES256_WRAP)
                    .addRecipient(certificate)
                    .setProvider(Crypto.PROVIDER)
                    .setSecureRandom(Randomness.SOURCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate has no encoding", e);
        }
    }

    private static RecipientInfoGenerator transport(X509Certificate certificate) {
        return new Sm2Transport(holder(certificate));
    }

    private static X509CertificateHolder holder(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(Certificates.der(certificate));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    private static final class Sm2Transport extends KeyTransRecipientInfoGenerator {
        Sm2Transport(X509CertificateHolder to) {
            super(new IssuerAndSerialNumber(to.toASN1Structure()), new Sm2Wrapper(to));
        }
    }

    /** Bouncy Castle has the cipher, and no wrapper that knows it by this name. */
    private static final class Sm2Wrapper extends AsymmetricKeyWrapper {
        private final X509CertificateHolder to;

        Sm2Wrapper(X509CertificateHolder to) {
            super(new AlgorithmIdentifier(GMObjectIdentifiers.sm2encrypt));
            this.to = to;
        }

        @Override
        public byte[] generateWrappedKey(GenericKey key) {
            byte[] plain = key.getRepresentation() instanceof java.security.Key secret
                    ? secret.getEncoded()
                    : (byte[]) key.getRepresentation();
            try {
                SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
                engine.init(
                        true,
                        new ParametersWithRandom(
                                PublicKeyFactory.createKey(to.getSubjectPublicKeyInfo()), Randomness.SOURCE));
                return der(engine.processBlock(plain, 0, plain.length));
            } catch (IOException | InvalidCipherTextException e) {
                throw new IllegalStateException("a key of 32 bytes always encrypts", e);
            }
        }

        /** From {@code 04 ‖ x ‖ y ‖ C3 ‖ C2} to SM2Cipher. */
        private static byte[] der(byte[] raw) throws IOException {
            int digest = 1 + 2 * COORDINATE;
            ASN1EncodableVector parts = new ASN1EncodableVector();
            parts.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + COORDINATE))));
            parts.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1 + COORDINATE, digest))));
            parts.add(new DEROctetString(Arrays.copyOfRange(raw, digest, digest + SM3)));
            parts.add(new DEROctetString(Arrays.copyOfRange(raw, digest + SM3, raw.length)));
            return new DERSequence(parts).getEncoded();
        }
    }
}
