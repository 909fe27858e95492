package org.xietong.crypto;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret HMAC key of 256 bits in a PKCS#12 file (RFC 7292) under a password, as {@code keytool -genseckey -keyalg HmacSHA256}
 * makes it. Immutable.
 */
public final class SecretKeyFile {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String NAME = "xietong";
    private static final int LEAST_BYTES = 32;
    private static final byte[] CHECK = "xietong/blind-key/check/v1".getBytes(StandardCharsets.UTF_8);
    private static final int ID_BYTES = 16;

    private final SecretKey key;

    private SecretKeyFile(SecretKey key) {
        this.key = key;
    }

    /** A new random key. */
    public static SecretKeyFile generate() {
        byte[] random = new byte[LEAST_BYTES];
        new SecureRandom().nextBytes(random);
        return new SecretKeyFile(new SecretKeySpec(random, ALGORITHM));
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read, the password is wrong, or it does not hold exactly one secret key of at least 256
     *     bits
     */
    public static SecretKeyFile open(Path file, char[] password) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            KeyStore store = store();
            store.load(new ByteArrayInputStream(bytes), password);
            List<String> names = new ArrayList<>(Collections.list(store.aliases()));
            if (names.size() == 1
                    && store.getKey(names.getFirst(), password) instanceof SecretKey secret
                    && secret.getEncoded().length >= LEAST_BYTES) {
                return new SecretKeyFile(new SecretKeySpec(secret.getEncoded(), ALGORITHM));
            }
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new IOException("the key file cannot be opened: wrong password, or no PKCS#12");
        }
        throw new IOException("the key file does not hold one secret key of 256 bits");
    }

    /**
     * Writes a new file that only its owner can read.
     *
     * @throws java.nio.file.FileAlreadyExistsException rather than overwrite a key
     */
    public void create(Path file, char[] password) throws IOException {
        try {
            KeyStore store = store();
            store.load(null, password);
            store.setEntry(NAME, new KeyStore.SecretKeyEntry(key), new KeyStore.PasswordProtection(password));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            Pkcs12.create(file, bytes.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("the key file cannot be made", e);
        }
    }

    public BlindKey key() {
        return new SoftwareBlindKey(key);
    }

    /** The JDK's own: Bouncy Castle's key store keeps no secret keys. */
    private static KeyStore store() throws GeneralSecurityException {
        return KeyStore.getInstance("PKCS12", "SUN");
    }

    /** Works with the key's bytes in memory. */
    private record SoftwareBlindKey(SecretKey secret, byte[] checkValue) implements BlindKey {
        SoftwareBlindKey(SecretKey secret) {
            this(secret, hmac(secret, CHECK));
        }

        @Override
        public String keyId() {
            return Digests.hex(Arrays.copyOf(Digests.sha256(checkValue), ID_BYTES));
        }

        @Override
        public byte[] checkValue() {
            return checkValue.clone();
        }

        @Override
        public byte[] digest(byte[]... pieces) {
            return hmac(secret, pieces);
        }

        private static byte[] hmac(SecretKey secret, byte[]... pieces) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(secret);
                for (byte[] piece : pieces) {
                    mac.update(piece);
                }
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no HMAC", e);
            }
        }

        @Override
        public String toString() {
            return keyId();
        }
    }
}
