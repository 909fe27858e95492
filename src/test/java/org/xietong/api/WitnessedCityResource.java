package org.xietong.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.testing.CityResource;

/** A city whose log has two witnesses: the procuratorate takes submissions, the court looks by itself. The test runs them. */
public final class WitnessedCityResource implements QuarkusTestResourceLifecycleManager {
    static final String PORT = "xietong.test.witness-port";
    static final String FOLDER = "xietong.test.city";
    static final char[] PASSWORD = "for this test only".toCharArray();

    private final CityResource city = new CityResource();

    @Override
    public Map<String, String> start() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> configuration = new HashMap<>(city.start());
            Path folder = Path.of(configuration.get(FOLDER));
            configuration.put(PORT, Integer.toString(free.getLocalPort()));
            configuration.put("xietong.witness.operator-agency", "IPO-421200");
            configuration.put("xietong.witness.every", "200ms");
            configuration.put("xietong.witness.patience", "1s");
            configuration.put("xietong.witnesses.procuratorate.agency", "PROC-421200");
            configuration.put("xietong.witnesses.procuratorate.key", key(folder, "procuratorate"));
            configuration.put("xietong.witnesses.procuratorate.url", "http://127.0.0.1:" + free.getLocalPort());
            configuration.put("xietong.witnesses.court.agency", "COURT-421200");
            configuration.put("xietong.witnesses.court.key", key(folder, "court"));
            return configuration;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Path folder, String name) throws IOException {
        KeyFile key = KeyFile.generate(
                KeyAlgorithm.ED25519,
                name,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2036-01-01T00:00:00Z"));
        key.create(folder.resolve("witness-" + name + ".p12"), PASSWORD);
        return NoteSigner.of(name + ".example/witness", SignatureType.COSIGNATURE_V1, key.signer())
                .verifierKey()
                .toString();
    }

    @Override
    public void stop() {
        city.stop();
    }
}
