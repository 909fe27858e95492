package org.xietong.crypto;

/**
 * A secret key that makes digests which nobody without it can guess or check: of what is looked up, and must not stand anywhere
 * (HMAC, RFC 2104). Like a {@link Signer} it may lie in a file now ({@link SecretKeyFile}), in a cryptographic machine later. MUST
 * be thread-safe.
 */
public interface BlindKey {
    /** Names the key without telling it: lower-case hexadecimal. */
    String keyId();

    /** What tells this key from any other, made from a fixed text; 32 bytes. */
    byte[] checkValue();

    /** HMAC-SHA-256 over the pieces one after another; 32 bytes. */
    byte[] digest(byte[]... pieces);
}
