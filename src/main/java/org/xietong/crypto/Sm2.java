package org.xietong.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;

/**
 * SM2 with SM3 (GB/T 32918.2) and the user id that GB/T 35276 sets as default. Initialising computes Z, and for a
 * private key the public point: four times the cost of signing, hence the pools. Bouncy Castle's decoder takes
 * canonical DER with r and s in range, and nothing else.
 */
final class Sm2 {
    private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private Sm2() {}

    static Scheme.SigningFunction signing(ECPrivateKeyParameters key) {
        Pool<SM2Signer> pool = new Pool<>(() -> initialised(true, new ParametersWithRandom(key, Randomness.SOURCE)));
        return data -> {
            SM2Signer signer = pool.take();
            signer.update(data, 0, data.length);
            byte[] signature = generate(signer);
            pool.giveBack(signer);
            return signature;
        };
    }

    static Scheme.VerifyingFunction verifying(ECPublicKeyParameters key) {
        Pool<SM2Signer> pool = new Pool<>(() -> initialised(false, key));
        return (data, signature) -> {
            SM2Signer verifier = pool.take();
            verifier.update(data, 0, data.length);
            boolean valid = verifier.verifySignature(signature);
            pool.giveBack(verifier);
            return valid;
        };
    }

    private static SM2Signer initialised(boolean forSigning, CipherParameters key) {
        SM2Signer signer = new SM2Signer();
        signer.init(forSigning, new ParametersWithID(key, USER_ID));
        return signer;
    }

    private static byte[] generate(SM2Signer signer) {
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new IllegalStateException("SM2 signing failed", e);
        }
    }
}
