package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyFile;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;
import org.xietong.testing.City;
import org.xietong.witness.Finding;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;

/** The service and its witnesses, over HTTP: cosigned where they are up, and at work where they are down. */
@QuarkusTest
@WithTestResource(WitnessedCityResource.class)
class WitnessedLogTest {
    @Inject
    @DataSource("public")
    AgroalDataSource openLog;

    @TempDir
    Path folder;

    private final List<Witness> running = new ArrayList<>();
    private final List<Finding> findings = new CopyOnWriteArrayList<>();
    private City city;
    private HttpClient http;

    @BeforeEach
    void open() {
        city = City.current();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() throws IOException {
        for (Witness witness : running) {
            witness.close();
        }
        http.close();
    }

    @Test
    void exchangesGoOnWithoutWitnessesAndTheLogIsCosignedOnceTheyAreBack() throws Exception {
        exchange();
        await("the outage is an alarm", () -> get("/health/well").statusCode() == 503);
        assertTrue(new String(get("/health/well").body(), StandardCharsets.UTF_8).contains("\"unwitnessed\": true"));
        assertTrue(metric("xietong_log_alarms") >= 1);
        assertEquals(200, get("/health/ready").statusCode());
        exchange();
        await("a lag", () -> metric("xietong_witness_lag_seconds") > 0);

        Witness procuratorate = start("procuratorate", port(), Optional.empty());
        Witness court = start("court", 0, Optional.of(city.base()));
        List<VerifierKey> keys = List.of(procuratorate.verifierKey(), court.verifierKey());
        await(
                "one cosigns what is submitted, the other what it fetched",
                () -> cosigners("/log/checkpoint", keys) == 2);
        await("and the tree of SM3", () -> cosigners("/log/sm3/checkpoint", keys) == 2);
        await("all is well", () -> get("/health/well").statusCode() == 200);
        exchange();
        await("again", () -> cosigners("/log/checkpoint", keys) == 2);
        assertTrue(findings.isEmpty(), findings.toString());
        assertEquals(0, metric("xietong_witness_alarms"));
    }

    @Test
    void takesNoCosignatureThatIsNotAWitnesss() throws Exception {
        exchange();
        await("a checkpoint", () -> get("/log/checkpoint").statusCode() == 200);
        byte[] uncosigned = get("/log/checkpoint").body();
        SignedCheckpoint ours = SignedCheckpoint.parse(uncosigned);
        byte[] logAlone = new String(uncosigned, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains(".example/witness "))
                .reduce("", (text, line) -> text + line + "\n")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(404, deposit(logAlone).statusCode());
        assertEquals(400, deposit("no note".getBytes(StandardCharsets.UTF_8)).statusCode());
        assertEquals(413, deposit(new byte[AddCheckpoint.LONGEST + 1]).statusCode());
        assertTrue(ours.checkpoint().size() > 0);
    }

    /** Strangers who read the log take no connection from a witness that brings its cosignature. */
    @Test
    void takesADepositWhileReadersHoldAllConnectionsOfTheOpenLog() throws Exception {
        exchange();
        await("a checkpoint", () -> get("/log/checkpoint").statusCode() == 200);
        SignedCheckpoint ours = SignedCheckpoint.parse(get("/log/checkpoint").body());
        Path key = Path.of(ConfigProvider.getConfig().getValue(WitnessedCityResource.FOLDER, String.class))
                .resolve("witness-court.p12");
        byte[] cosigned = ours.with(NoteSigner.of(
                                "court.example/witness",
                                SignatureType.COSIGNATURE_V1,
                                KeyFile.open(key, WitnessedCityResource.PASSWORD)
                                        .signer())
                        .cosign(ours.checkpoint(), Instant.now().getEpochSecond()))
                .encode();
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size()
                    < openLog.getConfiguration().connectionPoolConfiguration().maxSize()) {
                taken.add(openLog.getConnection());
            }
            await("the open log is busy", () -> get("/log/checkpoint").statusCode() == 503);
            assertEquals(200, deposit(cosigned).statusCode());
        } finally {
            for (Connection one : taken) {
                one.close();
            }
        }
        await("the log is served again", () -> get("/log/checkpoint").statusCode() == 200);
    }

    /** Before anything of it is read; another source is heard, and so is a witness. */
    @Test
    void whoDepositsTooFastIsToldToWaitHeAlone() throws Exception {
        HttpResponse<byte[]> answer = deposit("no note", "203.0.113.77");
        for (int i = 0; i < 1_000 && answer.statusCode() == 400; i++) {
            answer = deposit("no note", "203.0.113.77");
        }
        assertEquals(429, answer.statusCode());
        assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("RATE_LIMITED"));
        assertEquals(400, deposit("no note", "203.0.113.78").statusCode());
        await("he is heard again", () -> deposit("no note", "203.0.113.77").statusCode() == 400);
    }

    private HttpResponse<byte[]> deposit(String body, String source) throws Exception {
        return http.send(
                HttpRequest.newBuilder(city.base().resolve("/log/cosignature"))
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .header("X-Forwarded-For", source)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void aPullingWitnessAlarmsWhenTheLogShowsLessThanItCosigned(TreeHash tree) throws Exception {
        exchange();
        await("a checkpoint", () -> get(path(tree) + "/checkpoint").statusCode() == 200);
        SignedCheckpoint ours =
                SignedCheckpoint.parse(get(path(tree) + "/checkpoint").body());
        String text = origin(tree) + "\n" + (ours.checkpoint().size() + 1_000_000) + "\n";
        Path state = folder.resolve("court");
        start("court", 0, Optional.empty()).close();
        forge(state, tree, text);
        start("court", 0, Optional.of(city.base()));
        await("the rollback", () -> !findings.isEmpty());
        assertEquals(Finding.Kind.ROLLBACK, findings.getFirst().kind());
        assertEquals(origin(tree), findings.getFirst().shown().checkpoint().origin());
    }

    /** A state of a larger log: who signed it is of no concern to the witness, which wrote it itself. */
    private void forge(Path state, TreeHash tree, String head) throws Exception {
        String root = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        byte[] digest = Digests.sha256(origin(tree).getBytes(StandardCharsets.UTF_8));
        String name = HexFormat.of().formatHex(digest, 0, 16) + ".checkpoint";
        Files.writeString(state.resolve(name), head + root + "\n\n— court.example/witness AAAAAAEC\n");
    }

    private void exchange() {
        assertEquals(200, city.call(City.MSA, "GET", "/v1/clues?limit=1").send().status());
    }

    private Witness start(String name, int port, Optional<URI> pulled) throws IOException {
        KeyFile key = KeyFile.open(
                Path.of(ConfigProvider.getConfig().getValue(WitnessedCityResource.FOLDER, String.class))
                        .resolve("witness-" + name + ".p12"),
                WitnessedCityResource.PASSWORD);
        List<WatchedLog> logs = new ArrayList<>();
        for (TreeHash tree : TreeHash.values()) {
            logs.add(new WatchedLog(
                    origin(tree),
                    tree,
                    logKeys(tree),
                    pulled.map(base -> new WatchedLog.Pull(
                            base.resolve(path(tree)),
                            Duration.ofMillis(100),
                            Optional.of(base.resolve("/log/cosignature"))))));
        }
        Witness witness = Witness.start(
                new WitnessSetup(
                        name + ".example/witness",
                        key.signer(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        folder.resolve(name),
                        logs),
                InstantSource.system(),
                findings::add);
        running.add(witness);
        return witness;
    }

    private List<VerifierKey> logKeys(TreeHash tree) throws IOException {
        try {
            List<VerifierKey> keys = new ArrayList<>();
            for (String line : new String(get("/log/vkeys").body(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                VerifierKey key = VerifierKey.parse(line);
                if (key.name().equals(origin(tree))) {
                    keys.add(key);
                }
            }
            return keys;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue(WitnessedCityResource.PORT, Integer.class);
    }

    private static String path(TreeHash tree) {
        return tree == TreeHash.SM3 ? "/log/sm3" : "/log";
    }

    private static String origin(TreeHash tree) {
        return "xietong.xianning.example" + path(tree);
    }

    private long cosigners(String path, List<VerifierKey> keys) throws Exception {
        try {
            return SignedCheckpoint.parse(get(path).body())
                    .note()
                    .verify(keys)
                    .signatures()
                    .size();
        } catch (UnverifiedNoteException nobody) {
            return 0;
        }
    }

    private double metric(String name) throws Exception {
        return new String(get("/metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<byte[]> deposit(byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(city.base().resolve("/log/cosignature"))
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(city.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, "not in time: " + what);
            Thread.sleep(50);
        }
    }
}
