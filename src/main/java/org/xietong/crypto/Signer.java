package org.xietong.crypto;

import java.security.cert.X509Certificate;

/**
 * A private key that signs, wherever it lies: in a file now ({@link KeyFile}), in a token or a cryptographic machine
 * (PKCS#11, GM/T 0018) later. MUST be thread-safe.
 */
public interface Signer {
    /** SHA-256 of the certificate's DER, lower-case hexadecimal; goes into {@code keyid} (RFC 9421 §2.3). */
    String keyId();

    KeyAlgorithm algorithm();

    X509Certificate certificate();

    /** Signs in the wire form of {@link #algorithm()}. */
    byte[] sign(byte[] data);
}
