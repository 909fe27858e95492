package org.xietong.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The city of {@link CityResource}, its service's way to the database counted by {@link WireStatements}. */
public final class CountedCityResource implements QuarkusTestResourceLifecycleManager {
    private final CityResource city = new CityResource();

    @Override
    public Map<String, String> start() {
        Map<String, String> configuration = city.start();
        try {
            int port = TestDatabase.get().port();
            WireStatements relay = WireStatements.before(port);
            configuration.computeIfPresent(
                    "xietong.database.url", (key, url) -> url.replace(":" + port + "/", ":" + relay.port() + "/"));
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
