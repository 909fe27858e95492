package org.xietong.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * The room's one random source: the kernel's, without blocking. With Bouncy Castle first, a plain
 * {@code new SecureRandom()} would be its DRBG, ten times as slow for a nonce.
 */
final class Randomness {
    static final SecureRandom SOURCE = source();

    private Randomness() {}

    private static SecureRandom source() {
        try {
            return SecureRandom.getInstance("NativePRNGNonBlocking", "SUN");
        } catch (GeneralSecurityException notOnThisSystem) {
            return new SecureRandom();
        }
    }
}
