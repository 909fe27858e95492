package org.xietong.ledger;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Measures the journal on a durable PostgreSQL; prints exchanges per second. Not a test: run {@code main}. */
public final class JournalBench {
    private static final int SECONDS = 6;

    private JournalBench() {}

    public static void main(String[] arguments) throws Exception {
        try (JournalDatabase database = JournalDatabase.start(Files.createTempDirectory("bench"), 0)) {
            database.prepare();
            AgroalDataSource plain = database.wide("xietong_app", "connectTimeout=2");
            AgroalDataSource rewriting = database.wide("xietong_app", "reWriteBatchedInserts=true");
            print("hashing and salts alone, 2 threads", threads(2, () -> {
                PreparedRecord.of(Records.any());
                return 1;
            }));
            print("bare entry rows, 32 threads, a commit each", threads(32, () -> bare(plain)));
            print("append in own transaction, 32 threads", threads(32, () -> alone(plain)));
            for (int writers : new int[] {1, 2, 4}) {
                var config = new Records.Config(writers, 256, 4096, Records.CONFIG.patience());
                for (int callers : new int[] {1, 32, 256}) {
                    try (Journal journal = new Journal(plain, config, new SimpleMeterRegistry())) {
                        print(
                                "appendGrouped, %d writers, %d callers".formatted(writers, callers),
                                threads(callers, () -> {
                                    journal.appendGrouped(Records.any());
                                    return 1;
                                }));
                    }
                }
            }
            for (int group : new int[] {16, 32, 256}) {
                print("one statement with arrays, groups of " + group, threads(1, () -> arrays(plain, group)));
                print("rewritten batches, groups of " + group, threads(1, () -> batches(rewriting, group)));
            }
        }
    }

    private interface Step {
        int run() throws Exception;
    }

    private static long threads(int count, Step step) throws Exception {
        measure(count, step, 2);
        return measure(count, step, SECONDS);
    }

    private static long measure(int count, Step step, int seconds) throws Exception {
        AtomicLong done = new AtomicLong();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(executor.submit(() -> {
                    while (System.nanoTime() < end) {
                        done.addAndGet(step.run());
                    }
                    return null;
                }));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
        return done.get() / seconds;
    }

    private static int bare(AgroalDataSource store) throws Exception {
        PreparedRecord record = PreparedRecord.of(Records.any());
        try (Connection connection = store.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO journal_entry VALUES (?, ?, ?, ?)")) {
            entry(insert, record);
            insert.execute();
        }
        return 1;
    }

    private static int alone(AgroalDataSource store) throws Exception {
        PreparedRecord record = PreparedRecord.of(Records.any());
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            JournalStatement.write(connection, List.of(record));
            connection.commit();
        }
        return 1;
    }

    private static int arrays(AgroalDataSource store, int group) throws Exception {
        List<PreparedRecord> records = records(group);
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            JournalStatement.write(connection, records);
            connection.commit();
        }
        return group;
    }

    /** The rival: a batch per table, which the driver turns into inserts of many rows. */
    private static int batches(AgroalDataSource store, int group) throws Exception {
        try (Connection connection = store.getConnection()) {
            connection.setAutoCommit(false);
            batchesOn(connection, records(group));
            connection.commit();
        }
        return group;
    }

    private static void batchesOn(Connection connection, List<PreparedRecord> records) throws Exception {
        try (PreparedStatement nonces =
                        connection.prepareStatement("INSERT INTO nonce VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
                PreparedStatement entries =
                        connection.prepareStatement("INSERT INTO journal_entry VALUES (?, ?, ?, ?)");
                PreparedStatement parts =
                        connection.prepareStatement("INSERT INTO journal_part VALUES (?, ?, ?, ?, ?)");
                PreparedStatement pending = connection.prepareStatement("INSERT INTO journal_pending VALUES (?)");
                PreparedStatement index = connection.prepareStatement(
                        "INSERT INTO exchange_index VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement touched =
                        connection.prepareStatement("INSERT INTO exchange_touched VALUES (?, ?, ?, ?, ?, ?)")) {
            for (PreparedRecord prepared : records) {
                ExchangeRecord record = prepared.record();
                OffsetDateTime time = record.time().atOffset(ZoneOffset.UTC);
                for (PreparedRecord.NonceMark mark : prepared.marks()) {
                    bind(nonces, mark.slot(), mark.digest(), mark.created().atOffset(ZoneOffset.UTC));
                    nonces.addBatch();
                }
                entry(entries, prepared);
                entries.addBatch();
                for (SealedPart part : prepared.entry().parts()) {
                    bind(parts, record.id(), part.name(), part.index(), part.salt(), part.bytes());
                    parts.addBatch();
                }
                bind(pending, record.id());
                pending.addBatch();
                ExchangeIndex i = record.index();
                bind(
                        index,
                        record.id(),
                        time,
                        record.agency(),
                        i.unit(),
                        i.system(),
                        i.officer(),
                        i.operation(),
                        i.kind(),
                        i.outcome().name(),
                        i.rule(),
                        i.status());
                index.addBatch();
                for (Touched t : i.touched()) {
                    bind(touched, record.id(), t.subject(), t.thread(), t.ownerUnit(), t.changed(), time);
                    touched.addBatch();
                }
            }
            for (PreparedStatement batch : List.of(nonces, entries, parts, pending, index, touched)) {
                batch.executeBatch();
            }
        }
    }

    private static List<PreparedRecord> records(int group) {
        List<PreparedRecord> records = new ArrayList<>(group);
        for (int i = 0; i < group; i++) {
            records.add(PreparedRecord.of(Records.any()));
        }
        return records;
    }

    private static void entry(PreparedStatement insert, PreparedRecord prepared) throws Exception {
        ExchangeRecord record = prepared.record();
        bind(
                insert,
                record.id(),
                record.time().atOffset(ZoneOffset.UTC),
                record.agency(),
                prepared.entry().bytes());
    }

    private static void bind(PreparedStatement statement, Object... values) throws Exception {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static void print(String what, long perSecond) {
        System.out.printf("%-55s %,9d /s%n", what, perSecond);
    }
}
