package org.xietong.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.SecretKeyFile;

/** Fresh keys for a platform under test, and the configuration that names them. */
public final class TestPlatformKeys {
    private static final String PASSWORD = "only for tests";

    private TestPlatformKeys() {}

    /** Puts the keys into this folder. */
    public static Map<String, String> create(Path folder) {
        Crypto.install();
        return Map.of(
                "xietong.keys.response-gm", create(folder, "response-gm", KeyAlgorithm.SM2),
                "xietong.keys.response-intl", create(folder, "response-intl", KeyAlgorithm.P256),
                "xietong.keys.token", create(folder, "token", KeyAlgorithm.P256),
                "xietong.keys.log-intl", create(folder, "log-intl", KeyAlgorithm.ED25519),
                "xietong.keys.log-gm", create(folder, "log-gm", KeyAlgorithm.SM2),
                "xietong.keys.evidence-intl", create(folder, "evidence-intl", KeyAlgorithm.P256),
                "xietong.keys.evidence-gm", create(folder, "evidence-gm", KeyAlgorithm.SM2),
                "xietong.keys.blind-index", secret(folder),
                "xietong.keys.password", PASSWORD);
    }

    private static String secret(Path folder) {
        Path file = folder.resolve("blind-index.p12");
        try {
            Files.createDirectories(folder);
            SecretKeyFile.generate().create(file, PASSWORD.toCharArray());
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String create(Path folder, String name, KeyAlgorithm algorithm) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path file = folder.resolve(name + ".p12");
        try {
            Files.createDirectories(folder);
            KeyFile.generate(algorithm, name, now.minus(Duration.ofMinutes(5)), now.plus(Duration.ofDays(1)))
                    .create(file, PASSWORD.toCharArray());
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
