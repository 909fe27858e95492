package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.evidence.RightEdge;
import org.xietong.evidence.TreeHash;
import org.xietong.testing.Stored;

/** Entries become leaves: contiguous, in both trees, by one leader, whatever fails; on a real PostgreSQL, as the sequencer's role. */
class SequencerTest {
    private JournalDatabase database;
    private AgroalDataSource writing;
    private AgroalDataSource sequencing;
    private Journal journal;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("ledger"), 0);
        database.prepare();
        writing = database.pool("xietong_app");
        sequencing = database.pool("xietong_sequencer");
        journal = new Journal(writing, Records.CONFIG, new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() throws Exception {
        journal.close();
        database.close();
    }

    @Test
    void putsEveryEntryInBothTreesOnceInContiguousPlaces() throws Exception {
        Sequencer sequencer = new Sequencer(sequencing, 7);
        for (int i = 0; i < 20; i++) {
            append(1 + i % 3);
            sequencer.sequence();
        }
        drain(sequencer);
        assertWhole(39);
        assertEquals(0, sequencer.sequence(), "nothing waits");
    }

    /** More than a tile, so that upper levels and full tiles are made; a sequencer that knows nothing goes on from the store. */
    @Test
    void goesOnFromTheStoreWhereAnotherEnded() throws Exception {
        append(300);
        drain(new Sequencer(sequencing, 256));
        expire();
        append(41);
        drain(new Sequencer(sequencing, 256));
        assertWhole(341);
        assertEquals(
                2, number("SELECT count(*) FROM xietong.ledger_tile WHERE level = 0 AND octet_length(hashes) = 8192"));
    }

    @Test
    void oneReplicaAloneLeads() throws Exception {
        Sequencer one = new Sequencer(sequencing, 256);
        Sequencer other = new Sequencer(sequencing, 256);
        append(3);
        assertEquals(3, one.sequence());
        append(2);
        assertEquals(0, other.sequence(), "another holds the lease");
        assertEquals(2, one.sequence());
        expire();
        append(1);
        assertEquals(1, other.sequence());
        append(1);
        assertEquals(0, one.sequence(), "it was taken over");
        assertEquals(1, other.sequence());
        assertEquals(2, number("SELECT epoch FROM xietong.ledger_head"));
        assertWhole(7);
    }

    /** Writers append while two replicas sequence, and the lease changes hands all the time. */
    @Test
    void losesAndRepeatsNothingUnderManyWritersAndTwoSequencers() throws Exception {
        AtomicBoolean writingOn = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sequenced = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Sequencer sequencer = new Sequencer(sequencing, 16);
                Callable<Integer> work = () -> {
                    int done = 0;
                    while (writingOn.get()) {
                        try {
                            done += sequencer.sequence();
                        } catch (SQLException collision) {
                            assertTrue(
                                    StoreFault.of(collision) != StoreFault.RECORD,
                                    () -> collision.getSQLState() + collision);
                        }
                    }
                    return done;
                };
                sequenced.add(threads.submit(work));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                writers.add(threads.submit(() -> append(50)));
            }
            for (Future<?> writer : writers) {
                expire();
                writer.get();
            }
            Stored.await(
                    "all are sequenced",
                    Duration.ofSeconds(30),
                    () -> numberOf("SELECT count(*) FROM xietong.journal_pending") == 0);
            writingOn.set(false);
            int done = 0;
            for (Future<Integer> each : sequenced) {
                done += each.get();
            }
            assertEquals(200, done);
        }
        assertWhole(200);
    }

    /** As what its writer committed only after many others: older than all that looks begin at. */
    @Test
    void whatCommitsVeryLateIsTakenAtTheNextWholeLook() throws Exception {
        append(3);
        Sequencer sequencer = new Sequencer(sequencing, 256);
        drain(sequencer);
        ExchangeRecord any = Records.any();
        journal.appendGrouped(new ExchangeRecord(
                ExchangeIds.at(System.currentTimeMillis() - Duration.ofHours(1).toMillis()),
                any.time(),
                any.agency(),
                any.parts(),
                any.index(),
                any.nonces()));
        append(1);
        assertEquals(1, sequencer.sequence(), "the older lies below what is looked at");
        Stored.await("the next whole look", Duration.ofSeconds(8), () -> {
            try {
                return sequencer.sequence() == 1;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        assertWhole(5);
    }

    /** As a stopped process would: its session ends by itself, and what it had not committed is undone. */
    @Test
    void aLeaderThatStopsInsideItsRoundIsTakenOverWithinFiveSeconds() throws Exception {
        append(5);
        long begun = System.nanoTime();
        try (Connection stopped = database.connect("xietong_sequencer")) {
            stopped.setAutoCommit(false);
            LedgerTransaction round = new LedgerTransaction(stopped, UUID.randomUUID());
            LedgerTransaction.Lead lead = round.lead(new UUID(0, 0), 256).orElseThrow();
            LedgerHead head = lead.head();
            List<Leaf> taken = round.leaves(lead.taken(), Map.of());
            assertEquals(5, taken.size());
            Sequencer other = new Sequencer(sequencing, 256);
            Stored.await("another takes over", Duration.ofSeconds(5), () -> {
                try {
                    return other.sequence() == 5;
                } catch (SQLException locked) {
                    return false;
                }
            });
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos());
            LedgerEdges.Grown grown = LedgerEdges.read(
                            stopped.isClosed() ? database.connect("postgres") : database.connect("xietong_app"),
                            new LedgerHead(head.epoch(), 0, head.sha256(), head.sm3()))
                    .append(taken);
            assertThrows(SQLException.class, () -> {
                round.append(head, taken, grown);
                stopped.commit();
            });
        }
        assertWhole(5);
    }

    /** A tile that was changed behind the triggers makes no root that was signed: nothing is appended to it. */
    @Test
    void appendsNothingToTilesThatDoNotMakeTheHead() throws Exception {
        append(3);
        drain(new Sequencer(sequencing, 256));
        superuser(
                "SET session_replication_role = replica; ALTER TABLE xietong.ledger_tile DISABLE TRIGGER ALL;"
                        + " UPDATE xietong.ledger_tile SET hashes = set_byte(hashes, 40, 255 - get_byte(hashes, 40)) WHERE tree = 'SM3'");
        expire();
        append(1);
        assertThrows(CorruptLedgerException.class, () -> new Sequencer(sequencing, 256).sequence());
        assertEquals(3, number("SELECT size FROM xietong.ledger_head"));
        assertEquals(1, number("SELECT count(*) FROM xietong.journal_pending"), "it still waits");
    }

    /** Another database answers at the same address, a standby that lagged: the places that it lost are not given out again. */
    @Test
    void appendsNothingToALedgerThatBecameSmaller() throws Exception {
        append(9);
        Sequencer leader = new Sequencer(sequencing, 256);
        drain(leader);
        setBackTo(4);
        append(30);
        assertThrows(SetBackException.class, leader::sequence);
        expire();
        assertThrows(
                SetBackException.class,
                () -> new Sequencer(sequencing, 256, () -> 9).sequence(),
                "another replica, which has seen it larger");
        assertEquals(4, number("SELECT size FROM xietong.ledger_head"));
        assertEquals(30, number("SELECT count(*) FROM xietong.journal_pending"), "they wait");
    }

    private void setBackTo(int size) throws SQLException, IOException {
        RightEdge sha256;
        RightEdge sm3;
        try (Connection app = database.connect("xietong_app")) {
            sha256 = RightEdge.read(TreeHash.SHA_256, size, new StoredTiles(app, TreeHash.SHA_256));
            sm3 = RightEdge.read(TreeHash.SM3, size, new StoredTiles(app, TreeHash.SM3));
        }
        HexFormat hex = HexFormat.of();
        superuser(
                "ALTER TABLE xietong.ledger_head DISABLE TRIGGER ALL; ALTER TABLE xietong.ledger_leaf DISABLE TRIGGER ALL;"
                        + " DELETE FROM xietong.ledger_leaf WHERE position >= " + size + ";"
                        + " UPDATE xietong.ledger_head SET size = " + size + ", sha256 = '\\x"
                        + hex.formatHex(sha256.root())
                        + "', sm3 = '\\x" + hex.formatHex(sm3.root()) + "'");
    }

    /** Else one lost connection would stop the sequencer for good. */
    @Test
    void aStoreThatDoesNotAnswerIsNoCorruptLedger() throws Exception {
        append(3);
        drain(new Sequencer(sequencing, 256));
        LedgerHead head = new LedgerHead(1, 3, head("sha256"), head("sm3"));
        Connection lost = database.connect("xietong_sequencer");
        lost.close();
        assertThrows(SQLException.class, () -> LedgerEdges.read(lost, head));
    }

    @Test
    void neitherOwnerNorSuperuserTakesAnythingBack() throws Exception {
        append(3);
        drain(new Sequencer(sequencing, 256));
        for (String role : List.of("postgres", "xietong_owner")) {
            for (String sql : List.of(
                    "UPDATE xietong.ledger_head SET size = 2",
                    "UPDATE xietong.ledger_head SET sha256 = sm3",
                    "DELETE FROM xietong.ledger_head",
                    "UPDATE xietong.ledger_leaf SET position = position + 1",
                    "DELETE FROM xietong.ledger_leaf",
                    "UPDATE xietong.ledger_tile SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0))",
                    "UPDATE xietong.ledger_tile SET hashes = substring(hashes FOR 32)",
                    "DELETE FROM xietong.ledger_tile",
                    "TRUNCATE xietong.ledger_checkpoint CASCADE")) {
                assertEquals("55000", failure(role, sql), role + " " + sql);
            }
        }
        for (String role : List.of("xietong_app", "xietong_eraser", "xietong_auditor")) {
            assertTrue(
                    List.of("42501", "25006").contains(failure(role, "UPDATE xietong.ledger_head SET size = 9")), role);
            assertTrue(
                    List.of("42501", "25006")
                            .contains(failure(role, "INSERT INTO xietong.ledger_leaf VALUES (9, gen_random_uuid())")),
                    role);
        }
    }

    private void append(int entries) {
        for (int i = 0; i < entries; i++) {
            journal.appendGrouped(Records.any());
        }
    }

    private static void drain(Sequencer sequencer) throws SQLException {
        while (sequencer.sequence() > 0) {
            // goes on until nothing waits
        }
    }

    private void expire() throws SQLException {
        superuser("UPDATE xietong.ledger_head SET until = clock_timestamp() - interval '1 s'");
    }

    /** Derives everything again from the entries: places, leaves, both roots, by a tree that shares no code with the product's. */
    private void assertWhole(int size) throws SQLException {
        List<byte[]> entries = new ArrayList<>();
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("SELECT l.position, e.id, e.bytes FROM xietong.ledger_leaf l"
                        + " JOIN xietong.journal_entry e ON e.id = l.entry_id ORDER BY l.position")) {
            HashSet<String> ids = new HashSet<>();
            while (row.next()) {
                assertEquals(entries.size(), row.getLong(1));
                assertTrue(ids.add(row.getString(2)));
                entries.add(row.getBytes(3));
            }
        }
        assertEquals(size, entries.size());
        assertEquals(size, number("SELECT count(*) FROM xietong.journal_entry"));
        assertEquals(0, number("SELECT count(*) FROM xietong.journal_pending"));
        assertEquals(size, number("SELECT size FROM xietong.ledger_head"));
        assertArrayEquals(naive(TreeHash.SHA_256, entries), head("sha256"));
        assertArrayEquals(naive(TreeHash.SM3, entries), head("sm3"));
    }

    /** RFC 6962 §2.1, word for word. */
    private static byte[] naive(TreeHash hash, List<byte[]> entries) {
        if (entries.size() == 1) {
            return hash.leaf(entries.getFirst());
        }
        int split = Integer.highestOneBit(entries.size() - 1);
        return hash.node(naive(hash, entries.subList(0, split)), naive(hash, entries.subList(split, entries.size())));
    }

    private byte[] head(String column) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + column + " FROM xietong.ledger_head")) {
            row.next();
            return row.getBytes(1);
        }
    }

    private long number(String sql) throws SQLException {
        return database.number(sql);
    }

    private long numberOf(String sql) {
        try {
            return number(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void superuser(String sql) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private String failure(String role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            return assertThrows(SQLException.class, () -> statement.execute(sql), role + " " + sql)
                    .getSQLState();
        }
    }
}
