package org.xietong.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.SignedNote;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;

/** A witness exchanges its key while a log submits: every submission is cosigned, and nothing is forgotten. */
class WitnessKeyRotationTest {
    private static final String NAME = "procuratorate.example/witness";
    private static final char[] PASSWORD = "for this test only".toCharArray();
    private static final KeyFile OLD = TestParties.fresh(KeyAlgorithm.ED25519, "old");
    private static final KeyFile NEW = TestParties.fresh(KeyAlgorithm.ED25519, "new");

    @TempDir
    Path folder;

    private final GrownLog log = new GrownLog(TreeHash.SHA_256);
    private final AtomicBoolean submitting = new AtomicBoolean(true);
    private final AtomicLong size = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpClient http;
    private Witness witness;

    @BeforeEach
    void start() throws IOException {
        http = HttpClient.newHttpClient();
        OLD.create(key(), PASSWORD);
        witness = Witness.start(
                new WitnessSetup(
                        NAME,
                        WitnessKeys.in(List.of(key(), next()), this::signers, files -> {}),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        folder.resolve("state"),
                        List.of(log.watched())),
                InstantSource.system(),
                finding -> {});
    }

    @AfterEach
    void stop() throws IOException {
        submitting.set(false);
        threads.close();
        witness.close();
        http.close();
    }

    @Test
    void whoKnowsOneOfTheTwoKeysFindsItsLineAllTheTime() throws Exception {
        Future<List<Cosigned>> submitted = threads.submit(this::submitOn);
        await("submissions", () -> size.get() > 20);
        NEW.create(next(), PASSWORD);
        await("both keys", () -> witness.verifierKeys().size() == 2);
        long both = size.get() + 1;
        await("submissions under both", () -> size.get() > both + 20);
        Files.move(next(), key(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        await("the new key alone", () -> witness.verifierKeys().equals(List.of(vkey(NEW))));
        long alone = size.get() + 1;
        await("submissions under the new key", () -> size.get() > alone + 20);
        submitting.set(false);

        List<Cosigned> all = submitted.get();
        assertEquals(size.get(), all.size(), "each was cosigned at once");
        assertTrue(all.getFirst().by(OLD) && !all.getFirst().by(NEW));
        for (Cosigned one : all) {
            assertTrue(one.by(OLD) || one.by(NEW), "by a key that was known before: " + one.size);
            assertTrue(one.size <= both || one.size > both + 20 || (one.by(OLD) && one.by(NEW)), "both: " + one.size);
            assertEquals(one.size > alone, !one.by(OLD) && one.size > alone, "the old one is gone: " + one.size);
        }
        assertEquals(size.get(), kept(), "the state is that of all submissions");
    }

    @Test
    void filesThatCannotBeUsedChangeNothingAndAreToldOf() throws Exception {
        byte[] sound = Files.readAllBytes(key());
        Files.write(key(), new byte[] {1, 2, 3});
        await("the refusal", () -> get("/health").contains("\"keyFiles\":\"REFUSED\""));
        assertTrue(get("/metrics").contains("xietong_witness_keys_refused 1\n"));
        assertTrue(submit(1).by(OLD));
        Files.write(key(), sound);
        OLD.create(next(), PASSWORD);
        await("one key in two places", () -> get("/health").contains("\"keyFiles\":\"REFUSED\""));
        assertTrue(submit(2).by(OLD));
        Files.delete(next());
        await("the key again", () -> get("/health").contains("\"keyFiles\":\"IN_USE\""));
        assertTrue(get("/metrics").contains("xietong_witness_keys_refused 0\n"));
    }

    /** A log that comes with the former key's cosignature and one that comes with none are shown the same memory. */
    @Test
    void theNewKeyRefusesWhatContradictsTheOldOnes() throws Exception {
        submit(1);
        submit(2);
        NEW.replace(key(), PASSWORD);
        await("the new key", () -> witness.verifierKey().equals(vkey(NEW)));
        HttpResponse<String> forked = post(log.forked().request(2, 2).encode());
        assertEquals(409, forked.statusCode());
        assertTrue(submit(3).by(NEW));
    }

    /** What came back for one submission. */
    private record Cosigned(long size, SignedCheckpoint checkpoint, List<NoteSignature> lines) {
        boolean by(KeyFile key) {
            return lines.stream().anyMatch(line -> {
                try {
                    new SignedNote(checkpoint.checkpoint().text(), List.of(line)).verify(List.of(vkey(key)));
                    return true;
                } catch (UnverifiedNoteException e) {
                    return false;
                }
            });
        }
    }

    private List<Cosigned> submitOn() throws Exception {
        List<Cosigned> all = new ArrayList<>();
        while (submitting.get()) {
            all.add(submit(size.get() + 1));
        }
        return all;
    }

    private Cosigned submit(long to) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(log.request(to - 1, to).encode());
        assertEquals(200, answer.statusCode(), answer.body());
        List<NoteSignature> lines = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            lines.add(NoteSignature.parse(line));
        }
        assertFalse(lines.isEmpty());
        size.set(to);
        return new Cosigned(to, log.checkpoint(to), lines);
    }

    private HttpResponse<String> post(byte[] request) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(at("/add-checkpoint"))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private String get(String path) {
        try {
            return http.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + witness.address().getPort() + path);
    }

    private long kept() throws IOException {
        return SignedCheckpoint.parse(Files.readAllBytes(
                        folder.resolve("state").resolve(StateFolder.name(GrownLog.ORIGIN) + ".checkpoint")))
                .checkpoint()
                .size();
    }

    private List<Signer> signers() {
        List<Signer> signers = Stream.of(key(), next())
                .filter(file -> file.equals(key()) || Files.exists(file))
                .map(WitnessKeyRotationTest::open)
                .toList();
        if (signers.stream().map(Signer::keyId).distinct().count() != signers.size()) {
            throw new IllegalArgumentException("one key in two places");
        }
        return signers;
    }

    private static Signer open(Path file) {
        try {
            return KeyFile.open(file, PASSWORD).signer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path key() {
        return folder.resolve("key.p12");
    }

    private Path next() {
        return folder.resolve("key-next.p12");
    }

    private static VerifierKey vkey(KeyFile key) {
        return NoteSigner.of(NAME, SignatureType.COSIGNATURE_V1, key.signer()).verifierKey();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not in time: " + what);
            Thread.sleep(20);
        }
    }
}
