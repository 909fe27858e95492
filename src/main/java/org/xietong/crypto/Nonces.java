package org.xietong.crypto;

import java.util.Base64;

/**
 * Nonces of signatures (RFC 9421 §2.3, §7.2.2). Rule: 22 to 128 characters of {@code A–Z a–z 0–9 _ + / = -}; that is
 * the least that holds 128 bits in base64, base64url or hexadecimal. Whether they are random is the signer's duty.
 */
public final class Nonces {
    private static final int MIN_LENGTH = 22;
    private static final int MAX_LENGTH = 128;

    private Nonces() {}

    /** 128 random bits, base64url without padding: 22 characters. */
    public static String next() {
        byte[] bytes = new byte[16];
        Randomness.SOURCE.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static boolean isWellFormed(String nonce) {
        if (nonce.length() < MIN_LENGTH || nonce.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < nonce.length(); i++) {
            if (!isAllowed(nonce.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '+'
                || c == '/'
                || c == '=';
    }
}
