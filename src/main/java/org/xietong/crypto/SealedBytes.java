package org.xietong.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hides short values that go out to be brought back, such as cursors: AES-256-GCM (NIST SP 800-38D) with a random nonce, bound
 * to whom they were given. Equal values seal differently. Thread-safe.
 */
public final class SealedBytes {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /** @param key 32 bytes */
    public SealedBytes(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("not a key of 256 bits");
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Nonce, ciphertext and tag: 28 bytes longer than the value. */
    public byte[] seal(byte[] value, String holder) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, holder).doFinal(value);
            byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is not there", e);
        }
    }

    /** The value; empty where it was not sealed under this key for this holder. */
    public Optional<byte[]> open(byte[] sealed, String holder) {
        if (sealed.length < NONCE + TAG_BITS / 8) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), holder)
                    .doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String holder) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(holder.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
