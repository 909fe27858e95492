package org.xietong.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.testing.CityResource;

/** A city whose log has an outside time-stamp authority before the built-in one. The test runs it, and exchanges its certificates. */
public final class RotatingAuthorityResource implements QuarkusTestResourceLifecycleManager {
    static final String PORT = "xietong.test.authority-port";
    static final String FILE = "xietong.test.authority-certificates";

    private final CityResource city = new CityResource();

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> configuration = new HashMap<>(city.start());
            Path file = Path.of(configuration.get("xietong.test.city")).resolve("tsa.pem");
            Files.writeString(
                    file, Pem.ofCertificate(TestParties.authority(Suite.INTL).root()));
            configuration.put(PORT, Integer.toString(free.getLocalPort()));
            configuration.put(FILE, file.toString());
            configuration.put("xietong.timestamps.authorities[0].url", "http://127.0.0.1:" + free.getLocalPort());
            configuration.put("xietong.timestamps.authorities[0].certificate", file.toString());
            configuration.put("xietong.timestamps.every", "300ms");
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        city.stop();
    }
}
