package org.xietong.crypto;

/**
 * The family of algorithms that a caller works with. {@link #GM}: SM2 and SM3 (GB/T 32918, GB/T 32905), the default
 * between Chinese agencies. {@link #INTL}: P-256 or Ed25519 with SHA-256.
 */
public enum Suite {
    GM,
    INTL
}
