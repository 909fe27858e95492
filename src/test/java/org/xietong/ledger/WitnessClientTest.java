package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.WitnessPath;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;

/** Whether a witness was heard: by its own words only, not by those of what stands before it. */
class WitnessClientTest {
    private static final String ORIGIN = "log.example/log";
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    @Test
    void aWitnessThatHasCosignedNothingIsHeard() throws Exception {
        WatchedLog log = new WatchedLog(
                ORIGIN,
                TreeHash.SHA_256,
                List.of(WitnessRoundTest.cosigner("log", WitnessRoundTest.OWN).verifierKey()),
                Optional.empty());
        try (Witness witness = Witness.start(
                new WitnessSetup("proc.example/witness", WitnessRoundTest.PROC, FREE, folder, List.of(log)),
                InstantSource.system(),
                finding -> {})) {
            assertEquals(Optional.empty(), latest(witness.address().getPort()));
        }
    }

    @ParameterizedTest
    @CsvSource({"403, no", "429, no", "400, no", "404, no", "404, typeless", "403, none"})
    void whatStandsBeforeItIsNotTheWitness(int status, String body) throws Exception {
        HttpServer gateway = HttpServer.create(FREE, 0);
        gateway.createContext("/", exchange -> {
            try (exchange) {
                if (!body.equals("typeless")) {
                    exchange.getResponseHeaders().set("Content-Type", WitnessPath.MEDIA_TYPE);
                }
                byte[] bytes =
                        (body.equals("no") ? "no\n" : WitnessPath.NO_CHECKPOINT).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        gateway.start();
        try {
            assertThrows(IOException.class, () -> latest(gateway.getAddress().getPort()));
        } finally {
            gateway.stop(0);
        }
    }

    private static Optional<?> latest(int port) throws IOException, InterruptedException {
        try (WitnessClient client = new WitnessClient(Duration.ofSeconds(5))) {
            return client.latest(URI.create("http://127.0.0.1:" + port), ORIGIN);
        }
    }
}
