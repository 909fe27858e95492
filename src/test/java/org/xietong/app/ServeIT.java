package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.TestDatabase;
import org.xietong.testing.TestPlatformKeys;

/** The packaged service, as an operator starts it. */
class ServeIT {
    @TempDir
    Path temporary;

    @Test
    void startsAgainAfterBeingKilledBesideItsEmbeddedDatabase() {
        String data = temporary.resolve("a data folder").toString();
        Map<String, String> configuration = configuration();
        try (ServiceProcess first = ServiceProcess.start(configuration, "--data", data)) {
            first.kill();
        }
        try (ServiceProcess second = ServiceProcess.start(configuration, "--data", data)) {
            assertFalse(
                    second.log().contains("Successfully applied"), "the migrations of the first run are still there");
        }
    }

    @Test
    void usesTheConfiguredDatabaseAndAnswersWhatAnOperatorAsks() throws Exception {
        TestDatabase database = TestDatabase.get();
        Map<String, String> configuration = configuration();
        configuration.putAll(database.configuration(database.fresh()));
        try (ServiceProcess service = ServiceProcess.start(configuration)) {
            assertFalse(service.log().contains("embedded"), service.log());
            for (String path : new String[] {"/health", "/metrics", "/openapi", "/docs/"}) {
                assertEquals(200, get(service.base().resolve(path)).statusCode(), path);
            }
        }
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>(TestPlatformKeys.create(temporary.resolve("keys")));
        configuration.put("xietong.exchange.authority", "xietong.example");
        return configuration;
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
