package org.xietong.agency;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.xietong.testing.TestPlatformKeys;

/** Gives a {@code @QuarkusTest} platform keys of its own; without them the service refuses to start. */
public final class PlatformKeysResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("xietong-test-keys");
            Map<String, String> configuration = new HashMap<>(create(folder));
            configuration.put("xietong.exchange.authority", "xietong.xianning.example");
            configuration.put(
                    "xietong.erasures.log", folder.resolve("erasures.log").toString());
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the key files in the folder, and gives the configuration that names them. */
    static Map<String, String> create(Path folder) {
        return TestPlatformKeys.create(folder);
    }

    @Override
    public void stop() {}
}
