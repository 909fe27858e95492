package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.ImprintHash;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.crypto.TimeStampAuthority;
import org.xietong.crypto.TimeStampRequest;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.testing.Stored;

/** The procuratorate's old key got into others' hands: what it vouched for is chosen no more, and nothing is taken by it. */
class WithdrawnWitnessTest {
    private static final Signer OLD = WitnessRoundTest.PROC;
    private static final Signer NEW = WitnessRoundTest.OTHER;
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private JournalDatabase database;
    private AgroalDataSource sequencing;
    private Journal journal;
    private WitnessStore store;

    /** Checkpoints of 2, 4 and 6 entries. */
    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("withdrawn"), 0);
        database.prepare();
        sequencing = database.pool("xietong_sequencer");
        journal = new Journal(database.pool("xietong_app"), Records.CONFIG, new SimpleMeterRegistry());
        store = new WitnessStore(sequencing);
        Sequencer sequencer = new Sequencer(sequencing, 256);
        CheckpointPublisher publisher =
                new CheckpointPublisher(sequencing, WitnessRoundTest.signers(), sequencer.self());
        for (int size = 2; size <= 6; size += 2) {
            journal.appendGrouped(Records.any());
            journal.appendGrouped(Records.any());
            for (int left = 2; left > 0; ) {
                left -= sequencer.sequence();
            }
            publisher.publish();
        }
    }

    @AfterEach
    void stop() throws Exception {
        journal.close();
        database.close();
    }

    @Test
    void evidenceIsByTheFirstTimedOneWhoseQuorumStillHolds() throws Exception {
        Witnesses witnesses = both();
        witnesses.refresh(store);
        TimeStampReader times = new TimeStampReader(database.pool("xietong_auditor"), witnesses);
        cosign(2, OLD);
        store.cosigned(2, witnesses);
        time(2);
        assertEquals(2, vouching(times));
        withdraw();
        witnesses.refresh(store);
        assertEquals(2, vouching(times), "there is no better one");
        cosign(4, OLD);
        cosign(4, NEW);
        store.cosigned(4, witnesses);
        time(4);
        assertEquals(2, database.number("SELECT count(*) FROM xietong.ledger_vouched WHERE size = 2"), "stays noted");
        assertEquals(4, vouching(times));
    }

    @Test
    void aReceiptIsByTheNewestWhoseQuorumStillHolds() throws Exception {
        Witnesses witnesses = both();
        witnesses.refresh(store);
        Receipts receipts = new Receipts(database.pool("xietong_app"), witnesses);
        cosign(2, OLD);
        cosign(2, NEW);
        store.cosigned(2, witnesses);
        cosign(4, OLD);
        store.cosigned(4, witnesses);
        assertEquals(4, proving(receipts, 0));
        assertEquals(4, proving(receipts, 3));
        withdraw();
        witnesses.refresh(store);
        assertEquals(2, proving(receipts, 0));
        assertEquals(6, proving(receipts, 3), "nobody vouches for any that holds it");
    }

    /** The service ended between the last cosignature or time and the note of it. */
    @Test
    void whatACrashLeftUnnotedIsNotedAtTheNextStart() throws Exception {
        Witnesses witnesses = both();
        witnesses.refresh(store);
        cosign(2, OLD);
        time(2);
        cosign(4, OLD);
        store.cosigned(4, witnesses);
        superuser("ALTER TABLE xietong.ledger_vouched DISABLE TRIGGER append_only");
        time(4);
        superuser("DELETE FROM xietong.ledger_vouched WHERE by_whom = 'QUORUM_AND_TIME'");
        assertEquals(1, database.count("ledger_vouched"));
        store.noteAgain(witnesses);
        assertEquals(4, database.count("ledger_vouched"), "both of both");
        store.noteAgain(witnesses);
        assertEquals(4, database.count("ledger_vouched"));
    }

    /** A replica that was just started, and whose files still list the key. */
    @Test
    void nothingIsTakenBeforeItIsKnownWhatIsWithdrawn() throws Exception {
        both().refresh(store);
        withdraw();
        Witnesses started = both();
        Cosignatures cosignatures =
                new Cosignatures(started, store, WitnessRoundTest.signers(), (witness, checkpoint) -> {});
        SignedCheckpoint ours = store.at(6).orElseThrow().checkpoint(TreeHash.SHA_256);
        SignedCheckpoint cosigned =
                ours.with(WitnessRoundTest.cosigner("proc", OLD).cosign(ours.checkpoint(), 1_800_000_000L));
        assertEquals(
                ProblemType.UNAVAILABLE,
                assertThrows(ProblemException.class, () -> cosignatures.deposit(cosigned))
                        .type());
        WitnessKeyWatch watch = new WitnessKeyWatch(started, store);
        watch.begin(new StartupEvent());
        try {
            assertTrue(started.isReady(), "before anything is answered");
            assertEquals(
                    ProblemType.NOT_FOUND,
                    assertThrows(ProblemException.class, () -> cosignatures.deposit(cosigned))
                            .type());
            assertEquals(0, database.count("ledger_cosignature"));
        } finally {
            watch.end(new ShutdownEvent());
        }
    }

    /** A witness that never answers holds the round up, and no withdrawal. */
    @Test
    void aWithdrawalHoldsWithinSecondsWhileARoundWaits() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                WitnessClient client = new WitnessClient(Duration.ofSeconds(30));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            Witnesses witnesses =
                    WitnessRoundTest.witnesses(Map.of("proc", url, "court", NOBODY), List.of(key(OLD), key(NEW)));
            WitnessKeyWatch watch = new WitnessKeyWatch(witnesses, store);
            watch.begin(new StartupEvent());
            Future<Integer> round = threads.submit(
                    () -> new WitnessRound(witnesses, store, client, alarm -> {}, (witness, checkpoint) -> {}).run());
            try {
                silent.accept();
                withdraw();
                Stored.await("the withdrawal", Duration.ofSeconds(10), witnesses::hasWithdrawn);
                assertFalse(round.isDone());
            } finally {
                round.cancel(true);
                watch.end(new ShutdownEvent());
            }
        }
    }

    private static Witnesses both() {
        return WitnessRoundTest.witnesses(Map.of("proc", NOBODY, "court", NOBODY), List.of(key(OLD), key(NEW)));
    }

    /** At another replica. */
    private void withdraw() throws Exception {
        WitnessRoundTest.witnesses(Map.of("proc", NOBODY, "court", NOBODY), List.of(key(NEW), key(OLD) + " withdrawn"))
                .refresh(store);
    }

    private static String key(Signer key) {
        return WitnessRoundTest.vkey("proc", key);
    }

    /** By this key of the procuratorate's, and the court's. */
    private void cosign(long size, Signer proc) throws Exception {
        SignedHead head = store.at(size).orElseThrow();
        for (TreeHash tree : TreeHash.values()) {
            var checkpoint = head.checkpoint(tree).checkpoint();
            store.keep(size, tree, WitnessRoundTest.cosigner("proc", proc).cosign(checkpoint, 1_800_000_000L));
            store.keep(
                    size,
                    tree,
                    WitnessRoundTest.cosigner("court", WitnessRoundTest.COURT).cosign(checkpoint, 1_800_000_000L));
        }
    }

    private void time(long size) throws Exception {
        KeyFile stamper =
                TestParties.authority(Suite.INTL).issueForTimeStamping("时间戳", TestParties.FROM, TestParties.TO);
        TimeStampAuthority authority =
                new TimeStampAuthority(stamper.signer(), Clock.fixed(TestParties.NOW, ZoneOffset.UTC));
        SignedHead head = store.at(size).orElseThrow();
        for (TreeHash tree : TreeHash.values()) {
            TimeStampRequest request = TimeStampRequest.over(
                    head.note(tree).getBytes(StandardCharsets.UTF_8),
                    tree == TreeHash.SM3 ? ImprintHash.SM3 : ImprintHash.SHA_256);
            new TimeStampRows(sequencing)
                    .store(
                            size,
                            tree,
                            "a",
                            request.accept(
                                    authority.answer(request.der()),
                                    List.of(TestParties.authority(Suite.INTL).root())));
        }
    }

    private static long vouching(TimeStampReader times) {
        return times.vouching(1).orElseThrow().head().size();
    }

    private long proving(Receipts receipts, int position) throws Exception {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT entry_id FROM xietong.ledger_leaf WHERE position = " + position)) {
            row.next();
            return receipts.proven(List.of(row.getObject(1, UUID.class)))
                    .orElseThrow()
                    .head()
                    .size();
        }
    }

    private void superuser(String sql) throws Exception {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
