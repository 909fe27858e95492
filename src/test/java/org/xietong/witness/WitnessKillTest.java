package org.xietong.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/** {@code ./xietong witness} as a process, killed while it cosigns. */
class WitnessKillTest {
    private static final int CYCLES = 6;
    private static final int MOST = 2_000;

    @TempDir
    Path folder;

    private final GrownLog log = new GrownLog(TreeHash.SHA_256);
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;
    private URI address;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("password"), "a password\n");
        KeyFile.generate(
                        KeyAlgorithm.ED25519,
                        "witness.example/w",
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2036-01-01T00:00:00Z"))
                .create(folder.resolve("key.p12"), "a password".toCharArray());
        Files.writeString(folder.resolve("witness.yaml"), """
                name: witness.example/w
                listen: 127.0.0.1:0
                key: key.p12
                passwordFile: password
                state: state
                logs:
                  - { origin: %s, tree: sha256, keys: ["%s"] }
                """.formatted(GrownLog.ORIGIN, log.signer.verifierKey()));
    }

    @AfterEach
    void end() throws InterruptedException {
        http.close();
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** What was answered is on disk; what is on disk and was not answered is of the same log. */
    @Test
    void forgetsNothingThatItAnswered() throws Exception {
        long known = 0;
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            start();
            AtomicLong answered = new AtomicLong(known);
            Thread climber = climb(answered);
            long before = known;
            while (answered.get() < before + 5 + 20L * cycle) {
                assertTrue(climber.isAlive(), "it climbs");
                Thread.sleep(1);
            }
            process.destroyForcibly().waitFor();
            climber.join();
            SignedCheckpoint kept = SignedCheckpoint.parse(Files.readAllBytes(
                    folder.resolve("state").resolve(StateFolder.name(GrownLog.ORIGIN) + ".checkpoint")));
            known = kept.checkpoint().size();
            assertTrue(known >= answered.get(), known + " on disk, " + answered.get() + " answered");
            assertEquals(log.checkpoint(known).checkpoint(), kept.checkpoint());
        }
        start();
        HttpResponse<String> forked =
                submit(log.forked().request(known, known + 1).encode());
        assertEquals(422, forked.statusCode());
        assertEquals(200, submit(log.request(known, known + 1).encode()).statusCode());
    }

    @Test
    void aSecondProcessOnOneStateEndsAtOnce() throws Exception {
        start();
        Process second = process();
        assertTrue(second.waitFor(60, TimeUnit.SECONDS));
        assertNotEquals(0, second.exitValue());
        assertTrue(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8)
                .contains("another witness process uses this state"));
        assertEquals(200, submit(log.request(0, 3).encode()).statusCode(), "the first goes on");
    }

    @Test
    void endsWithWhoeverStartedIt() throws Exception {
        start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private Thread climb(AtomicLong answered) {
        return Thread.ofVirtual().start(() -> {
            try {
                for (long size = answered.get() + 1; size < MOST; size++) {
                    if (submit(log.request(size - 1, size).encode()).statusCode() != 200) {
                        return;
                    }
                    answered.set(size);
                }
            } catch (IOException | InterruptedException killed) {
                // as it should be
            }
        });
    }

    private void start() throws IOException {
        process = process();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int colon = line.lastIndexOf(':');
            if (line.contains("listening")) {
                address = URI.create("http://127.0.0.1:" + line.substring(colon + 1) + "/add-checkpoint");
                return;
            }
        }
        throw new IOException(
                "it does not start: " + new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private Process process() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.xietong.app.Main",
                        "witness",
                        "--config",
                        folder.resolve("witness.yaml").toString(),
                        "--until-input-ends"))
                .start();
    }

    private HttpResponse<String> submit(byte[] body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(address)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
