package org.xietong.crypto;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * ECDSA on P-256 with SHA-256; wire form r‖s (RFC 9421 §3.3.4); nonces by RFC 6979, so that a weak random source
 * cannot give the key away. Initialising costs nothing here, so a signer is made for each call. Low s is not asked
 * for: RFC 9421 does not, and openssl does not make it.
 */
final class P256 {
    private P256() {}

    static Scheme.SigningFunction signing(ECPrivateKeyParameters key) {
        return data -> {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, key);
            BigInteger[] rs = signer.generateSignature(Digests.sha256(data));
            return EcdsaForm.encodeRaw(rs[0], rs[1]);
        };
    }

    static Scheme.VerifyingFunction verifying(ECPublicKeyParameters key) {
        return (data, signature) -> {
            BigInteger[] rs = EcdsaForm.decodeRaw(signature);
            ECDSASigner verifier = new ECDSASigner();
            verifier.init(false, key);
            return verifier.verifySignature(Digests.sha256(data), rs[0], rs[1]);
        };
    }
}
