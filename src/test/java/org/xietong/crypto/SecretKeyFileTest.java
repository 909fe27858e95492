package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of the blind index, from its file and back. */
class SecretKeyFileTest {
    private static final char[] PASSWORD = "only for tests".toCharArray();

    @TempDir
    Path folder;

    @Test
    void isTheSameKeyFromItsFile() throws IOException {
        Crypto.install();
        SecretKeyFile made = SecretKeyFile.generate();
        Path file = folder.resolve("key.p12");
        made.create(file, PASSWORD);
        BlindKey key = SecretKeyFile.open(file, PASSWORD).key();
        byte[] text = "11010519491231002X".getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(made.key().digest(text), key.digest(text));
        assertArrayEquals(
                key.digest(text), key.digest(Arrays.copyOf(text, 5), Arrays.copyOfRange(text, 5, text.length)));
        assertEquals(made.key().keyId(), key.keyId());
        assertEquals(32, key.checkValue().length);
        BlindKey other = SecretKeyFile.generate().key();
        assertNotEquals(key.keyId(), other.keyId());
        assertFalse(Arrays.equals(key.digest(text), other.digest(text)));
        assertThrows(FileAlreadyExistsException.class, () -> made.create(file, PASSWORD));
    }

    @Test
    void refusesWhatIsNoSecretKeyUnderThePassword() throws IOException {
        Crypto.install();
        Path file = folder.resolve("key.p12");
        SecretKeyFile.generate().create(file, PASSWORD);
        assertThrows(IOException.class, () -> SecretKeyFile.open(file, "another".toCharArray()));
        Path text = Files.writeString(folder.resolve("text"), "no key");
        assertThrows(IOException.class, () -> SecretKeyFile.open(text, PASSWORD));
        Path pair = folder.resolve("pair.p12");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        KeyFile.generate(KeyAlgorithm.P256, "pair", now, now.plus(Duration.ofDays(1)))
                .create(pair, PASSWORD);
        assertThrows(IOException.class, () -> SecretKeyFile.open(pair, PASSWORD));
    }
}
