package org.xietong.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/** A witness over HTTP: what it cosigns, what it refuses, and that it forgets nothing (c2sp.org/tlog-witness). */
class WitnessTest {
    private static final String NAME = "procuratorate.example/witness";
    private static final Signer KEY =
            TestParties.fresh(KeyAlgorithm.ED25519, NAME).signer();

    @TempDir
    Path folder;

    private final GrownLog log = new GrownLog(TreeHash.SHA_256);
    private final GrownLog sm3 = new GrownLog(TreeHash.SM3);
    private final List<Finding> alarms = new CopyOnWriteArrayList<>();
    private HttpClient http;
    private Witness witness;

    @BeforeEach
    void start() throws IOException {
        http = HttpClient.newHttpClient();
        witness = open();
    }

    @AfterEach
    void stop() throws IOException {
        witness.close();
        http.close();
    }

    private Witness open() throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        List<WatchedLog> logs = List.of(log.watched(), sm3.watched());
        return Witness.start(
                new WitnessSetup(NAME, KEY, free, folder.resolve("state"), logs), InstantSource.system(), alarms::add);
    }

    private void restart() throws IOException {
        witness.close();
        witness = open();
    }

    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void cosignsWhatContinuesWhatItCosigned(TreeHash hash) throws Exception {
        GrownLog shown = hash == TreeHash.SM3 ? sm3 : log;
        long old = 0;
        for (long size : List.of(0L, 1L, 7L, 300L, 300L, 513L)) {
            HttpResponse<String> answer = submit(shown.request(old, size));
            assertEquals(200, answer.statusCode(), answer.body());
            assertCosigned(shown.checkpoint(size), answer.body());
            old = size;
        }
        assertTrue(alarms.isEmpty());
    }

    @Test
    void tellsTheSizeThatItKnows() throws Exception {
        submit(log.request(0, 20));
        HttpResponse<String> answer = submit(log.request(7, 30));
        assertEquals(409, answer.statusCode());
        assertEquals("20\n", answer.body());
        assertEquals(
                "text/x.tlog.size", answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(200, submit(log.request(20, 30)).statusCode());
        assertTrue(alarms.isEmpty(), "to ask for the size is no fault");
    }

    @Test
    void knowsNoOtherLogAndNoOtherKey() throws Exception {
        NoteSigner stranger = NoteSigner.of(
                GrownLog.ORIGIN,
                SignatureType.ED25519,
                TestParties.fresh(KeyAlgorithm.ED25519, "stranger").signer());
        assertEquals(403, submit(log.signedBy(stranger).request(0, 5)).statusCode());
        String elsewhere = new String(log.request(0, 5).encode(), StandardCharsets.UTF_8)
                .replace("\n" + GrownLog.ORIGIN + "\n", "\nanother.example/log\n");
        assertEquals(404, post(elsewhere.getBytes(StandardCharsets.UTF_8)).statusCode());
        assertEquals(0, size("{origin=\"" + GrownLog.ORIGIN + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 0",
                "old 0\n\n",
                "old 00\n\nx\n0\nAAAA\n",
                "old -1\n\n",
                "size 0\n\nx",
                "old 0\nnot a hash\n\nx\n1\nAA\n\n— x AAAAAA==\n",
                "old 9223372036854775808\n\n"
            })
    void refusesWhatIsMalformed(String body) throws Exception {
        assertEquals(400, post(body.getBytes(StandardCharsets.UTF_8)).statusCode());
    }

    @Test
    void refusesAnOldSizeBeyondTheCheckpointAndTooLongAProof() throws Exception {
        String right = new String(log.request(0, 5).encode(), StandardCharsets.UTF_8);
        assertEquals(
                400,
                post(right.replace("old 0\n", "old 6\n").getBytes(StandardCharsets.UTF_8))
                        .statusCode());
        String hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        assertEquals(
                400,
                post(right.replace("old 0\n", "old 0\n" + hash.repeat(64)).getBytes(StandardCharsets.UTF_8))
                        .statusCode());
        assertEquals(
                422,
                post(right.replace("old 0\n", "old 0\n" + hash).getBytes(StandardCharsets.UTF_8))
                        .statusCode());
        assertEquals(413, post(new byte[AddCheckpoint.LONGEST + 1]).statusCode());
    }

    /** Anybody can send a wrong proof with a checkpoint that was published; it says nothing about the log. */
    @Test
    void aWrongProofIsRefusedAndCountedAndAlarmsNobody() throws Exception {
        submit(log.request(0, 20));
        List<byte[]> right = log.request(20, 33).proof().path();
        for (int i = 0; i < right.size(); i++) {
            List<byte[]> path = new ArrayList<>(right);
            path.set(i, new byte[TreeHash.SIZE]);
            AddCheckpoint wrong = new AddCheckpoint(new ConsistencyProof(20, 33, path), log.checkpoint(33));
            assertEquals(422, submit(wrong).statusCode());
        }
        AddCheckpoint none = new AddCheckpoint(new ConsistencyProof(20, 33, List.of()), log.checkpoint(33));
        assertEquals(422, submit(none).statusCode());
        AddCheckpoint same = new AddCheckpoint(new ConsistencyProof(20, 20, right), log.checkpoint(20));
        assertEquals(422, submit(same).statusCode());
        assertNothingKept();
        assertEquals(right.size() + 2, refused("unproved"));
        assertEquals(200, submit(log.request(20, 33)).statusCode());
    }

    /** A fork whose known size is a power of two is not shown by its own proof: refused, and no more. */
    @Test
    void whatNoProofCanShowIsRefusedAndCounted() throws Exception {
        submit(log.request(0, 16));
        assertEquals(422, submit(log.forked().request(16, 40)).statusCode());
        assertNothingKept();
        assertEquals(16, latest(log));
    }

    @Test
    void countsWhatIsNotSignedAndKeepsNothingOfIt() throws Exception {
        submit(log.request(0, 20));
        NoteSigner stranger = NoteSigner.of(
                GrownLog.ORIGIN,
                SignatureType.ED25519,
                TestParties.fresh(KeyAlgorithm.ED25519, "stranger").signer());
        assertEquals(403, submit(log.forked().signedBy(stranger).request(0, 20)).statusCode());
        assertEquals(
                403, submit(log.forked().signedBy(stranger).request(20, 33)).statusCode());
        assertEquals(400, post("nonsense".getBytes(StandardCharsets.UTF_8)).statusCode());
        assertNothingKept();
        assertEquals(2, refused("unsigned"));
        assertEquals(1, refused("malformed"));
    }

    @Test
    void refusesAForkKeepsBothCheckpointsAndAlarmsForGood() throws Exception {
        submit(log.request(0, 20));
        HttpResponse<String> answer = submit(log.forked().request(0, 20));
        assertEquals(409, answer.statusCode());
        assertEquals("20\n", answer.body());
        assertEquals(List.of(Finding.Kind.FORK), kinds());
        assertEquals(
                List.of(
                        log.checkpoint(20).checkpoint(),
                        log.forked().checkpoint(20).checkpoint()),
                proof("FORK"));
        assertEquals(200, submit(log.request(20, 21)).statusCode(), "its own branch goes on");
        restart();
        assertEquals(503, get("/health").statusCode());
    }

    /** The forked log's own proof shows which other beginning its larger tree has: nobody else can make such a proof. */
    @Test
    void refusesALargerForkAndKeepsWhatProvesIt() throws Exception {
        submit(log.request(0, 20));
        assertEquals(422, submit(log.forked().request(20, 40)).statusCode());
        assertEquals(List.of(Finding.Kind.FORK), kinds());
        assertEquals(
                List.of(
                        log.checkpoint(20).checkpoint(),
                        log.forked().checkpoint(40).checkpoint()),
                proof("FORK"));
        try (Stream<Path> proofs = Files.list(folder.resolve("state/proofs"))) {
            Path kept = proofs.findFirst().orElseThrow().resolve("add-checkpoint");
            assertEquals(log.forked().request(20, 40), AddCheckpoint.parse(Files.readAllBytes(kept)));
        }
        assertEquals(20, latest(log));
    }

    /** Of one fork one proof, however large it grows; of another fork another, however many there are of whatever log. */
    @Test
    void keepsEachForkOnceAndNoneTooFew() throws Exception {
        submit(log.request(0, 20));
        submit(sm3.request(0, 20));
        for (int i = 0; i < 1_000; i++) {
            Files.createDirectories(folder.resolve("state/proofs/FORK-of-another-log-" + i));
        }
        for (long size = 21; size < 30; size++) {
            submit(log.forked().request(20, size));
        }
        submit(log.forked().request(0, 20));
        assertEquals(1, forks(), "two roots of size 20");
        for (byte root = 1; root <= 5; root++) {
            byte[] other = new byte[TreeHash.SIZE];
            other[TreeHash.SIZE - 1] = root;
            other[0] = root;
            SignedCheckpoint signed =
                    SignedCheckpoint.sign(new Checkpoint(GrownLog.ORIGIN, 20, other), List.of(log.signer));
            submit(new AddCheckpoint(new ConsistencyProof(0, 20, List.of()), signed));
        }
        assertEquals(6, forks());
        assertEquals(6, alarms.size());
    }

    private long forks() throws IOException {
        try (Stream<Path> proofs = Files.list(folder.resolve("state/proofs"))) {
            return proofs.filter(proof ->
                            proof.getFileName().toString().startsWith("FORK-" + StateFolder.name(GrownLog.ORIGIN)))
                    .count();
        }
    }

    /** Not even one that this witness never saw. */
    @Test
    void anOldCheckpointIsRefusedAndCountedAndAlarmsNobody() throws Exception {
        submit(log.request(0, 20));
        HttpResponse<String> answer = submit(log.request(0, 12));
        assertEquals(409, answer.statusCode());
        assertEquals("20\n", answer.body());
        assertNothingKept();
        assertEquals(1, refused("conflict"));
        assertEquals(20, latest(log));
    }

    private void assertNothingKept() throws Exception {
        assertTrue(alarms.isEmpty(), alarms.toString());
        assertEquals(200, get("/health").statusCode());
        try (Stream<Path> proofs = Files.list(folder.resolve("state/proofs"))) {
            assertEquals(List.of(), proofs.toList());
        }
    }

    private long refused(String reason) throws Exception {
        return metric("xietong_witness_refused_total{reason=\"" + reason + "\"} ");
    }

    /** Anybody can send again what was published; that must alarm nobody. */
    @Test
    void whatItCosignedItselfIsNoRollback() throws Exception {
        submit(log.request(0, 12));
        submit(log.request(12, 20));
        assertEquals(409, submit(log.request(0, 12)).statusCode());
        assertTrue(alarms.isEmpty());
        assertEquals(200, get("/health").statusCode());
        assertEquals(409, submit(log.forked().request(0, 12)).statusCode());
        assertEquals(List.of(Finding.Kind.FORK), kinds(), "another root of a size that was cosigned");
    }

    @Test
    void remembersAcrossARestart() throws Exception {
        submit(log.request(0, 20));
        submit(sm3.request(0, 20));
        restart();
        assertEquals("20\n", submit(log.request(0, 30)).body());
        assertEquals(409, submit(log.forked().request(0, 20)).statusCode());
        assertEquals(200, submit(sm3.request(20, 30)).statusCode());
    }

    @Test
    void aSecondProcessOnOneStateIsRefused() {
        assertThrows(StateInUseException.class, this::open);
    }

    @Test
    void doesNotBeginWithAStateThatItCannotRead() throws Exception {
        submit(log.request(0, 20));
        witness.close();
        Path file = folder.resolve("state").resolve(StateFolder.name(GrownLog.ORIGIN) + ".checkpoint");
        byte[] right = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(right, right.length / 2));
        assertThrows(IOException.class, this::open);
        Files.write(file, right);
        witness = open();
        assertEquals(20, latest(log));
    }

    /** Where the disk takes nothing, no cosignature leaves; once it does again, the witness goes on. */
    @Test
    void answersNothingThatItCouldNotWrite() throws Exception {
        submit(log.request(0, 20));
        Path blocked = Files.createDirectories(folder.resolve("state")
                .resolve(StateFolder.name(GrownLog.ORIGIN) + ".checkpoint.next")
                .resolve("in the way"));
        assertEquals(500, submit(log.request(20, 30)).statusCode());
        assertEquals(503, get("/health").statusCode());
        assertEquals(20, latest(log));
        Files.delete(blocked);
        Files.delete(blocked.getParent());
        assertEquals(200, submit(log.request(20, 30)).statusCode());
        assertEquals(200, get("/health").statusCode());
    }

    /** Of many that submit at once, each cosigned size continues the one before; nothing is cosigned twice with two roots. */
    @Test
    void takesWhatComesAtOnceInOneOrder() throws Exception {
        int most = 120;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Long>> done = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                GrownLog mine = i == 0 ? log.forked() : log;
                done.add(threads.submit(() -> climb(mine, most)));
            }
            long cosigned = 0;
            for (Future<Long> one : done) {
                cosigned += one.get();
            }
            assertTrue(cosigned > 0);
        }
        assertTrue(latest(log) > 0);
        assertEquals(
                1,
                Stream.of(log, log.forked())
                        .filter(branch -> isLatestOf(branch))
                        .count());
    }

    private boolean isLatestOf(GrownLog branch) {
        try {
            SignedCheckpoint latest = SignedCheckpoint.parse(Files.readAllBytes(
                    folder.resolve("state").resolve(StateFolder.name(GrownLog.ORIGIN) + ".checkpoint")));
            return latest.checkpoint()
                    .equals(branch.checkpoint(latest.checkpoint().size()).checkpoint());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long climb(GrownLog mine, int most) throws Exception {
        long cosigned = 0;
        long old = 0;
        for (long size = 1; size <= most; size = old + 1) {
            HttpResponse<String> answer = submit(mine.request(Math.min(old, size), size));
            if (answer.statusCode() == 200) {
                cosigned++;
                old = size;
            } else if (answer.statusCode() == 409) {
                old = Math.max(old, Long.parseLong(answer.body().strip()));
                if (alarms.stream().anyMatch(finding -> finding.kind() == Finding.Kind.FORK) && mine != log) {
                    return cosigned;
                }
            } else {
                return cosigned;
            }
        }
        return cosigned;
    }

    @Test
    void whoSendsSlowlyKeepsNobodyElseWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket(
                        witness.address().getAddress(), witness.address().getPort());
                slow.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write("POST /add-checkpoint HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nold"
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            assertEquals(200, submit(log.request(0, 5)).statusCode());
            slow.getFirst().setSoTimeout(60_000);
            InputStream in = slow.getFirst().getInputStream();
            assertFalse(new String(in.readAllBytes(), StandardCharsets.US_ASCII).startsWith("HTTP/1.1 200"), "cut off");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** So that a log which was set back can be shown what it signed (the path of c2sp.org/tlog-witness's draft). */
    @Test
    void showsToEverybodyWhatItCosignedLast() throws Exception {
        String path =
                "/" + Digests.hex(Digests.sha256(GrownLog.ORIGIN.getBytes(StandardCharsets.UTF_8))) + "/checkpoint";
        assertEquals(404, get(path).statusCode(), "nothing yet");
        submit(log.request(0, 20));
        submit(log.request(20, 33));
        submit(log.forked().request(0, 20));
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode());
        SignedCheckpoint shown = SignedCheckpoint.parse(answer.body().getBytes(StandardCharsets.UTF_8));
        assertEquals(log.checkpoint(33).checkpoint(), shown.checkpoint());
        shown.verify(log.watched().keys().getFirst(), List.of());
        shown.note().verify(List.of(witness.verifierKey()));
        assertEquals(404, get(path.replace("/checkpoint", "")).statusCode());
        assertEquals(404, get("/" + "0".repeat(64) + "/checkpoint").statusCode());
        restart();
        assertEquals(answer.body(), get(path).body());
    }

    @Test
    void showsItsSizesAndFindings() throws Exception {
        submit(log.request(0, 20));
        submit(log.forked().request(0, 20));
        String metrics = get("/metrics").body();
        assertTrue(metrics.contains("xietong_witness_size{origin=\"" + GrownLog.ORIGIN + "\"} 20\n"), metrics);
        assertTrue(metrics.contains("kind=\"FORK\"} 1\n"), metrics);
        assertTrue(get("/health").body().contains("\"fork\":1"));
        assertEquals(404, get("/add-checkpoint").statusCode());
    }

    private void assertCosigned(SignedCheckpoint shown, String line) throws Exception {
        assertTrue(line.endsWith("\n"));
        NoteSignature signature = NoteSignature.parse(line.strip());
        long now = InstantSource.system().instant().getEpochSecond();
        long time = shown.with(signature)
                .note()
                .verify(List.of(witness.verifierKey()))
                .signatures()
                .getFirst()
                .time()
                .orElseThrow();
        assertTrue(Math.abs(now - time) < 120);
    }

    private List<Finding.Kind> kinds() {
        return alarms.stream().map(Finding::kind).toList();
    }

    private List<Object> proof(String kind) throws IOException {
        try (Stream<Path> proofs = Files.list(folder.resolve("state/proofs"))) {
            Path proof = proofs.filter(one -> one.getFileName().toString().startsWith(kind))
                    .findFirst()
                    .orElseThrow();
            List<Object> both = new ArrayList<>();
            for (String name : List.of("kept.checkpoint", "shown.checkpoint")) {
                SignedCheckpoint signed = SignedCheckpoint.parse(Files.readAllBytes(proof.resolve(name)));
                assertTrue(log.watched().hasSigned(signed));
                both.add(signed.checkpoint());
            }
            return both;
        }
    }

    private long latest(GrownLog which) throws Exception {
        return size("{origin=\"" + GrownLog.origin(which.hash) + "\"}");
    }

    private long size(String labels) throws Exception {
        return metric("xietong_witness_size" + labels + " ");
    }

    private long metric(String prefix) throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> Long.parseLong(line.substring(prefix.length())))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> submit(AddCheckpoint request) throws Exception {
        return post(request.encode());
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/add-checkpoint"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + witness.address().getPort() + path);
    }
}
