package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.client.SignedAnswer;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;
import org.xietong.evidence.check.BundleCheck;
import org.xietong.evidence.check.Report;
import org.xietong.evidence.check.TestBundle;
import org.xietong.evidence.check.Trust;
import org.xietong.testing.City;
import org.xietong.testing.Stored;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessKeys;
import org.xietong.witness.WitnessSetup;

/** The procuratorate's witness gets another key while callers call: program and service exchange it without a restart. */
@QuarkusTest
@WithTestResource(RotatingWitnessesResource.class)
@TestProfile(WitnessKeysOfTheLogTest.OfItsOwn.class)
class WitnessKeysOfTheLogTest {
    /** A service whose witnesses no other test knows. */
    public static final class OfItsOwn implements QuarkusTestProfile {}

    private static final String NAME = "procuratorate.example/witness";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KeyFile NEW = TestParties.fresh(KeyAlgorithm.ED25519, "new");

    @TempDir
    Path folder;

    private final AtomicBoolean calling = new AtomicBoolean(true);
    private final AtomicInteger called = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Witness> running = new ArrayList<>();
    private City city;
    private HttpClient http;

    @BeforeEach
    void open() {
        city = City.current();
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void close() throws IOException {
        calling.set(false);
        threads.close();
        for (Witness witness : running) {
            witness.close();
        }
        http.close();
    }

    @Test
    void noCheckpointIsWithoutItsQuorumAndFormerCosignaturesStayGood() throws Exception {
        Path key = folder.resolve("key.p12");
        Path next = folder.resolve("next.p12");
        Files.copy(city("witness-procuratorate.p12"), key);
        Witness procuratorate = start(
                "procuratorate", port(), WitnessKeys.in(List.of(key, next), () -> signers(key, next), files -> {}));
        start("court", 0, WitnessKeys.of(open(city("witness-court.p12"))));
        VerifierKey old = procuratorate.verifierKey();
        VerifierKey fresh =
                NoteSigner.of(NAME, SignatureType.COSIGNATURE_V1, NEW.signer()).verifierKey();
        SignedAnswer before = exchange();
        Stored.await("all is well", PATIENCE, () -> isWell() && isSigned(checkpoint(), old));
        SignedCheckpoint early = checkpoint();
        List<Future<?>> callers = List.of(threads.submit(this::callOn), threads.submit(this::stayWell));

        Files.writeString(keys(), old + "\n" + fresh + "\n");
        Stored.await("the service to know both", PATIENCE, () -> known().contains(WitnessKey.of(fresh)));
        NEW.create(next, WitnessedCityResource.PASSWORD);
        Stored.await("both lines", PATIENCE, () -> isSigned(checkpoint(), old) && isSigned(checkpoint(), fresh));
        Files.move(next, key, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Stored.await("the new line alone", PATIENCE, () -> {
            SignedCheckpoint newest = checkpoint();
            return isSigned(newest, fresh) && !isSigned(newest, old);
        });
        Files.writeString(keys(), fresh + "\n");
        Stored.await(
                "the old one to be a former one",
                PATIENCE,
                () -> known().stream()
                        .anyMatch(one -> one.key().equals(old) && one.until().isPresent()));
        int then = called.get();
        Stored.await("callers to go on", PATIENCE, () -> called.get() > then + 20);
        calling.set(false);
        for (Future<?> caller : callers) {
            caller.get();
        }

        assertTrue(isSigned(early, known().stream().map(WitnessKey::key).toList()), "by a former key, known as such");
        Trust formerToo = new Trust(List.of(), known(), 0, List.of(), Instant.now());
        assertEquals(Optional.empty(), check(before, formerToo).fault());
        assertTrue(text(before, "checkpoints/vkeys.txt").contains(old.toString()));
        assertTrue(text(before, "checkpoints/witnesses.txt").contains(old + " until "));

        Files.writeString(keys(), "no key\n");
        Stored.await("the refusal", PATIENCE, () -> metric("xietong_keys_refused") == 1);
        assertFalse(isWell(), "and says so");
        assertEquals(200, get("/health/ready").statusCode());
        SignedCheckpoint was = checkpoint();
        exchange();
        Stored.await("the last good keys", PATIENCE, () -> {
            SignedCheckpoint newest = checkpoint();
            return newest.checkpoint().size() > was.checkpoint().size() && isSigned(newest, fresh);
        });

        Files.writeString(keys(), fresh + "\n" + old + " withdrawn\n");
        Stored.await("the withdrawal", PATIENCE, () -> known().contains(WitnessKey.withdrawn(old)));
        assertFalse(text(before, "checkpoints/vkeys.txt").contains(old.toString()));
        assertTrue(text(before, "checkpoints/witnesses.txt").contains(old + " withdrawn\n"));
        Files.writeString(keys(), fresh + "\n" + old + "\n");
        Stored.await("that it is for good", PATIENCE, () -> metric("xietong_keys_refused") == 1);
        assertTrue(known().contains(WitnessKey.withdrawn(old)));
        Files.writeString(keys(), fresh + "\n");
        Stored.await("all is well again", PATIENCE, this::isWell);
    }

    private Report check(SignedAnswer of, Trust trust) throws IOException {
        return BundleCheck.check(Files.write(folder.resolve("bundle.zip"), bundle(of)), trust);
    }

    private String text(SignedAnswer of, String path) throws IOException {
        return new String(TestBundle.unzip(bundle(of)).get(path), StandardCharsets.UTF_8);
    }

    private byte[] bundle(SignedAnswer of) {
        SignedAnswer[] answer = new SignedAnswer[1];
        Stored.await("the log to hold it", PATIENCE, () -> {
            answer[0] = city.call(City.MSA, "GET", "/v1/exchanges/" + of.exchangeId() + "/evidence")
                    .send();
            return answer[0].status() == 200;
        });
        return answer[0].body();
    }

    private void callOn() {
        while (calling.get()) {
            assertEquals(200, exchange().status());
            called.incrementAndGet();
        }
    }

    private void stayWell() {
        while (calling.get()) {
            assertTrue(isWell(), () -> "a checkpoint waits for its quorum: " + body("/health/well"));
        }
    }

    private SignedAnswer exchange() {
        return city.call(City.MSA, "GET", "/v1/clues?limit=1").send();
    }

    /** @param port 0 of one that looks by itself */
    private Witness start(String name, int port, WitnessKeys keys) throws IOException {
        List<WatchedLog> logs = new ArrayList<>();
        for (TreeHash tree : TreeHash.values()) {
            String path = tree == TreeHash.SM3 ? "/log/sm3" : "/log";
            Optional<WatchedLog.Pull> pull = port != 0
                    ? Optional.empty()
                    : Optional.of(new WatchedLog.Pull(
                            city.base().resolve(path),
                            Duration.ofMillis(100),
                            Optional.of(city.base().resolve("/log/cosignature"))));
            logs.add(new WatchedLog("xietong.xianning.example" + path, tree, logKeys(tree), pull));
        }
        Witness witness = Witness.start(
                new WitnessSetup(
                        name + ".example/witness",
                        keys,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        folder.resolve(name),
                        logs),
                InstantSource.system(),
                finding -> {});
        running.add(witness);
        return witness;
    }

    private List<VerifierKey> logKeys(TreeHash tree) throws IOException {
        List<VerifierKey> keys = new ArrayList<>();
        for (String line : body("/log/vkeys").lines().toList()) {
            VerifierKey key = VerifierKey.parse(line);
            if (key.name().endsWith("/sm3") == (tree == TreeHash.SM3)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static List<Signer> signers(Path key, Path next) {
        return Stream.of(key, next)
                .filter(file -> file.equals(key) || Files.exists(file))
                .map(WitnessKeysOfTheLogTest::open)
                .toList();
    }

    private static Signer open(Path file) {
        try {
            return KeyFile.open(file, WitnessedCityResource.PASSWORD).signer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path city(String file) {
        return Path.of(ConfigProvider.getConfig().getValue(WitnessedCityResource.FOLDER, String.class))
                .resolve(file);
    }

    private static Path keys() {
        return RotatingWitnessesResource.keysFile(city(""), "procuratorate");
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue(WitnessedCityResource.PORT, Integer.class);
    }

    private List<WitnessKey> known() {
        try {
            List<WitnessKey> keys = new ArrayList<>();
            for (String line : body("/log/witnesses").lines().toList()) {
                keys.add(WitnessKey.parse(line));
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SignedCheckpoint checkpoint() {
        try {
            return SignedCheckpoint.parse(get("/log/checkpoint").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSigned(SignedCheckpoint checkpoint, VerifierKey key) {
        return isSigned(checkpoint, List.of(key));
    }

    private static boolean isSigned(SignedCheckpoint checkpoint, List<VerifierKey> keys) {
        try {
            return checkpoint.note().verify(keys).signatures().stream()
                    .anyMatch(by -> by.key().name().equals(NAME));
        } catch (UnverifiedNoteException e) {
            return false;
        }
    }

    private boolean isWell() {
        return get("/health/well").statusCode() == 200;
    }

    private double metric(String name) {
        return body("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private String body(String path) {
        return new String(get(path).body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(city.base().resolve(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
