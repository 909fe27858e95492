package org.xietong.crypto;

/**
 * What a key can be. The key alone decides how a signature is checked; a message never names its algorithm
 * (RFC 9421 §3.2, §7.3.6).
 */
public enum KeyAlgorithm {
    /** SM2 with SM3, user id 1234567812345678, signature in DER (GB/T 32918.2, GB/T 35276). */
    SM2(Suite.GM),
    /** Ed25519, signature of 64 bytes (RFC 8032, RFC 9421 §3.3.6). */
    ED25519(Suite.INTL),
    /** ECDSA on P-256 with SHA-256, signature r‖s of 64 bytes (RFC 9421 §3.3.4). */
    P256(Suite.INTL);

    private final Suite suite;

    KeyAlgorithm(Suite suite) {
        this.suite = suite;
    }

    public Suite suite() {
        return suite;
    }

    /**
     * The signature as {@code openssl} reads it: P-256 in DER (RFC 3279 §2.2.3), the others as they are on the wire.
     *
     * @throws IllegalArgumentException if a P-256 signature is not of 64 bytes
     */
    public byte[] foreignForm(byte[] wireSignature) {
        return this == P256 ? EcdsaForm.toDer(wireSignature) : wireSignature;
    }
}
