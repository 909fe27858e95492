package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Signer;
import org.xietong.crypto.TestParties;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.problem.ProblemException;
import org.xietong.witness.WatchedLog;
import org.xietong.witness.Witness;
import org.xietong.witness.WitnessSetup;

/** The log and its witnesses: real ones over HTTP, the log on a real PostgreSQL as the sequencer's role. */
class WitnessRoundTest {
    private static final String ORIGIN = "xietong.xianning.example/log";
    private static final Signer PROC =
            TestParties.fresh(KeyAlgorithm.ED25519, "proc").signer();
    private static final Signer COURT =
            TestParties.fresh(KeyAlgorithm.ED25519, "court").signer();
    private static final Signer OWN =
            TestParties.fresh(KeyAlgorithm.ED25519, "own").signer();

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

    private static NoteSigner cosigner(String name, Signer key) {
        return NoteSigner.of(name + ".example/witness", SignatureType.COSIGNATURE_V1, key);
    }

    private static NoteSigner logSigner(TreeHash tree) {
        String origin = tree == TreeHash.SM3 ? ORIGIN + "/sm3" : ORIGIN;
        return NoteSigner.of(origin, SignatureType.ED25519, TestParties.signer(KeyAlgorithm.ED25519));
    }

    private static LogSigners signers() {
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
        Map<String, Signer> keys = Map.of("proc", PROC, "court", COURT, "own", OWN);
        Map<String, String> agencies = Map.of("proc", "PROC-421200", "court", "COURT-421200", "own", "IPO-421200");
        Map<String, WitnessesConfig.One> byLabel = new LinkedHashMap<>();
        urls.forEach((name, url) -> byLabel.put(name, new WitnessesConfig.One() {
            @Override
            public List<String> key() {
                return List.of(cosigner(name, keys.get(name)).verifierKey().toString());
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
        return new Witnesses(new TestWitnessConfig(), () -> byLabel);
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
