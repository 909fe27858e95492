package org.xietong.agency;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Gives a {@code @QuarkusTest} platform keys of its own; without them the service refuses to start. */
public final class PlatformKeysResource implements QuarkusTestResourceLifecycleManager {
    private static final String PASSWORD = "only-for-tests";

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("xietong-test-keys");
            Map<String, String> configuration = new HashMap<>(create(folder));
            configuration.put("xietong.exchange.authority", "xietong.xianning.example");
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the three key files in the folder, and gives the configuration that names them. */
    static Map<String, String> create(Path folder) throws IOException {
        TestKeys.sm2("应答").create(folder.resolve("response-gm.p12"), PASSWORD.toCharArray());
        TestKeys.p256("response").create(folder.resolve("response-intl.p12"), PASSWORD.toCharArray());
        TestKeys.p256("token").create(folder.resolve("token.p12"), PASSWORD.toCharArray());
        return Map.of(
                "xietong.keys.response-gm", folder.resolve("response-gm.p12").toString(),
                "xietong.keys.response-intl",
                        folder.resolve("response-intl.p12").toString(),
                "xietong.keys.token", folder.resolve("token.p12").toString(),
                "xietong.keys.password", PASSWORD);
    }

    @Override
    public void stop() {}
}
