package org.xietong.record;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.ledger.Gauges;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Where readers of the feed wait for something to be told. One watch per replica asks for all of them: while any waits, how far the feed
 * goes, and where it went further, which of them it went further for. Who waits holds no connection to the database, and what is
 * changed for others does not wake him. As the service stops, nobody waits any more.
 */
@ApplicationScoped
class ChangeWaits {
    private static final Logger LOG = Logger.getLogger(ChangeWaits.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int QUIET = 100;

    private final ChangeRows changes;
    private final FeedConfig config;
    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
    private final Thread stopping = Thread.ofPlatform().name("feed-stops").unstarted(this::stop);
    private volatile boolean open = true;
    private volatile @Nullable Thread watch;

    ChangeWaits(ChangeRows changes, FeedConfig config, MeterRegistry metrics) {
        this.changes = changes;
        this.config = config;
        Gauges.register(metrics, "xietong.feed.waiting", null, waiting, Set::size);
    }

    /** The JVM's own hook: {@code ShutdownEvent} comes only after the requests under way, which would be these. */
    void begin(@Observes StartupEvent event) {
        Runtime.getRuntime().addShutdownHook(stopping);
        watch = Thread.ofVirtual().name("feed-watch").start(this::watch);
    }

    void end(@Observes ShutdownEvent event) {
        stop();
        if (watch != null) {
            watch.interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopping);
        } catch (IllegalStateException alreadyStopping) {
            LOG.debug("the process ends");
        }
    }

    private void stop() {
        open = false;
        waiting.forEach(Waiter::wake);
    }

    /**
     * A place to wait in, of the unit's and of all.
     *
     * @throws ProblemException RATE_LIMITED where all are taken: an empty page at once would be asked for again at once
     */
    Place take(String unit) {
        if (taken.incrementAndGet() > config.waiting()) {
            taken.decrementAndGet();
            throw full();
        }
        if (places.merge(unit, 1, Integer::sum) > config.waitingPerUnit()) {
            leave(unit);
            throw full();
        }
        return new Place(unit);
    }

    private void leave(String unit) {
        places.computeIfPresent(unit, (u, count) -> count > 1 ? count - 1 : null);
        taken.decrementAndGet();
    }

    private static ProblemException full() {
        return new ProblemException(ProblemType.RATE_LIMITED, new FieldFault("wait", "TOO_MANY"));
    }

    /** Of one request; to be closed. */
    final class Place implements AutoCloseable {
        private final String unit;

        private Place(String unit) {
            this.unit = unit;
        }

        /**
         * Waits until the feed holds something for these viewers, or until the time has come.
         *
         * @param from up to where each of them has looked
         * @param head of the feed before that look
         * @param until by {@link System#nanoTime}
         * @return whether to look again
         */
        boolean untilTold(List<ChangeRows.From> from, long head, long until) {
            Waiter waiter = new Waiter(from, head);
            waiting.add(waiter);
            try {
                return open && waiter.woken.await(until - System.nanoTime(), TimeUnit.NANOSECONDS) && open;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                waiting.remove(waiter);
            }
        }

        @Override
        public void close() {
            leave(unit);
        }
    }

    private static final class Waiter {
        private final List<ChangeRows.From> from;
        private final CountDownLatch woken = new CountDownLatch(1);
        private volatile long head;

        private Waiter(List<ChangeRows.From> from, long head) {
            this.from = from;
            this.head = head;
        }

        private void wake() {
            woken.countDown();
        }
    }

    private void watch() {
        int failures = 0;
        while (open) {
            try {
                wakeWhomItConcerns();
                failures = 0;
            } catch (RuntimeException e) {
                if (failures++ % QUIET == 0) {
                    LOG.warnf("nobody is woken at the feed: %s", e.getClass().getName());
                }
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Who came after a head was read has seen all up to it, so that a change is missed by none. */
    private void wakeWhomItConcerns() {
        if (waiting.isEmpty()) {
            return;
        }
        long head = changes.head();
        List<Waiter> behind =
                waiting.stream().filter(waiter -> waiter.head < head).toList();
        if (behind.isEmpty()) {
            return;
        }
        Set<Integer> told =
                changes.told(behind.stream().map(waiter -> waiter.from).toList());
        for (int i = 0; i < behind.size(); i++) {
            if (told.contains(i)) {
                behind.get(i).wake();
            } else {
                behind.get(i).head = head;
            }
        }
    }
}
