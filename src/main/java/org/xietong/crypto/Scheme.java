package org.xietong.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * From an algorithm identifier and key material to the functions that sign and verify in wire form. Curves are taken
 * from {@code CustomNamedCurves}, about ten times as fast as the generic ones, and only by name: explicit parameters
 * are refused.
 */
final class Scheme {
    /** Signs in wire form; thread-safe. */
    interface SigningFunction {
        byte[] sign(byte[] data);
    }

    /** Verifies the wire form; thread-safe; may throw a runtime exception on a malformed signature. */
    interface VerifyingFunction {
        boolean verify(byte[] data, byte[] signature);
    }

    private Scheme() {}

    /** @throws IllegalArgumentException if this service does not know the algorithm or the curve */
    static KeyAlgorithm algorithm(AlgorithmIdentifier identifier) {
        ASN1ObjectIdentifier oid = identifier.getAlgorithm();
        if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return KeyAlgorithm.ED25519;
        }
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            if (GMObjectIdentifiers.sm2p256v1.equals(identifier.getParameters())) {
                return KeyAlgorithm.SM2;
            }
            if (SECObjectIdentifiers.secp256r1.equals(identifier.getParameters())) {
                return KeyAlgorithm.P256;
            }
        }
        throw new IllegalArgumentException("a key must be SM2, Ed25519 or P-256 on a named curve");
    }

    /** @throws IllegalArgumentException if the key is not a valid point of its curve's prime-order group */
    static VerifyingFunction verifying(KeyAlgorithm algorithm, SubjectPublicKeyInfo key) {
        return verifying(algorithm, octets(key));
    }

    /** @throws IllegalArgumentException if the key's bits are not whole bytes */
    static byte[] octets(SubjectPublicKeyInfo key) {
        try {
            return key.getPublicKeyData().getOctets();
        } catch (IllegalStateException notAligned) {
            throw new IllegalArgumentException("the key is not of whole bytes");
        }
    }

    /** @throws IllegalArgumentException if the key is not a valid point of its curve's prime-order group */
    static VerifyingFunction verifying(KeyAlgorithm algorithm, byte[] encoded) {
        return switch (algorithm) {
            case SM2 -> Sm2.verifying(point(GMObjectIdentifiers.sm2p256v1, encoded));
            case P256 -> P256.verifying(point(SECObjectIdentifiers.secp256r1, encoded));
            case ED25519 -> verifyingEd25519(encoded);
        };
    }

    static SigningFunction signing(KeyAlgorithm algorithm, AsymmetricKeyParameter key) {
        return switch (algorithm) {
            case SM2 -> Sm2.signing(scalar(GMObjectIdentifiers.sm2p256v1, key));
            case P256 -> P256.signing(scalar(SECObjectIdentifiers.secp256r1, key));
            case ED25519 -> signingEd25519((Ed25519PrivateKeyParameters) key);
        };
    }

    private static VerifyingFunction verifyingEd25519(byte[] encoded) {
        if (encoded.length != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(encoded, 0)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        Ed25519PublicKeyParameters key = new Ed25519PublicKeyParameters(encoded);
        return (data, signature) -> signature.length == Ed25519.SIGNATURE_SIZE
                && key.verify(Ed25519.Algorithm.Ed25519, null, data, 0, data.length, signature, 0);
    }

    private static SigningFunction signingEd25519(Ed25519PrivateKeyParameters key) {
        return data -> {
            byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
            key.sign(Ed25519.Algorithm.Ed25519, null, data, 0, data.length, signature, 0);
            return signature;
        };
    }

    private static ECPublicKeyParameters point(ASN1ObjectIdentifier curve, byte[] encoded) {
        ECNamedDomainParameters domain = domain(curve);
        return new ECPublicKeyParameters(
                domain.validatePublicPoint(domain.getCurve().decodePoint(encoded)), domain);
    }

    private static ECPrivateKeyParameters scalar(ASN1ObjectIdentifier curve, AsymmetricKeyParameter key) {
        BigInteger d = ((ECPrivateKeyParameters) key).getD();
        return new ECPrivateKeyParameters(d, domain(curve));
    }

    private static ECNamedDomainParameters domain(ASN1ObjectIdentifier curve) {
        X9ECParameters parameters = CustomNamedCurves.getByOID(curve);
        return new ECNamedDomainParameters(curve, parameters);
    }
}
