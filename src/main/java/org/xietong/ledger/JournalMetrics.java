package org.xietong.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;

/** What the journal counts. Numbers only: no tag tells who exchanged what (I4). */
final class JournalMetrics {
    private final MeterRegistry registry;
    private final Counter grouped;
    private final Counter joined;
    private final Counter replays;
    private final Counter unavailable;
    private final DistributionSummary groups;
    private final Timer wait;

    JournalMetrics(MeterRegistry registry) {
        this.registry = registry;
        grouped = registry.counter("xietong.journal.entries", "commit", "group");
        joined = registry.counter("xietong.journal.entries", "commit", "caller");
        replays = registry.counter("xietong.journal.replays");
        unavailable = registry.counter("xietong.journal.unavailable");
        groups = registry.summary("xietong.journal.group.size");
        wait = registry.timer("xietong.journal.wait");
    }

    void watch(Collection<?> waiting) {
        registry.gaugeCollectionSize("xietong.journal.waiting", Tags.empty(), waiting);
    }

    void group(int size) {
        groups.record(size);
    }

    void committed(int entries) {
        grouped.increment(entries);
    }

    /** Added to a caller's transaction, which may still roll back. */
    void joined() {
        joined.increment();
    }

    /** Runs an append, timed, its failure counted. */
    void timed(Runnable append) {
        try {
            wait.record(append);
        } catch (ReplayException e) {
            replays.increment();
            throw e;
        } catch (JournalUnavailableException e) {
            unavailable.increment();
            throw e;
        }
    }
}
