package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TileSource;
import org.xietong.evidence.TreeHash;

/** Whoever reads the log while it grows finds proofs that hold, each time, in both trees. */
class ReadersWhileWritersAppendTest {
    private static final int WRITERS = 4;
    private static final int EACH = 150;
    private static final int READERS = 3;

    private final LogSigners signers = TestLog.signers();

    @Test
    @Timeout(180)
    void everyProofHoldsWhileTheLogGrows() throws Exception {
        try (JournalDatabase database = JournalDatabase.start(Files.createTempDirectory("ledger"), 0)) {
            database.prepare();
            try (Journal journal =
                            new Journal(database.pool("xietong_app"), Records.CONFIG, new SimpleMeterRegistry());
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                grow(database, journal, threads);
            }
        }
    }

    private void grow(JournalDatabase database, Journal journal, ExecutorService threads) throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        AgroalDataSource auditor = database.pool("xietong_auditor");
        Future<Integer> leader = threads.submit(() -> lead(database.pool("xietong_sequencer"), writing));
        List<Future<Reader>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Reader reader = new Reader(auditor, i);
            readers.add(threads.submit(() -> reader.readUntil(WRITERS * EACH)));
        }
        List<Future<List<UUID>>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(threads.submit(() -> write(journal)));
        }
        List<UUID> acknowledged = new ArrayList<>();
        for (Future<List<UUID>> writer : writers) {
            acknowledged.addAll(writer.get());
        }
        writing.set(false);
        int published = leader.get();
        for (Future<Reader> each : readers) {
            Reader reader = each.get();
            assertTrue(reader.heads > 1, "a reader saw " + reader.heads + " heads only");
            assertTrue(reader.proofs >= 4 * reader.heads - 4, "a reader checked " + reader.proofs + " proofs only");
        }
        assertTrue(published > 1, published + " checkpoints only");
        WholeLedger.check(database, acknowledged, signers);
    }

    private static List<UUID> write(Journal journal) {
        List<UUID> acknowledged = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            ExchangeRecord record = Records.any();
            journal.appendGrouped(record);
            acknowledged.add(record.id());
        }
        return acknowledged;
    }

    /** Small batches, so that heads are many; ends when all is sequenced and published. */
    private int lead(AgroalDataSource store, AtomicBoolean writing) throws SQLException, IOException {
        Sequencer sequencer = new Sequencer(store, 16);
        CheckpointPublisher publisher = new CheckpointPublisher(store, signers, sequencer.self());
        int published = 0;
        boolean more = true;
        while (more) {
            boolean last = !writing.get();
            more = sequencer.sequence() > 0 || !last;
            published += publisher.publish().isPresent() ? 1 : 0;
        }
        return published;
    }

    /** Knows the log's keys, its public side and the entries that it was shown; trusts nothing else. */
    private final class Reader {
        private final AgroalDataSource auditor;
        private final LogReader log;
        private final Random random;
        private final Checkpoint[] former = new Checkpoint[TreeHash.values().length];
        private int heads;
        private int proofs;

        Reader(AgroalDataSource auditor, int seed) {
            this.auditor = auditor;
            AtomicLong clock = new AtomicLong();
            this.log = new LogReader(auditor, () -> clock.addAndGet(2_000_000_000L));
            this.random = new Random(seed);
        }

        Reader readUntil(int size) throws Exception {
            long seen = 0;
            while (seen < size) {
                Optional<SignedHead> head = log.newest();
                if (head.isPresent() && head.get().size() > seen) {
                    seen = head.get().size();
                    heads++;
                    check(TreeHash.SHA_256, head.get());
                    check(TreeHash.SM3, head.get());
                }
            }
            return this;
        }

        private void check(TreeHash hash, SignedHead head) throws Exception {
            SignedCheckpoint signed = SignedCheckpoint.parse(head.note(hash).getBytes(StandardCharsets.UTF_8));
            signed.verify(signers.verifierKeys(hash).getFirst(), signers.verifierKeys(hash));
            Checkpoint now = signed.checkpoint();
            assertEquals(head.size(), now.size());
            Prover prover = new Prover(hash, new TileNodes(hash, tiles(hash), now.size()));
            long index = random.nextLong(now.size());
            assertTrue(
                    prover.inclusion(index, now.size()).holds(hash, hash.leaf(entry(index)), now.root()),
                    () -> index + " in " + now.size());
            proofs++;
            Checkpoint before = former[hash.ordinal()];
            if (before != null) {
                assertTrue(
                        prover.consistency(before.size(), now.size()).holds(hash, before.root(), now.root()),
                        () -> before.size() + " to " + now.size());
                proofs++;
            }
            former[hash.ordinal()] = now;
        }

        private TileSource tiles(TreeHash hash) {
            return path -> switch (path) {
                case TilePath.Hashes hashes -> log.tile(hash, hashes);
                case TilePath.Entries entries -> Optional.empty();
            };
        }

        private byte[] entry(long index) throws SQLException {
            try (Connection connection = auditor.getConnection();
                    PreparedStatement select = connection.prepareStatement("SELECT e.bytes FROM ledger_leaf l"
                            + " JOIN journal_entry e ON e.id = l.entry_id WHERE l.position = ?")) {
                select.setLong(1, index);
                try (ResultSet row = select.executeQuery()) {
                    assertTrue(row.next(), () -> "no entry " + index);
                    return row.getBytes(1);
                }
            }
        }
    }
}
