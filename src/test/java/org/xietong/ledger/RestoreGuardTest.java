package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;

/** What closes the log and what does not: proof by its own keys, from real witnesses over HTTP, on a real PostgreSQL. */
class RestoreGuardTest {
    private static final String ORIGIN = "xietong.xianning.example/log";
    private static final Signer KEY = TestParties.signer(KeyAlgorithm.ED25519);
    private static final KeyFile FORMER = TestParties.fresh(KeyAlgorithm.ED25519, "former");
    private static final KeyFile STRANGER = TestParties.fresh(KeyAlgorithm.ED25519, "stranger");
    private static final Signer WITNESS =
            TestParties.fresh(KeyAlgorithm.ED25519, "proc").signer();
    private static final int HELD = 5;

    @TempDir
    Path folder;

    private final List<AutoCloseable> running = new ArrayList<>();
    private JournalDatabase database;
    private AgroalDataSource sequencing;
    private LogSigners signers;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("guarded"), 0);
        database.prepare();
        sequencing = database.pool("xietong_sequencer");
        signers = new LogSigners(
                TestLog.named(ORIGIN),
                suite -> List.of(suite == Suite.GM ? TestParties.signer(KeyAlgorithm.SM2) : KEY));
        Sequencer sequencer = new Sequencer(sequencing, 256);
        try (Journal journal = new Journal(database.pool("xietong_app"), Records.CONFIG, new SimpleMeterRegistry())) {
            for (int i = 0; i < HELD; i++) {
                journal.appendGrouped(Records.any());
            }
        }
        int left = HELD;
        while (left > 0) {
            left -= sequencer.sequence();
        }
        new CheckpointPublisher(sequencing, signers, sequencer.self()).publish();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : running) {
            one.close();
        }
        database.close();
    }

    @Test
    void opensWhereWitnessesKnowWhatTheDatabaseHolds() throws Exception {
        URI witness = witness(Optional.of(head(TreeHash.SHA_256)));
        RestoreGuard guard = begun(config(), witness);
        assertTrue(guard.isOpen());
        assertEquals(0, database.count("ledger_lost_checkpoint"));
    }

    /** Of either tree, and whether the witness saw more, or another log of a size that the database has. */
    @ParameterizedTest
    @EnumSource(TreeHash.class)
    void aWitnessThatShowsWhatThisLogSignedAndDoesNotHoldClosesEveryReplicaAtStart(TreeHash tree) throws Exception {
        RestoreGuard replica = begun(config(), unreachable());
        assertTrue(replica.openNow());
        for (long size : new long[] {HELD + 100, HELD, HELD - 2}) {
            SignedCheckpoint lost = signed(tree, size, KEY);
            RestoreGuard guard = begun(config(), witness(Optional.of(lost)));
            assertTrue(guard.isRestored(), () -> "size " + size);
            assertEquals(size, guard.lostSize());
            assertThrows(JournalUnavailableException.class, guard::requireOpen);
            assertClosesWithinASecond(replica);
            RestoreDecision decision = accept(config(), OptionalLong.empty());
            assertEquals(List.of(lost.checkpoint()), checkpoints(decision.givenUp()));
            assertTrue(guard.openNow());
            assertTrue(replica.openNow());
        }
        assertEquals(3, database.count("ledger_lost_checkpoint"));
    }

    /** One replica has a copy outside the database, the other none: what the first knows closes both. */
    @Test
    void whatOneReplicaKeptOutsideClosesTheOthersToo() throws Exception {
        RestoreGuard other = begun(config(), unreachable());
        assertTrue(other.openNow());
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.write(
                outside.resolve("checkpoint"), signed(TreeHash.SHA_256, 90, KEY).encode());
        assertTrue(begun(config(Optional.of(outside), List.of(), List.of()), unreachable())
                .isRestored());
        assertClosesWithinASecond(other);
        assertTrue(begun(config(), unreachable()).isRestored(), "one that starts now");
    }

    /** A failover to a standby that lagged: the address is the same, and the log smaller than this replica has seen it. */
    @Test
    void aDatabaseThatIsSetBackUnderARunningServiceClosesEveryReplica() throws Exception {
        RestoreGuard replica = begun(config(), unreachable());
        RestoreGuard other = begun(config(), unreachable());
        SignedHead held = StoredCheckpoints.newest(sequencing.getConnection()).orElseThrow();
        SignedHead lost = signers.sign(new LedgerHead(1, 40, new byte[32], new byte[32]));
        try (Connection connection = sequencing.getConnection()) {
            assertTrue(replica.isGrown(connection, lost), "seen before the failover");
            assertEquals(40, replica.seenSize());
            assertFalse(replica.isGrown(connection, held));
            assertFalse(replica.isGrown(connection, signers.sign(new LedgerHead(1, 60, new byte[32], new byte[32]))));
        }
        assertTrue(replica.isRestored());
        assertClosesWithinASecond(other);
        accept(config(), OptionalLong.empty());
        assertTrue(replica.openNow());
        assertEquals(0, replica.seenSize(), "what was given up counts no more");
    }

    @Test
    void aWitnessThatIsDownStopsNoStartAndIsHeardOnceItIsBack() throws Exception {
        int port = freePort();
        WitnessInquiry inquiry = inquiry(URI.create("http://127.0.0.1:" + port));
        RestoreGuard guard = new RestoreGuard(sequencing, config(), signers, inquiry);
        guard.begin(new StartupEvent());
        assertTrue(guard.isOpen());
        assertEquals(List.of("proc.example/witness", "court.example/witness"), sorted(inquiry));
        open(port, Optional.of(signed(TreeHash.SHA_256, 50, KEY)));
        for (WitnessInquiry.Shown late : inquiry.ask()) {
            guard.show(late.witness(), late.checkpoint());
        }
        assertEquals(List.of("court.example/witness"), sorted(inquiry));
        assertTrue(guard.isRestored());
    }

    @Test
    void aWitnessThatDoesNotAnswerHoldsTheStartUpForItsTimeOnly() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            WitnessInquiry inquiry = inquiry(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            // The first client of a JVM loads certificates, which is work and no waiting.
            new WitnessClient(Duration.ofSeconds(1)).close();
            long began = System.nanoTime();
            assertEquals(List.of(), inquiry.ask());
            long took = (System.nanoTime() - began) / 1_000_000;
            assertTrue(took < 3_500, "two seconds, of both trees at once: " + took);
        }
    }

    /** What anybody can make up closes nothing: another key, another log, an altered note, a mere number. */
    @Test
    void whatThisLogHasNotSignedClosesNothing() throws Exception {
        SignedCheckpoint right = signed(TreeHash.SHA_256, 5_000, KEY);
        String altered = new String(right.encode(), StandardCharsets.UTF_8).replace("\n5000\n", "\n6000\n");
        Checkpoint other = new Checkpoint("another.example/log", 5_000, new byte[32]);
        for (String claim : List.of(
                new String(signed(TreeHash.SHA_256, 5_000, STRANGER.signer()).encode(), StandardCharsets.UTF_8),
                altered,
                new String(
                        SignedCheckpoint.sign(other, List.of(NoteSigner.of(other.origin(), SignatureType.ED25519, KEY)))
                                .encode(),
                        StandardCharsets.UTF_8),
                "5000\n",
                "")) {
            assertTrue(begun(config(), liar(claim)).isOpen(), claim);
        }
        assertEquals(0, database.count("ledger_lost_checkpoint"));
    }

    @Test
    void aFormerKeyOfThisLogProvesToo() throws Exception {
        SignedCheckpoint old = signed(TreeHash.SHA_256, 900, FORMER.signer());
        assertTrue(begun(config(), witness(Optional.of(old))).isOpen(), "nobody knows that key yet");
        record(FORMER);
        assertTrue(begun(config(), witness(Optional.of(old))).isRestored());
    }

    @Test
    void aKeptCheckpointThatThisLogHasNotSignedIsRefusedWithAReason() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        SignedCheckpoint strange = signed(TreeHash.SHA_256, 2, FORMER.signer());
        Files.write(outside.resolve("checkpoint"), strange.encode());
        LogConfig kept = config(Optional.of(outside), List.of(), List.of());
        RestoreGuard guard = guard(kept, unreachable());
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> guard.begin(new StartupEvent()));
        assertTrue(String.valueOf(refused.getMessage()).contains("没有本日志任何密钥的有效签名"), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains(outside.toString()), refused.getMessage());
        assertFalse(guard.isOpen());
        assertThrows(UnrecognisedCheckpointException.class, () -> accept(kept, OptionalLong.empty()));

        String vkey =
                noteSigner(TreeHash.SHA_256, FORMER.signer()).verifierKey().toString();
        assertTrue(begun(config(Optional.of(outside), List.of(), List.of(vkey)), unreachable())
                .isRestored());
        assertThrows(
                IllegalArgumentException.class,
                () -> guard(config(Optional.of(outside), List.of(), List.of("no key")), unreachable()));
    }

    @Test
    void filesOfWitnessesMayBeOfEitherTree() throws Exception {
        Path file = folder.resolve("sm3.checkpoint");
        Files.write(file, signed(TreeHash.SM3, 70, KEY).encode());
        LogConfig listed = config(Optional.empty(), List.of(file), List.of());
        RestoreGuard guard = begun(listed, unreachable());
        assertTrue(guard.isRestored());
        assertEquals(70, guard.lostSize());
    }

    /** What is decided is one head; another that comes to light closes again. */
    @Test
    void aDecisionIsAboutOneLostHeadAndStandsInTheLog() throws Exception {
        SignedCheckpoint first = signed(TreeHash.SHA_256, 60, KEY);
        SignedCheckpoint second = signed(TreeHash.SHA_256, 61, KEY);
        RestoreGuard guard = begun(config(), unreachable());
        assertTrue(guard.show("a", first));
        assertTrue(guard.show("b", second));
        assertEquals(Optional.empty(), accept(config(), OptionalLong.of(59)).entry(), "that one is not lost");
        RestoreDecision one = accept(config(), OptionalLong.of(60));
        assertEquals(List.of(first.checkpoint()), checkpoints(one.givenUp()));
        assertEquals(List.of(second.checkpoint()), checkpoints(one.open()));
        assertFalse(guard.openNow());
        RestoreDecision rest = accept(config(), OptionalLong.empty());
        assertEquals(List.of(second.checkpoint()), checkpoints(rest.givenUp()));
        assertTrue(guard.openNow());
        assertFalse(guard.show("a", first), "it is decided");
        assertTrue(guard.openNow());

        JsonNode told = new ObjectMapper()
                .readTree(text(
                        "SELECT convert_from(bytes, 'UTF8') FROM xietong.journal_part WHERE name = 'request' AND entry_id = '"
                                + rest.entry().orElseThrow() + "'"));
        assertEquals(61, told.get("lostSize").asLong());
        assertEquals("OPS-1", told.get("operator").asText());
        assertEquals(
                HexFormat.of().formatHex(second.checkpoint().root()),
                told.at("/lost/0/root").asText());
        assertEquals(
                "PLATFORM - - LEDGER_ACCEPT_RESTORE",
                text("SELECT concat_ws(' ', e.agency, i.unit, i.system, i.operation) FROM xietong.journal_entry e"
                        + " JOIN xietong.exchange_index i ON i.id = e.id WHERE e.id = '"
                        + rest.entry().get() + "'"));
    }

    @Test
    void nobodyTakesAProofOrADecisionBack() throws Exception {
        begun(config(), unreachable()).show("a", signed(TreeHash.SHA_256, 60, KEY));
        accept(config(), OptionalLong.empty());
        for (String table : List.of("ledger_lost_checkpoint", "ledger_restore")) {
            assertEquals("55000", failure("xietong_owner", "DELETE FROM xietong." + table));
            assertEquals(
                    "42501",
                    failure("xietong_app", "INSERT INTO xietong." + table + " SELECT * FROM xietong." + table));
        }
        assertEquals(
                "42501",
                failure(
                        "xietong_sequencer",
                        "INSERT INTO xietong.ledger_restore SELECT * FROM xietong.ledger_restore"));
    }

    private void assertClosesWithinASecond(RestoreGuard replica) throws Exception {
        long end = System.nanoTime() + 1_000_000_000L;
        while (replica.openNow()) {
            assertTrue(System.nanoTime() < end, "another replica is still open");
            Thread.sleep(20);
        }
        assertTrue(replica.isRestored());
    }

    private RestoreGuard begun(LogConfig config, URI witness) {
        RestoreGuard guard = guard(config, witness);
        guard.begin(new StartupEvent());
        return guard;
    }

    private RestoreGuard guard(LogConfig config, URI witness) {
        return new RestoreGuard(sequencing, config, signers, inquiry(witness));
    }

    /** The procuratorate's is this one, the court's is down. */
    private WitnessInquiry inquiry(URI witness) {
        Map<String, URI> urls = new LinkedHashMap<>();
        urls.put("proc", witness);
        urls.put("court", unreachable());
        return new WitnessInquiry(WitnessRoundTest.witnesses(urls), signers, new WitnessRoundTest.TestWitnessConfig());
    }

    private static List<String> sorted(WitnessInquiry inquiry) {
        return inquiry.unheard().stream()
                .sorted(java.util.Comparator.reverseOrder())
                .toList();
    }

    private static LogConfig config() {
        return config(Optional.empty(), List.of(), List.of());
    }

    private static LogConfig config(Optional<Path> outside, List<Path> known, List<String> former) {
        TestLog named = TestLog.named(ORIGIN);
        return new TestLog(
                ORIGIN,
                named.checkpointEvery(),
                named.mergeDelay(),
                named.stopAfter(),
                outside,
                Optional.of(known),
                Optional.of(former));
    }

    private RestoreDecision accept(LogConfig config, OptionalLong size) throws SQLException, IOException {
        record(TestParties.leaf(KeyAlgorithm.ED25519));
        try (Connection owner = database.connect("xietong_owner")) {
            return RestoreDecision.accept(
                    owner,
                    new KnownCheckpoints(config.outsideFolder(), List.of()),
                    LogIdentity.recorded(ORIGIN, List.of()),
                    size,
                    "OPS-1",
                    "磁盘损坏");
        }
    }

    /** As the platform does with each key under which it signs. */
    private void record(KeyFile key) throws SQLException {
        try (Connection app = database.connect("xietong_app");
                PreparedStatement insert = app.prepareStatement(
                        "INSERT INTO platform_certificate (key_id, use, certificate) VALUES (?, 'log-intl', ?)"
                                + " ON CONFLICT DO NOTHING")) {
            insert.setString(1, key.signer().keyId());
            insert.setBytes(2, key.certificate().getEncoded());
            insert.executeUpdate();
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private SignedCheckpoint head(TreeHash tree) throws Exception {
        try (Connection connection = database.connect("xietong_sequencer")) {
            return StoredCheckpoints.newest(connection).orElseThrow().checkpoint(tree);
        }
    }

    private static SignedCheckpoint signed(TreeHash tree, long size, Signer key) {
        byte[] root = Digests.sha256((tree + " " + size).getBytes(StandardCharsets.UTF_8));
        Checkpoint checkpoint = new Checkpoint(LogIdentity.origin(ORIGIN, tree), size, root);
        return SignedCheckpoint.sign(checkpoint, List.of(noteSigner(tree, key)));
    }

    private static NoteSigner noteSigner(TreeHash tree, Signer key) {
        return NoteSigner.of(LogIdentity.origin(ORIGIN, tree), SignatureType.ED25519, key);
    }

    private static List<Checkpoint> checkpoints(List<KnownCheckpoint> known) {
        return known.stream().map(KnownCheckpoint::checkpoint).toList();
    }

    /** A witness that has cosigned this checkpoint last. */
    private URI witness(Optional<SignedCheckpoint> cosigned) throws IOException {
        return open(0, cosigned);
    }

    private URI open(int port, Optional<SignedCheckpoint> cosigned) throws IOException {
        Path state = Files.createTempDirectory(folder, "witness");
        if (cosigned.isPresent()) {
            byte[] digest = Digests.sha256(cosigned.get().checkpoint().origin().getBytes(StandardCharsets.UTF_8));
            Files.write(
                    state.resolve(HexFormat.of().formatHex(digest, 0, 16) + ".checkpoint"),
                    cosigned.get().encode());
        }
        List<WatchedLog> logs = new ArrayList<>();
        for (TreeHash tree : TreeHash.values()) {
            logs.add(new WatchedLog(
                    signers.origin(tree), tree, List.of(noteSigner(tree, KEY).verifierKey()), Optional.empty()));
        }
        Witness witness = Witness.start(
                new WitnessSetup(
                        "proc.example/witness",
                        WITNESS,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        state,
                        logs),
                InstantSource.system(),
                finding -> {});
        running.add(witness);
        return URI.create("http://127.0.0.1:" + witness.address().getPort());
    }

    /** Answers everything with this. */
    private URI liar(String claim) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        server.createContext("/", exchange -> {
            byte[] body = claim.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        running.add(() -> server.stop(0));
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static URI unreachable() {
        return URI.create("http://127.0.0.1:1");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private String failure(String role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            return String.valueOf(assertThrows(SQLException.class, () -> statement.execute(sql))
                    .getSQLState());
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertTrue(row.next(), sql);
            return row.getString(1);
        }
    }
}
