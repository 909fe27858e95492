package org.xietong.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** Signs with a key held in this process's memory. */
final class SoftwareSigner implements Signer {
    private static final byte[] PROBE = "xietong".getBytes(StandardCharsets.US_ASCII);

    private final VerificationKey verification;
    private final Scheme.SigningFunction function;

    /** @throws IllegalArgumentException if the private key does not belong to the certificate */
    SoftwareSigner(PrivateKey key, X509Certificate certificate) {
        verification = VerificationKey.of(certificate);
        try {
            function = Scheme.signing(verification.algorithm(), PrivateKeyFactory.createKey(key.getEncoded()));
        } catch (IOException | ClassCastException e) {
            throw new IllegalArgumentException("the private key and the certificate do not belong together", e);
        }
        if (!verification.verify(PROBE, function.sign(PROBE))) {
            throw new IllegalArgumentException("the private key and the certificate do not belong together");
        }
    }

    @Override
    public String keyId() {
        return verification.keyId();
    }

    @Override
    public KeyAlgorithm algorithm() {
        return verification.algorithm();
    }

    @Override
    public X509Certificate certificate() {
        return verification.certificate();
    }

    @Override
    public byte[] sign(byte[] data) {
        return function.sign(data);
    }
}
