package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.AddCheckpoint;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.SignedNote;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;

/** The log and its witnesses: real ones over HTTP, the log on a real PostgreSQL as the sequencer's role. */
class WitnessRoundTest {
    private static final String ORIGIN = "xietong.xianning.example/log";
    static final Signer PROC = TestParties.fresh(KeyAlgorithm.ED25519, "proc").signer();
    static final Signer OTHER = TestParties.fresh(KeyAlgorithm.ED25519, "other").signer();
    static final Signer COURT = TestParties.fresh(KeyAlgorithm.ED25519, "court").signer();
    static final Signer OWN = TestParties.fresh(KeyAlgorithm.ED25519, "own").signer();

    @TempDir
    Path folder;

    private final Map<String, Witness> running = new LinkedHashMap<>();
    private final List<WitnessAlarm> alarms = new ArrayList<>();
    private final List<SignedCheckpoint> shown = new ArrayList<>();
    private JournalDatabase database;
    private AgroalDataSource sequencing;
    private Journal journal;
    private Sequencer sequencer;
    private LogSigners signers;
    private CheckpointPublisher publisher;
    private WitnessStore store;
    private WitnessClient client;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("witnessed"), 0);
        database.prepare();
        sequencing = database.pool("xietong_sequencer");
        journal = new Journal(database.pool("xietong_app"), Records.CONFIG, new SimpleMeterRegistry());
        sequencer = new Sequencer(sequencing, 256);
        signers = signers();
        publisher = new CheckpointPublisher(sequencing, signers, sequencer.self());
        store = new WitnessStore(sequencing);
        client = new WitnessClient(Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() throws Exception {
        for (Witness witness : running.values()) {
            witness.close();
        }
        client.close();
        journal.close();
        database.close();
    }

    @Test
    void bringsEachCheckpointTheCosignaturesOfAllOnBothTrees() throws Exception {
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        for (int entries : List.of(3, 300, 1)) {
            grow(entries);
            assertEquals(0, round(witnesses).run());
            SignedHead newest = newest();
            assertEquals(newest.size(), witnesses.covered(store));
            for (TreeHash tree : TreeHash.values()) {
                assertEquals(2, cosigners(newest, tree));
            }
        }
        assertTrue(alarms.isEmpty());
        assertEquals(0, store.waiting(newest().size()));
    }

    @Test
    void aWitnessThatIsDownKeepsNothingAndCatchesUp() throws Exception {
        URI proc = open("proc", PROC);
        URI court = open("court", COURT);
        Witnesses witnesses = witnesses(Map.of("proc", proc, "court", court));
        grow(2);
        running.get("court").close();
        assertEquals(2, round(witnesses).run(), "both trees of the court");
        assertEquals(0, witnesses.covered(store), "the procuratorate alone is no quorum");
        assertTrue(store.waiting(0) >= 0);
        grow(5);
        Witnesses back = witnesses(Map.of("proc", proc, "court", open("court", COURT)));
        assertEquals(0, round(back).run());
        assertEquals(7, back.covered(store));
    }

    /** What the witness knows is learned from itself, here by a database that never heard of its cosignatures. */
    @Test
    void adaptsToTheSizeThatTheWitnessKnows() throws Exception {
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        grow(4);
        round(witnesses).run();
        forgetCosignatures();
        grow(9);
        assertEquals(0, round(witnesses).run());
        assertEquals(13, witnesses.covered(store));
        assertTrue(alarms.isEmpty());
    }

    /** The log was set back: an older database was restored, and the witness has cosigned more. */
    @Test
    void aWitnessThatKnowsMoreIsAnAlarmUntilTheLogHasPassedIt() throws Exception {
        knows("proc", 1_000);
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        grow(3);
        assertEquals(1, round(witnesses).run());
        WitnessAlarm alarm =
                new WitnessAlarm("proc.example/witness", TreeHash.SHA_256, WitnessAlarm.Kind.AHEAD, 3, 1_000);
        assertEquals(List.of(alarm), alarms);
        assertEquals(List.of(1_000L), shownSizes(), "and it shows what it cosigned");
        assertTrue(store.keep(alarm));
        assertFalse(store.keep(alarm), "once");
        assertEquals(1, store.alarms());
        assertEquals(0, witnesses.covered(store));
    }

    /** However often and with whatever sizes it is said, until it is over; then it is another one. */
    @Test
    void whatAWitnessSaysAgainIsOneAlarmUntilItCosigns() throws Exception {
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        assertTrue(store.keep(said(3, 1_000)));
        for (int i = 0; i < 50; i++) {
            assertFalse(store.keep(said(4, 2_000 + i)), "said again");
        }
        assertEquals(1, rows("true"));
        assertEquals(
                1,
                rows("times = 51 AND first_our_size = 3 AND first_witness_size = 1000 AND our_size = 4"
                        + " AND witness_size = 2049 AND last_seen > first_seen"));
        assertEquals(1, store.alarms());
        grow(5);
        round(witnesses).run();
        assertEquals(0, store.alarms(), "it has cosigned what we have");
        assertEquals(1, rows("ended_at IS NOT NULL"));
        assertEquals(0, store.alarms());
        assertTrue(store.keep(said(9, 10)));
        assertEquals(1, store.alarms());
        assertEquals(2, rows("true"));
    }

    @Test
    void nobodyTakesAnAlarmBack() throws Exception {
        store.keep(said(3, 1_000));
        for (String act : List.of(
                "DELETE FROM xietong.ledger_witness_alarm",
                "TRUNCATE xietong.ledger_witness_alarm",
                "UPDATE xietong.ledger_witness_alarm SET kind = 'REFUSED'",
                "UPDATE xietong.ledger_witness_alarm SET first_seen = now()",
                "UPDATE xietong.ledger_witness_alarm SET times = 0")) {
            try (Connection superuser = database.connect("postgres");
                    Statement statement = superuser.createStatement()) {
                assertEquals(
                        "55000",
                        assertThrows(SQLException.class, () -> statement.execute(act), act)
                                .getSQLState(),
                        act);
            }
        }
    }

    private static WitnessAlarm said(long ours, long its) {
        return new WitnessAlarm("proc.example/witness", TreeHash.SHA_256, WitnessAlarm.Kind.AHEAD, ours, its);
    }

    private long rows(String condition) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT count(*) FROM xietong.ledger_witness_alarm WHERE " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** It looks by itself, so that it knows more with each answer, up to what we show; that is no fork. */
    @Test
    void aWitnessThatGoesOnMeanwhileIsNoAlarm() throws Exception {
        AtomicLong known = new AtomicLong(1);
        HttpServer moving = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        moving.createContext("/", exchange -> {
            try (exchange) {
                AddCheckpoint request =
                        AddCheckpoint.parse(exchange.getRequestBody().readAllBytes());
                long size = request.checkpoint().checkpoint().size();
                boolean right = request.proof().first() == size;
                String body = right
                        ? cosigner("proc", PROC)
                                        .cosign(request.checkpoint().checkpoint(), 1_800_000_000L)
                                        .line()
                                + "\n"
                        : Math.min(known.getAndAdd(1), size) + "\n";
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(right ? 200 : 409, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        moving.start();
        try {
            URI url = URI.create("http://127.0.0.1:" + moving.getAddress().getPort());
            Witnesses witnesses = witnesses(Map.of("proc", url, "court", open("court", COURT)));
            grow(2);
            round(witnesses).run();
            assertEquals(List.of(), alarms);
        } finally {
            moving.stop(0);
        }
    }

    @Test
    void aWitnessOfAnotherLogOfTheSameSizeIsAnAlarm() throws Exception {
        knows("proc", 3);
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        grow(3);
        assertEquals(1, round(witnesses).run());
        assertEquals(
                List.of(new WitnessAlarm("proc.example/witness", TreeHash.SHA_256, WitnessAlarm.Kind.FORK, 3, 3)),
                alarms);
        assertEquals(List.of(3L), shownSizes());
        alarms.clear();
        grow(3);
        assertEquals(1, round(witnesses).run());
        assertEquals(
                List.of(new WitnessAlarm("proc.example/witness", TreeHash.SHA_256, WitnessAlarm.Kind.REFUSED, 6, 3)),
                alarms);
        assertEquals(List.of(3L, 3L), shownSizes());
    }

    @Test
    void takesACosignatureFromConfiguredWitnessesOverItsOwnCheckpointsOnly() throws Exception {
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        Cosignatures cosignatures =
                new Cosignatures(witnesses, store, signers, (witness, checkpoint) -> shown.add(checkpoint));
        grow(3);
        witnesses.refresh(store);
        SignedCheckpoint ours = newest().checkpoint(TreeHash.SM3);
        SignedCheckpoint cosigned = ours.with(cosigner("proc", PROC).cosign(ours.checkpoint(), 1_800_000_000L));
        assertTrue(cosignatures.deposit(cosigned).startsWith("— proc.example/witness "));
        cosignatures.deposit(cosigned);
        assertEquals(1, cosigners(newest(), TreeHash.SM3));

        assertThrows(ProblemException.class, () -> cosignatures.deposit(ours), "nobody cosigned");
        assertTrue(shown.isEmpty());
        SignedCheckpoint stranger = ours.with(cosigner("proc", OWN).cosign(ours.checkpoint(), 1_800_000_000L));
        assertThrows(ProblemException.class, () -> cosignatures.deposit(stranger));
        Checkpoint other = new Checkpoint(ORIGIN + "/sm3", 3, new byte[32]);
        SignedCheckpoint foreign = SignedCheckpoint.sign(other, List.of(logSigner(TreeHash.SM3)))
                .with(cosigner("proc", PROC).cosign(other, 1_800_000_000L));
        assertThrows(ProblemException.class, () -> cosignatures.deposit(foreign));
        assertEquals(
                List.of(foreign),
                shown,
                "a witness that looks by itself shows another log: whoever judges it learns of it");
    }

    /** The log hands its checkpoints out with all cosignatures, and a witness hands back what it found with its own. */
    @Test
    void ofAProofAllAreNamedWhoCosignedIt() throws Exception {
        Witnesses witnesses = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        List<String> named = new ArrayList<>();
        Cosignatures cosignatures =
                new Cosignatures(witnesses, store, signers, (witness, checkpoint) -> named.add(witness));
        grow(3);
        witnesses.refresh(store);
        Checkpoint other = new Checkpoint(ORIGIN, 3, new byte[32]);
        SignedCheckpoint both = SignedCheckpoint.sign(other, List.of(logSigner(TreeHash.SHA_256)))
                .with(cosigner("proc", PROC).cosign(other, 1_800_000_000L))
                .with(cosigner("court", COURT).cosign(other, 1_800_000_000L));
        assertThrows(ProblemException.class, () -> cosignatures.deposit(both));
        assertEquals(List.of("court.example/witness, proc.example/witness"), named);
    }

    /** The procuratorate's key is withdrawn: what it cosigned counts no more, and its new key is asked for the same checkpoint. */
    @Test
    void aWithdrawnKeyIsTakenFromTheQuorumAndAFormerOneStays() throws Exception {
        URI proc = open("proc", PROC);
        URI court = open("court", COURT);
        Witnesses before = witnesses(Map.of("proc", proc, "court", court));
        before.refresh(store);
        grow(3);
        assertEquals(0, round(before).run());
        assertEquals(3, before.covered(store));
        String old = vkey("proc", PROC);
        String fresh = vkey("proc", OTHER);
        running.remove("proc").close();
        URI moved = open("proc", OTHER);

        Witnesses rotated = witnesses(Map.of("proc", moved, "court", court), List.of(fresh));
        rotated.refresh(store);
        assertEquals(3, rotated.covered(store), "the former key cosigned it in its time");
        assertTrue(known().stream().anyMatch(key -> key.toString().startsWith(old + " until ")));

        Witnesses withdrawn = witnesses(Map.of("proc", moved, "court", court), List.of(fresh, old + " withdrawn"));
        withdrawn.refresh(store);
        assertEquals(0, withdrawn.covered(store));
        rotated.refresh(store);
        assertEquals(0, rotated.covered(store), "another replica that was not told");
        assertEquals(0, round(withdrawn).run());
        assertEquals(3, withdrawn.covered(store), "by the new key");
        for (TreeHash tree : TreeHash.values()) {
            assertEquals(3, witnessLines(newest(), tree), "both lines of the procuratorate stay");
        }

        Witnesses listedAgain = witnesses(Map.of("proc", moved, "court", court), List.of(fresh, old));
        listedAgain.refresh(store);
        assertEquals(
                List.of(),
                listedAgain.verified(
                        newest().checkpoint(TreeHash.SM3).checkpoint(),
                        List.of(cosigner("proc", PROC)
                                .cosign(newest().checkpoint(TreeHash.SM3).checkpoint(), 1_900_000_000L))),
                "withdrawn for good");
    }

    /** Where all keys of a witness are withdrawn the service starts all the same: exchanges need no witness. */
    @Test
    void aWitnessWithoutAKeyLeftIsAnOutage() throws Exception {
        URI court = open("court", COURT);
        Witnesses bare = witnesses(
                Map.of("proc", URI.create("http://127.0.0.1:1"), "court", court),
                List.of(vkey("proc", PROC) + " withdrawn"));
        bare.refresh(store);
        grow(2);
        assertEquals(0, round(bare).run(), "it is not asked");
        assertEquals(0, bare.covered(store));
    }

    private List<WitnessKey> known() throws Exception {
        try (Connection connection = database.pool("xietong_auditor").getConnection()) {
            return WitnessKeyRows.all(connection);
        }
    }

    static String vkey(String name, Signer key) {
        return cosigner(name, key).verifierKey().toString();
    }

    private static long witnessLines(SignedHead head, TreeHash tree) throws Exception {
        return head.checkpoint(tree).note().signatures().stream()
                .filter(line -> line.name().endsWith("/witness"))
                .count();
    }

    /** Whoever may call is a stranger: what is not about our log, or names no witness, costs no signature's check. */
    @Test
    void checksASignatureOnlyOverItsOwnCheckpointsAndOnceForEachKey() throws Exception {
        Witnesses real = witnesses(Map.of("proc", open("proc", PROC), "court", open("court", COURT)));
        List<Integer> checked = new ArrayList<>();
        Witnesses counting =
                new Witnesses(new TestWitnessConfig(), () -> Map.of(), new ExchangedKeys(new SimpleMeterRegistry())) {
                    @Override
                    List<KnownWitness> known() {
                        return real.known();
                    }

                    @Override
                    List<NoteSignature> verified(Checkpoint checkpoint, List<NoteSignature> lines) {
                        checked.add(lines.size());
                        return real.verified(checkpoint, lines);
                    }
                };
        grow(3);
        Cosignatures cosignatures =
                new Cosignatures(counting, store, signers, (witness, checkpoint) -> shown.add(checkpoint));
        counting.refresh(store);
        Checkpoint ours = newest().checkpoint(TreeHash.SHA_256).checkpoint();
        NoteSigner proc = cosigner("proc", PROC);
        for (Checkpoint strange : List.of(
                new Checkpoint("another.example/log", 3, ours.root()),
                new Checkpoint(ORIGIN, 2, ours.root()),
                new Checkpoint(ORIGIN, 4, ours.root()),
                new Checkpoint(ORIGIN, 1L << 50, ours.root()),
                new Checkpoint(ORIGIN, 3, new byte[32]))) {
            refuses(cosignatures, strange, List.of(proc.cosign(strange, 1_800_000_000L)), ProblemType.NOT_FOUND);
        }
        assertEquals(
                List.of(1, 1, 1, 1), checked, "of our log, by a witness's key, and not published: it may be a proof");
        assertEquals(4, shown.size());
        checked.clear();
        refuses(cosignatures, ours, List.of(logSigner(TreeHash.SHA_256).sign(ours)), ProblemType.NOT_FOUND);
        List<NoteSignature> many = new ArrayList<>();
        for (int i = 0; i < 33; i++) {
            many.add(proc.cosign(ours, 1_800_000_000L + i));
        }
        refuses(cosignatures, ours, many, ProblemType.MALFORMED);
        assertEquals(List.of(), checked);
        String taken =
                cosignatures.deposit(new SignedCheckpoint(ours, new SignedNote(ours.text(), many.subList(0, 32))));
        assertEquals(List.of(1), checked, "of one key one line");
        assertEquals(many.getFirst().line() + "\n", taken);
    }

    private static void refuses(
            Cosignatures cosignatures, Checkpoint checkpoint, List<NoteSignature> lines, ProblemType as) {
        SignedCheckpoint signed = new SignedCheckpoint(checkpoint, new SignedNote(checkpoint.text(), lines));
        assertEquals(
                as,
                assertThrows(ProblemException.class, () -> cosignatures.deposit(signed))
                        .type());
    }

    @Test
    void oneReplicaSubmitsAtATime() throws Exception {
        UUID one = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        assertTrue(store.takesTurn(one));
        assertFalse(store.takesTurn(other));
        assertTrue(store.takesTurn(one));
    }

    @Test
    void refusesAConfigurationWhoseWitnessesCannotMakeTheQuorum() throws Exception {
        URI anywhere = URI.create("http://127.0.0.1:1");
        assertThrows(IllegalStateException.class, () -> witnesses(Map.of("proc", anywhere)));
        assertThrows(IllegalStateException.class, () -> witnesses(Map.of("proc", anywhere, "own", anywhere)));
        assertThrows(IllegalStateException.class, () -> witnesses(Map.of("own", anywhere, "court", anywhere)));
        witnesses(Map.of("proc", anywhere, "court", anywhere, "own", anywhere));
    }

    private List<Long> shownSizes() {
        return shown.stream().map(one -> one.checkpoint().size()).toList();
    }

    private WitnessRound round(Witnesses witnesses) {
        return new WitnessRound(witnesses, store, client, alarms::add, (witness, checkpoint) -> shown.add(checkpoint));
    }

    private SignedHead newest() throws Exception {
        try (Connection connection = database.pool("xietong_auditor").getConnection()) {
            return StoredCheckpoints.cosigned(
                    connection, StoredCheckpoints.newest(connection).orElseThrow());
        }
    }

    private static long cosigners(SignedHead head, TreeHash tree) throws Exception {
        List<VerifierKey> keys = List.of(
                cosigner("proc", PROC).verifierKey(), cosigner("court", COURT).verifierKey());
        return head.checkpoint(tree).verify(logSigner(tree).verifierKey(), keys).signatures().stream()
                .filter(by -> keys.contains(by.key()))
                .count();
    }

    private void grow(int entries) throws Exception {
        for (int i = 0; i < entries; i++) {
            journal.appendGrouped(Records.any());
        }
        int left = entries;
        while (left > 0) {
            left -= sequencer.sequence();
        }
        publisher.publish();
    }

    private void forgetCosignatures() throws Exception {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("ALTER TABLE xietong.ledger_cosignature DISABLE TRIGGER append_only");
            statement.execute("DELETE FROM xietong.ledger_cosignature");
        }
    }

    /** A state as it would be had the witness cosigned another, larger log under our key. */
    private void knows(String name, long size) throws IOException {
        Witness first = start(name, PROC);
        first.close();
        Checkpoint other = new Checkpoint(ORIGIN, size, new byte[32]);
        SignedCheckpoint signed = SignedCheckpoint.sign(other, List.of(logSigner(TreeHash.SHA_256)));
        Files.write(folder.resolve(name).resolve(stateFile()), signed.encode());
    }

    private static String stateFile() {
        byte[] digest = Digests.sha256(ORIGIN.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16) + ".checkpoint";
    }

    private URI open(String name, Signer key) throws IOException {
        Witness witness = start(name, key);
        running.put(name, witness);
        return URI.create("http://127.0.0.1:" + witness.address().getPort() + "/");
    }

    private Witness start(String name, Signer key) throws IOException {
        List<WatchedLog> logs = new ArrayList<>();
        for (TreeHash tree : TreeHash.values()) {
            logs.add(new WatchedLog(
                    signers.origin(tree), tree, List.of(logSigner(tree).verifierKey()), Optional.empty()));
        }
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Witness.start(
                new WitnessSetup(name + ".example/witness", key, free, folder.resolve(name), logs),
                InstantSource.system(),
                finding -> {});
    }

    static NoteSigner cosigner(String name, Signer key) {
        return NoteSigner.of(name + ".example/witness", SignatureType.COSIGNATURE_V1, key);
    }

    private static NoteSigner logSigner(TreeHash tree) {
        String origin = tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
        return NoteSigner.of(origin, SignatureType.ED25519, TestParties.signer(KeyAlgorithm.ED25519));
    }

    static LogSigners signers() {
        return new LogSigners(
                TestLog.named(ORIGIN),
                suite -> List.of(
                        switch (suite) {
                            case INTL -> TestParties.signer(KeyAlgorithm.ED25519);
                            case GM -> TestParties.signer(KeyAlgorithm.SM2);
                        }));
    }

    /** The IP office runs the log. */
    static Witnesses witnesses(Map<String, URI> urls) {
        return witnesses(urls, List.of(vkey("proc", PROC)));
    }

    static Witnesses witnesses(Map<String, URI> urls, List<String> ofProc) {
        Map<String, Signer> keys = Map.of("proc", PROC, "court", COURT, "own", OWN);
        Map<String, String> agencies = Map.of("proc", "PROC-421200", "court", "COURT-421200", "own", "IPO-421200");
        Map<String, WitnessesConfig.One> byLabel = new LinkedHashMap<>();
        urls.forEach((name, url) -> byLabel.put(name, new WitnessesConfig.One() {
            @Override
            public Optional<List<String>> key() {
                return Optional.of(name.equals("proc") ? ofProc : List.of(vkey(name, keys.get(name))));
            }

            @Override
            public Optional<Path> keysFile() {
                return Optional.empty();
            }

            @Override
            public String agency() {
                return agencies.get(name);
            }

            @Override
            public Optional<URI> url() {
                return Optional.of(url);
            }

            @Override
            public Optional<URI> monitoringUrl() {
                return Optional.empty();
            }
        }));
        return new Witnesses(new TestWitnessConfig(), () -> byLabel, new ExchangedKeys(new SimpleMeterRegistry()));
    }

    static final class TestWitnessConfig implements WitnessConfig {
        @Override
        public Optional<String> operatorAgency() {
            return Optional.of("IPO-421200");
        }

        @Override
        public List<String> required() {
            return List.of("PROC");
        }

        @Override
        public int others() {
            return 1;
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(100);
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration startTimeout() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(60);
        }
    }
}
