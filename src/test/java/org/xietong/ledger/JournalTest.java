package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private JournalDatabase database;
    private AgroalDataSource store;
    private SimpleMeterRegistry metrics;
    private Journal journal;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.shared();
        store = database.pool("xietong_app");
        metrics = new SimpleMeterRegistry();
        journal = new Journal(store, Records.CONFIG, metrics);
    }

    @AfterEach
    void stop() {
        journal.close();
        store.close();
    }

    @Test
    void appendsInTheCallersTransaction() throws Exception {
        List<Long> before = database.counts();
        ExchangeRecord record = Records.any();
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            journal.append(connection, record);
            assertEquals(before, database.counts(), "seen before the commit");
            connection.commit();
        }
        assertEquals(plus(before, 1, 5, 1, 1, 1, 2), database.counts());
        OpenedExchange opened = new ExchangeReader(store).open(record.id()).orElseThrow();
        assertEquals(List.of(), opened.check());
        assertEquals(5, opened.parts().size());
        ExchangeRow row = new ExchangeReader(store).find(record.id()).orElseThrow();
        assertEquals(record.time().toEpochMilli(), row.time().toEpochMilli());
        assertEquals(record.index().touched(), new ExchangeReader(store).touched(record.id()));
    }

    @Test
    void storesExactlyTheBytesThatWereBuilt() throws Exception {
        PreparedRecord prepared = PreparedRecord.of(Records.any());
        try (Connection connection = store.getConnection()) {
            JournalStatement.write(connection, List.of(prepared));
        }
        OpenedExchange opened =
                new ExchangeReader(store).open(prepared.record().id()).orElseThrow();
        assertArrayEquals(prepared.entry().bytes(), opened.entry());
        for (SealedPart part : prepared.entry().parts()) {
            SealedPart stored = opened.parts().stream()
                    .filter(p -> p.ref().equals(part.ref()))
                    .findFirst()
                    .orElseThrow();
            assertArrayEquals(part.salt(), stored.salt());
            assertArrayEquals(part.bytes(), stored.bytes());
        }
    }

    @Test
    void replayInTheCallersTransactionLeavesNothing() throws Exception {
        NonceUse nonce = Records.nonce();
        journal.appendGrouped(Records.with(List.of(nonce)));
        List<Long> before = database.counts();
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            assertThrows(
                    ReplayException.class,
                    () -> journal.append(connection, Records.with(List.of(Records.nonce(), nonce))));
            connection.rollback();
        }
        assertEquals(before, database.counts());
    }

    @Test
    void aReplayAcrossGroupsIsRefused() throws Exception {
        NonceUse nonce = Records.nonce();
        journal.appendGrouped(Records.with(List.of(nonce)));
        List<Long> before = database.counts();
        assertThrows(ReplayException.class, () -> journal.appendGrouped(Records.with(List.of(nonce))));
        assertEquals(before, database.counts());
    }

    @Test
    void aReplayedSignatureDoesNotUseUpTheOtherNonceOfItsRequest() throws Exception {
        NonceUse used = Records.nonce();
        NonceUse fresh = Records.nonce();
        journal.appendGrouped(Records.with(List.of(used)));
        List<Long> before = database.counts();
        assertThrows(ReplayException.class, () -> journal.appendGrouped(Records.with(List.of(used, fresh))));
        assertEquals(before, database.counts());
        journal.appendGrouped(Records.with(List.of(fresh)));
    }

    @Test
    void nonceOfAnotherKeyOrTimeIsAnotherNonce() {
        NonceUse nonce = Records.nonce();
        journal.appendGrouped(Records.with(List.of(nonce)));
        journal.appendGrouped(Records.with(List.of(new NonceUse("another", nonce.nonce(), nonce.created()))));
    }

    @Test
    void recordWithoutNoncesIsWritten() throws Exception {
        long before = database.count("journal_entry");
        journal.appendGrouped(Records.with(List.of()));
        journal.appendGrouped(Records.record("R-1", List.of(), List.of()));
        assertEquals(before + 2, database.count("journal_entry"));
    }

    @Test
    void sixtyFourCallersAreWrittenOnceEachAndReplaysFailAlone() throws Exception {
        NonceUse spent = Records.nonce();
        journal.appendGrouped(Records.with(List.of(spent)));
        List<Long> before = database.counts();
        double groupsBefore = metrics.summary("xietong.journal.group.size").count();
        List<NonceUse> pairs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            pairs.add(Records.nonce());
        }
        List<ExchangeRecord> records = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            records.add(Records.any());
        }
        pairs.forEach(nonce -> records.add(Records.with(List.of(nonce))));
        pairs.forEach(nonce -> records.add(Records.with(List.of(nonce, Records.nonce()))));
        for (int i = 0; i < 30; i++) {
            records.add(Records.with(List.of(spent)));
        }
        Collections.shuffle(records, new Random(7));

        List<ExchangeRecord> written = Collections.synchronizedList(new ArrayList<>());
        List<ExchangeRecord> replayed = Collections.synchronizedList(new ArrayList<>());
        appendAll(records, 64, written, replayed);

        assertEquals(450, written.size());
        assertEquals(80, replayed.size());
        ExchangeReader reader = new ExchangeReader(store);
        for (ExchangeRecord record : written) {
            OpenedExchange opened = reader.open(record.id()).orElseThrow();
            assertEquals(5, opened.parts().size());
            assertEquals(List.of(), opened.check());
        }
        for (ExchangeRecord record : replayed) {
            assertTrue(reader.open(record.id()).isEmpty());
        }
        long nonces = written.stream().mapToLong(r -> r.nonces().size()).sum();
        assertEquals(plus(before, 450, 2250, 450, 450, 450, nonces), database.counts());
        double groups = metrics.summary("xietong.journal.group.size").count() - groupsBefore;
        assertTrue(groups < 300, "530 records took " + groups + " commits");
    }

    @Test
    void twoRecordsOfOneGroupWithOneNonceWriteOne() throws Exception {
        NonceUse nonce = Records.nonce();
        Ticket first = new Ticket(PreparedRecord.of(Records.with(List.of(nonce))));
        Ticket second = new Ticket(PreparedRecord.of(Records.with(List.of(nonce))));
        transaction().settle(List.of(first, second));
        first.await(Records.CONFIG.patience());
        assertThrows(ReplayException.class, () -> second.await(Records.CONFIG.patience()));
    }

    @Test
    void recordThatTheStoreRefusesFailsAlone() throws Exception {
        List<Long> before = database.counts();
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String rule = i == 13 || i == 29 ? "a\0b" : "R-1";
            tickets.add(new Ticket(PreparedRecord.of(Records.with(rule, List.of(Records.nonce())))));
        }
        transaction().settle(tickets);
        for (int i = 0; i < 40; i++) {
            Ticket ticket = tickets.get(i);
            if (i == 13 || i == 29) {
                assertThrows(UnstorableRecordException.class, () -> ticket.await(Records.CONFIG.patience()));
            } else {
                ticket.await(Records.CONFIG.patience());
            }
        }
        assertEquals(plus(before, 38, 190, 38, 38, 38, 38), database.counts());
    }

    @Test
    void anIdIsNotWrittenTwice() {
        ExchangeRecord record = Records.with(List.of());
        journal.appendGrouped(record);
        assertThrows(UnstorableRecordException.class, () -> journal.appendGrouped(record));
    }

    @Test
    void oversizeEntryIsRefusedBeforeAnythingIsSent() throws Exception {
        List<PartContent> parts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            parts.add(new PartContent(PartContent.DISCLOSED, i, new byte[] {1}));
        }
        List<Long> before = database.counts();
        ExchangeRecord large = Records.any();
        ExchangeRecord record =
                new ExchangeRecord(large.id(), large.time(), "COURT", parts, large.index(), large.nonces());
        assertThrows(EntryTooLargeException.class, () -> journal.appendGrouped(record));
        assertEquals(before, database.counts());
    }

    @Test
    void metricsCarryNoTagThatIdentifies() {
        journal.appendGrouped(Records.any());
        assertTrue(metrics.counter("xietong.journal.entries", "commit", "group").count() >= 1);
        metrics.getMeters()
                .forEach(meter -> meter.getId().getTags().forEach(tag -> {
                    assertEquals("commit", tag.getKey());
                    assertTrue(List.of("group", "caller").contains(tag.getValue()));
                }));
    }

    @Test
    void closingWritesWhatWaitsAndRefusesWhatComes() throws Exception {
        List<ExchangeRecord> records = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            records.add(Records.any());
        }
        List<UUID> acknowledged = Collections.synchronizedList(new ArrayList<>());
        List<UUID> refused = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ExchangeRecord record : records) {
                callers.submit(() -> {
                    try {
                        journal.appendGrouped(record);
                        acknowledged.add(record.id());
                    } catch (JournalUnavailableException e) {
                        refused.add(record.id());
                    }
                });
            }
            journal.close();
        }
        assertEquals(300, acknowledged.size() + refused.size());
        ExchangeReader reader = new ExchangeReader(store);
        for (UUID id : acknowledged) {
            assertTrue(reader.open(id).isPresent());
        }
        for (UUID id : refused) {
            assertTrue(reader.open(id).isEmpty());
        }
        assertThrows(JournalUnavailableException.class, () -> journal.appendGrouped(Records.any()));
    }

    private GroupTransaction transaction() {
        return new GroupTransaction(store, Records.CONFIG.patience(), new JournalMetrics(metrics));
    }

    private void appendAll(
            List<ExchangeRecord> records, int callers, List<ExchangeRecord> written, List<ExchangeRecord> replayed)
            throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int from = caller;
                futures.add(executor.submit(() -> {
                    for (int i = from; i < records.size(); i += callers) {
                        try {
                            journal.appendGrouped(records.get(i));
                            written.add(records.get(i));
                        } catch (ReplayException e) {
                            replayed.add(records.get(i));
                        }
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    private static List<Long> plus(List<Long> counts, long... added) {
        List<Long> sum = new ArrayList<>();
        for (int i = 0; i < added.length; i++) {
            sum.add(counts.get(i) + added[i]);
        }
        return sum;
    }
}
