package org.xietong.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Gathers records of many callers into few commits: a writer takes all that waits, and while it commits the next group
 * gathers. Nobody waits for company: a record alone is written at once.
 */
final class GroupCommit implements AutoCloseable {
    private static final long GROUP_BYTES = 8L << 20;
    private static final long GLANCE_MILLIS = 100;

    private final JournalConfig config;
    private final JournalMetrics metrics;
    private final GroupTransaction transaction;
    private final BlockingQueue<Ticket> waiting;
    private final List<Thread> writers = new ArrayList<>();
    private volatile boolean closing;

    GroupCommit(DataSource store, JournalConfig config, JournalMetrics metrics) {
        this.config = config;
        this.metrics = metrics;
        transaction = new GroupTransaction(store, config.patience(), metrics);
        waiting = new ArrayBlockingQueue<>(config.queue());
        metrics.watch(waiting);
        for (int i = 1; i <= config.writers(); i++) {
            writers.add(Thread.ofPlatform().daemon().name("journal-" + i).start(this::work));
        }
    }

    /** Returns when the record is durable; see {@link Journal#appendGrouped}. */
    void append(PreparedRecord prepared) {
        Ticket ticket = new Ticket(prepared);
        if (closing || !waiting.offer(ticket)) {
            throw new JournalUnavailableException(closing ? "the journal is stopping" : "the journal is full");
        }
        if (closing && waiting.remove(ticket)) {
            throw new JournalUnavailableException("the journal is stopping");
        }
        ticket.await(config.patience());
    }

    private void work() {
        List<Ticket> group = new ArrayList<>(config.group());
        while (gather(group)) {
            if (!group.isEmpty()) {
                metrics.group(group.size());
                settle(group);
                group = new ArrayList<>(config.group());
            }
        }
    }

    private void settle(List<Ticket> group) {
        try {
            transaction.settle(group);
        } catch (Throwable bug) {
            JournalException reason = new JournalUnavailableException("the journal failed", bug);
            group.forEach(ticket -> ticket.fail(reason));
        }
    }

    /** Takes what waits, up to a group's size; false when nothing more will come. */
    private boolean gather(List<Ticket> group) {
        boolean last = closing;
        Ticket ticket = next();
        if (ticket == null) {
            return !last;
        }
        long bytes = 0;
        while (ticket != null) {
            if (!ticket.isSettled()) {
                group.add(ticket);
                bytes += ticket.prepared().weight();
            }
            boolean full = group.size() == config.group() || bytes >= GROUP_BYTES;
            ticket = full ? null : waiting.poll();
        }
        return true;
    }

    private @Nullable Ticket next() {
        try {
            return waiting.poll(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyInterruptsUs) {
            return null;
        }
    }

    /** Writes what waits, takes nothing new, and fails what is left once patience ends. */
    @Override
    public void close() {
        closing = true;
        long deadline = System.nanoTime() + config.patience().toNanos();
        try {
            for (Thread writer : writers) {
                writer.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Ticket left = waiting.poll(); left != null; left = waiting.poll()) {
            left.fail(new JournalUnavailableException("the journal has stopped"));
        }
    }
}
