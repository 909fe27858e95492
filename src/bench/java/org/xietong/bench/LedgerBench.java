package org.xietong.bench;

import io.agroal.api.AgroalDataSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xietong.app.DatabaseRole;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.Journal;
import org.xietong.ledger.MeasuredLedger;

/**
 * One run on a PostgreSQL of its own, durable. What is compared is measured in short turns one after the other, so that whatever
 * else the machine does falls on all alike; the first turns count for nothing.
 */
final class LedgerBench {
    private static final int BATCH = 256;
    private static final int CALLERS = 32;
    private static final int TURN = 16;
    private static final long NAIVE_NANOS = 500_000_000L;
    private static final int PROOFS = 1_000;
    private static final int LONGEST = 4;

    private final MeasuredLedger ledger;
    private final PlainDesigns plain;
    private final long nanos;

    private LedgerBench(MeasuredLedger ledger, PlainDesigns plain, int seconds) {
        this.ledger = ledger;
        this.plain = plain;
        this.nanos = seconds * 1_000_000_000L;
    }

    static LedgerReport run(Path build, int seconds) throws Exception {
        say("启动 PostgreSQL / starting PostgreSQL");
        try (BenchDatabase database = BenchDatabase.start(build.resolve("run/database"))) {
            database.migrate();
            byte[] entry = MeasuredLedger.entry();
            try (AgroalDataSource app = database.pool(DatabaseRole.APP);
                    AgroalDataSource sequencing = database.pool(DatabaseRole.SEQUENCER);
                    PlainDesigns plain = PlainDesigns.create(database.as(DatabaseRole.OWNER), app, entry)) {
                return new LedgerBench(new MeasuredLedger(app, sequencing, BATCH), plain, seconds)
                        .measure(entry.length);
            }
        }
    }

    /** Something that was done for a while. */
    private static final class Rate {
        private long count;
        private long nanos;

        double perSecond() {
            return count * 1e9 / nanos;
        }
    }

    private record Rates(Rate sequenced, Rate checkpointed, Rate bare, Rate naive) {}

    private interface Work {
        /** @return how much was done */
        long run() throws Exception;
    }

    private static void timed(Rate rate, Work work) throws Exception {
        long begin = System.nanoTime();
        rate.count += work.run();
        rate.nanos += System.nanoTime() - begin;
    }

    private LedgerReport measure(int entryBytes) throws Exception {
        say("预热 / warming up");
        turns(nanos / 3);
        say("计时 / measuring");
        Rates rates = turns(nanos);
        say("入账 / journal");
        double journaled = journaled();
        say("证明 / proofs");
        return new LedgerReport(
                journaled,
                rates.sequenced.perSecond(),
                rates.checkpointed.perSecond(),
                rates.bare.perSecond(),
                rates.naive.perSecond(),
                verified(TreeHash.SHA_256),
                verified(TreeHash.SM3),
                wholeLog(),
                entryBytes);
    }

    /** What is read ahead is so read while batches are counted, and none is left when others are measured. Until sequencing alone has taken so long, or all of it, with what must be prepared, some times as long. */
    private Rates turns(long atLeast) throws Exception {
        Rates rates = new Rates(new Rate(), new Rate(), new Rate(), new Rate());
        long end = System.nanoTime() + LONGEST * atLeast;
        do {
            ledger.prepare(2 * TURN);
            timed(rates.sequenced, () -> sequence(false));
            timed(rates.checkpointed, () -> sequence(true));
            timed(rates.bare, () -> {
                plain.insert(TURN, BATCH);
                return TURN * BATCH;
            });
            timed(rates.naive, () -> plain.appendNaively(NAIVE_NANOS));
        } while (rates.sequenced.nanos < atLeast && System.nanoTime() < end);
        return rates;
    }

    private long sequence(boolean publishing) throws Exception {
        long done = 0;
        for (int i = 0; i < TURN; i++) {
            int sequenced = ledger.sequence();
            if (sequenced != BATCH) {
                throw new BenchException("批次不完整", "a batch is not whole");
            }
            if (publishing) {
                ledger.publish();
            }
            done += sequenced;
        }
        return done;
    }

    private double journaled() throws Exception {
        try (Journal journal = ledger.journal()) {
            append(journal, nanos / 3);
            return append(journal, nanos);
        }
    }

    private static double append(Journal journal, long nanos) throws Exception {
        Rate rate = new Rate();
        long end = System.nanoTime() + nanos;
        timed(rate, () -> {
            List<Future<Long>> callers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < CALLERS; i++) {
                    callers.add(threads.submit(() -> {
                        long count = 0;
                        for (; System.nanoTime() < end; count++) {
                            journal.appendGrouped(MeasuredLedger.exchange());
                        }
                        return count;
                    }));
                }
            }
            long sum = 0;
            for (Future<Long> caller : callers) {
                sum += caller.get();
            }
            return sum;
        });
        return rate.perSecond();
    }

    private double verified(TreeHash tree) throws Exception {
        List<MeasuredLedger.Proof> proofs = ledger.proofs(tree, PROOFS);
        Rate rate = new Rate();
        for (int round = 0; rate.nanos < nanos / 4; round++) {
            if (round == 5) {
                rate = new Rate();
            }
            timed(rate, () -> {
                for (MeasuredLedger.Proof proof : proofs) {
                    if (!proof.holds(tree)) {
                        throw new BenchException("证明不成立", "a proof does not hold");
                    }
                }
                return proofs.size();
            });
        }
        return rate.perSecond();
    }

    private double wholeLog() throws Exception {
        say("核验整本日志 / verifying a whole log");
        try (VerifiedLog log = VerifiedLog.make()) {
            log.check(nanos / 3);
            return log.check(nanos);
        }
    }

    private static void say(String format, Object... values) {
        System.err.println(String.format(Locale.ROOT, format, values));
    }
}
