package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that cannot be reached says so in bounded time, and never leaves half an exchange (I3). */
class JournalOutageTest {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final long BOUND_MILLIS = 4000;

    /** Else the driver names its COMMIT after some uses, and the relay no longer knows it. */
    private static final String COMMIT_AS_TEXT = "prepareThreshold=0";

    private JournalDatabase database;
    private Relay relay;
    private AgroalDataSource store;
    private Journal journal;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.shared();
        relay = new Relay(database.port());
        store = database.pool("xietong_app", relay.port(), "connectTimeout=2&" + COMMIT_AS_TEXT);
        journal = new Journal(store, config(4096), new SimpleMeterRegistry());
        journal.appendGrouped(Records.any());
    }

    @AfterEach
    void stop() throws Exception {
        relay.restore();
        relay.thaw();
        journal.close();
        store.close();
        relay.close();
    }

    @Test
    void storeThatFallsSilentFailsEveryWaiterWithinTheBound() throws Exception {
        List<Long> before = database.counts();
        relay.freeze();
        assertEquals(200, refusedWithinBound(200));
        relay.endAll();
        relay.thaw();
        assertEquals(before, database.counts());
        eventuallyAppends();
    }

    @Test
    void storeOutOfReachFailsEveryWaiterWithinTheBound() throws Exception {
        List<Long> before = database.counts();
        relay.cut();
        assertEquals(200, refusedWithinBound(200));
        assertEquals(before, database.counts());
        relay.restore();
        eventuallyAppends();
    }

    @Test
    void connectionLostBeforeTheCommitLeavesNothing() throws Exception {
        List<Long> before = database.counts();
        relay.cutAtCommit();
        assertEquals(20, refusedWithinBound(20));
        assertEquals(before, database.counts());
    }

    @Test
    void lostAnswerToACommitIsNeverAcknowledgedAndNeverWrittenTwice() throws Exception {
        long before = database.count("journal_entry");
        relay.cutAfterCommit();
        ExchangeRecord record = Records.any();
        assertThrows(JournalUnavailableException.class, () -> journal.appendGrouped(record));
        await(() -> database.count("journal_entry") == before + 1);
        relay.restore();
        eventuallyAppends();
    }

    @Test
    void connectionsThatDiedInThePoolAreReplacedUnnoticed() throws Exception {
        refusedOf(64, Collections.synchronizedList(new ArrayList<>()));
        relay.endAll();
        assertEquals(0, refusedOf(64, Collections.synchronizedList(new ArrayList<>())));
    }

    @Test
    void fullQueueRefusesAtOnce() throws Exception {
        try (Journal small = new Journal(store, config(3), new SimpleMeterRegistry())) {
            relay.freeze();
            CountDownLatch refused = new CountDownLatch(1);
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 700; i++) {
                    callers.submit(() -> {
                        try {
                            small.appendGrouped(Records.any());
                        } catch (JournalUnavailableException e) {
                            if (e.getMessage().contains("full")) {
                                refused.countDown();
                            }
                        }
                    });
                }
                assertTrue(refused.await(1, TimeUnit.SECONDS));
            }
            relay.endAll();
            relay.thaw();
        }
    }

    @Test
    void brokenTableIsUnavailableAndNotTheRecordsFault() throws Exception {
        owner("ALTER TABLE exchange_index RENAME TO hidden");
        List<Long> before;
        try {
            before = List.of(database.count("journal_entry"), database.count("nonce"));
            assertThrows(JournalUnavailableException.class, () -> journal.appendGrouped(Records.any()));
        } finally {
            owner("ALTER TABLE hidden RENAME TO exchange_index");
        }
        assertEquals(before, List.of(database.count("journal_entry"), database.count("nonce")));
        journal.appendGrouped(Records.any());
    }

    @Test
    void storeKilledUnderLoadKeepsWhatWasAcknowledgedAndNothingHalf(@TempDir Path directory) throws Exception {
        JournalDatabase own = JournalDatabase.start(directory.resolve("pg"), 0);
        int port = own.port();
        own.prepare();
        List<UUID> acknowledged = Collections.synchronizedList(new ArrayList<>());
        AgroalDataSource pool = own.pool("xietong_app");
        try (Journal victim = new Journal(pool, config(4096), new SimpleMeterRegistry());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                futures.add(callers.submit(() -> {
                    while (true) {
                        ExchangeRecord record = Records.any();
                        try {
                            victim.appendGrouped(record);
                            acknowledged.add(record.id());
                        } catch (JournalUnavailableException gone) {
                            return;
                        }
                    }
                }));
            }
            await(() -> acknowledged.size() > 500);
            own.kill();
            for (Future<?> future : futures) {
                future.get(BOUND_MILLIS, TimeUnit.MILLISECONDS);
            }
            try (JournalDatabase again = JournalDatabase.start(directory.resolve("pg"), port)) {
                await(() -> {
                    try {
                        victim.appendGrouped(Records.any());
                        return true;
                    } catch (JournalUnavailableException notYet) {
                        return false;
                    }
                });
                ExchangeReader reader = new ExchangeReader(pool);
                for (UUID id : acknowledged) {
                    assertTrue(reader.open(id).isPresent(), "an acknowledged exchange is gone");
                }
                long entries = again.count("journal_entry");
                assertTrue(entries >= acknowledged.size());
                assertEquals(List.of(entries, 5 * entries, entries, entries, entries, 2 * entries), again.counts());
            }
        }
    }

    private int refusedWithinBound(int callers) throws Exception {
        List<Long> millis = Collections.synchronizedList(new ArrayList<>());
        int refused = refusedOf(callers, millis);
        assertTrue(Collections.max(millis) < BOUND_MILLIS, "a caller waited " + Collections.max(millis) + " ms");
        return refused;
    }

    private int refusedOf(int callers, List<Long> millis) throws Exception {
        int refused = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> futures = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                futures.add(executor.submit(() -> {
                    long start = System.nanoTime();
                    try {
                        journal.appendGrouped(Records.any());
                        return false;
                    } catch (JournalUnavailableException e) {
                        return true;
                    } finally {
                        millis.add((System.nanoTime() - start) / 1_000_000);
                    }
                }));
            }
            for (Future<Boolean> future : futures) {
                refused += future.get() ? 1 : 0;
            }
        }
        return refused;
    }

    private void eventuallyAppends() throws Exception {
        await(() -> {
            try {
                journal.appendGrouped(Records.any());
                return true;
            } catch (JournalUnavailableException notYet) {
                return false;
            }
        });
    }

    private void owner(String sql) throws Exception {
        try (Connection owner = database.connect("xietong_owner");
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Records.Config config(int queue) {
        return new Records.Config(2, 256, queue, PATIENCE);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "waited in vain");
            LockSupport.parkNanos(5_000_000);
        }
    }
}
