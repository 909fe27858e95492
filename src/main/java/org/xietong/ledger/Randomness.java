package org.xietong.ledger;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Random bytes of the operating system where it offers them: no pool of our own that a copy of memory would betray. */
final class Randomness {
    private static final SecureRandom SOURCE = source();

    private Randomness() {}

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        SOURCE.nextBytes(bytes);
        return bytes;
    }

    private static SecureRandom source() {
        try {
            return SecureRandom.getInstance("NativePRNGNonBlocking");
        } catch (NoSuchAlgorithmException notOnThisSystem) {
            return new SecureRandom();
        }
    }
}
