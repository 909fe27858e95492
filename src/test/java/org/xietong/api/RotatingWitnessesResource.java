package org.xietong.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** As {@link WitnessedCityResource}; the witnesses' keys stand in files that the test exchanges. */
public final class RotatingWitnessesResource implements QuarkusTestResourceLifecycleManager {
    private final WitnessedCityResource witnessed = new WitnessedCityResource();

    static Path keysFile(Path folder, String name) {
        return folder.resolve("witness-" + name + ".vkeys");
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> configuration = new HashMap<>(witnessed.start());
        Path folder = Path.of(configuration.get(WitnessedCityResource.FOLDER));
        for (String name : new String[] {"procuratorate", "court"}) {
            String key = configuration.remove("xietong.witnesses." + name + ".key");
            Path file = keysFile(folder, name);
            try {
                Files.writeString(file, "# " + name + "\n" + key + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            configuration.put("xietong.witnesses." + name + ".keys-file", file.toString());
        }
        configuration.put("xietong.witness.patience", "8s");
        return configuration;
    }

    @Override
    public void stop() {
        witnessed.stop();
    }
}
