package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;

/** How often the open side of the log asks the database, whoever asks it, with a clock of its own. */
class LogReaderTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong clock = new AtomicLong();
    private volatile boolean down;
    private JournalDatabase database;
    private Journal journal;
    private Sequencer sequencer;
    private CheckpointPublisher publisher;
    private LogReader log;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("open"), 0);
        database.prepare();
        AgroalDataSource sequencing = database.pool("xietong_sequencer");
        journal = new Journal(database.pool("xietong_app"), Records.CONFIG, new SimpleMeterRegistry());
        sequencer = new Sequencer(sequencing, 256);
        publisher = new CheckpointPublisher(sequencing, TestLog.signers(), sequencer.self());
        log = new LogReader(counted(database.pool("xietong_auditor")), clock::get);
    }

    @AfterEach
    void stop() throws Exception {
        journal.close();
        database.close();
    }

    private DataSource counted(DataSource store) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (down) {
                        throw new SQLException("down", "08001");
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
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

    private long size() {
        return log.newest().map(SignedHead::size).orElse(0L);
    }

    @Test
    void theNewestTimedIsLookedUpOnceASecond() throws Exception {
        OpenTimeStamps times = new OpenTimeStamps(counted(database.pool("xietong_auditor")), clock::get);
        for (int i = 0; i < 100; i++) {
            assertTrue(times.newest().isEmpty());
        }
        assertEquals(1, asked.get());
        clock.addAndGet(Duration.ofMillis(1_001).toNanos());
        down = true;
        for (int i = 0; i < 100; i++) {
            assertThrows(ProblemException.class, times::newest);
        }
        assertEquals(2, asked.get(), "a failure counts as a look");
    }

    @Test
    void aFloodCostsOneLookASecond() throws Exception {
        grow(2);
        List<Future<Long>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 2_000; i++) {
                readers.add(threads.submit(this::size));
            }
            for (Future<Long> reader : readers) {
                assertEquals(2, reader.get());
            }
        }
        assertEquals(1, asked.get());
        grow(1);
        clock.addAndGet(Duration.ofMillis(999).toNanos());
        assertEquals(2, size(), "not a second old");
        clock.addAndGet(Duration.ofMillis(2).toNanos());
        assertEquals(3, size());
        assertEquals(2, asked.get());
    }

    @Test
    void aStoreThatIsDownIsAskedOnceASecondToo() {
        down = true;
        for (int i = 0; i < 50; i++) {
            assertThrows(ProblemException.class, log::newest);
        }
        assertEquals(1, asked.get());
        down = false;
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertTrue(log.newest().isEmpty());
    }

    /** Another replica has shown the checkpoint already: its tiles are here at once. */
    @Test
    void tilesOfWhatWasPublishedAMomentAgoAreThere() throws Exception {
        grow(2);
        assertEquals(2, size());
        grow(3);
        clock.incrementAndGet();
        TilePath.Hashes five = new TilePath.Hashes(0, 0, 5);
        assertEquals(5 * TreeHash.SIZE, log.tile(TreeHash.SM3, five).orElseThrow().length);
        assertEquals(5, size(), "what was seen is told");
        assertTrue(log.tile(TreeHash.SM3, new TilePath.Hashes(0, 0, 6)).isEmpty());
    }

    @Test
    void aFullTileIsReadOnce() throws Exception {
        grow(300);
        TilePath.Hashes full = new TilePath.Hashes(0, 0, TilePath.FULL);
        for (TreeHash tree : TreeHash.values()) {
            byte[] first = log.tile(tree, full).orElseThrow();
            int before = asked.get();
            byte[] again = log.tile(tree, full).orElseThrow();
            assertArrayEquals(first, again);
            again[0] ^= 1;
            assertArrayEquals(first, log.tile(tree, full).orElseThrow(), "nobody changes what is kept");
            assertEquals(before, asked.get());
        }
        int before = asked.get();
        log.tile(TreeHash.SM3, new TilePath.Hashes(0, 1, 44)).orElseThrow();
        log.tile(TreeHash.SM3, new TilePath.Hashes(0, 1, 44)).orElseThrow();
        assertEquals(before + 2, asked.get(), "a partial one is not kept");
    }
}
