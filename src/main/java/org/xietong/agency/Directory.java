package org.xietong.agency;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The directory in memory. No request asks the database: one thread asks each second for the version and reads all of
 * it when that has changed. What could not be confirmed for 5 s is not used, so that a suspension works within 5 s on
 * every replica, whatever happens between it and the database (I2).
 */
@ApplicationScoped
public class Directory {
    static final Duration INTERVAL = Duration.ofSeconds(1);
    static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final long NONE = Long.MIN_VALUE;
    private static final Logger LOG = Logger.getLogger(Directory.class);

    private final LongFunction<Optional<DirectorySnapshot>> source;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("directory-watch").unstarted(task));
    private volatile @Nullable Confirmed confirmed;
    private boolean failing;

    /** @param since reading of the monotonic clock <em>before</em> the database was last asked */
    private record Confirmed(DirectorySnapshot snapshot, long since) {}

    @Inject
    Directory(DirectoryReader reader) {
        this(reader::readUnless, System::nanoTime);
    }

    /** @param source gives the directory, or empty if its version is still the given one; throws if it cannot be read */
    Directory(LongFunction<Optional<DirectorySnapshot>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /**
     * The directory, confirmed within the last 5 s. Ask once per exchange, and keep the answer for its duration.
     *
     * @throws ProblemException {@code UNAVAILABLE} if it was never read or could not be confirmed for 5 s
     */
    public DirectorySnapshot current() {
        Confirmed held = confirmed;
        if (held == null || nanoTime.getAsLong() - held.since() > MAX_AGE.toNanos()) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        return held.snapshot();
    }

    void onStart(@Observes StartupEvent event) {
        start();
    }

    /** Reads once and goes on watching. A directory that cannot be read denies everybody until it can. */
    void start() {
        poll();
        Future<?> unused = watch.scheduleWithFixedDelay(
                this::poll, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        watch.shutdownNow();
    }

    /** Never throws: an exception would end the watch. */
    void poll() {
        long asked = nanoTime.getAsLong();
        Confirmed held = confirmed;
        try {
            DirectorySnapshot snapshot = source.apply(
                            held == null ? NONE : held.snapshot().version())
                    .orElseGet(() -> known(held));
            confirmed = new Confirmed(snapshot, asked);
            report(false, "");
        } catch (RuntimeException | Error e) {
            report(true, e.toString());
        }
    }

    private static DirectorySnapshot known(@Nullable Confirmed held) {
        if (held == null) {
            throw new IllegalStateException("the directory has never been read");
        }
        return held.snapshot();
    }

    private void report(boolean nowFailing, String why) {
        if (nowFailing && !failing) {
            LOG.errorf("机构目录无法读取，五秒后拒绝所有请求 / directory cannot be read, all is denied after 5 s: %s", why);
        } else if (!nowFailing && failing) {
            LOG.info("机构目录恢复可读 / directory can be read again");
        }
        failing = nowFailing;
    }
}
