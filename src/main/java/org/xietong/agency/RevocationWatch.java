package org.xietong.agency;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.xietong.client.BoundedHttp;
import org.xietong.crypto.RevocationList;
import org.xietong.ledger.Gauges;

/**
 * Looks at the configured sources of revocation lists from time to time and keeps what is new. A source that fails, or whose list is
 * out of date, is said once and counted; nothing waits for it.
 */
@Singleton
class RevocationWatch {
    private static final Logger LOG = Logger.getLogger(RevocationWatch.class);

    private final Revocations revocations;
    private final RevocationConfig config;
    private final List<String> sources;
    private final BoundedHttp http;
    private final Clock clock;
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread watch;

    @Inject
    RevocationWatch(Revocations revocations, RevocationConfig config, MeterRegistry metrics) {
        this(revocations, config, metrics, Clock.systemUTC());
    }

    RevocationWatch(Revocations revocations, RevocationConfig config, MeterRegistry metrics, Clock clock) {
        this.revocations = revocations;
        this.config = config;
        this.sources = config.crls().orElse(List.of());
        this.http = new BoundedHttp(config.timeout(), RevocationList.MAX_BYTES);
        this.clock = clock;
        Gauges.register(metrics, "xietong.revocation.failing", null, failing, Set::size);
    }

    void begin(@Observes StartupEvent event) {
        if (!sources.isEmpty()) {
            watch = Thread.ofVirtual().name("revocation").start(this::run);
        }
    }

    void end(@Observes ShutdownEvent event) {
        Thread running = watch;
        if (running != null) {
            running.interrupt();
        }
        http.close();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(config.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the sources that gave no list to rely on now */
    Set<String> look() throws InterruptedException {
        Set<String> failed = new HashSet<>();
        for (String source : sources) {
            Optional<String> fault = fault(source);
            if (fault.isPresent()) {
                failed.add(source);
                if (failing.add(source)) {
                    LOG.warnf(
                            "吊销列表不可用 / no revocation list from source %d: %s",
                            sources.indexOf(source) + 1, fault.get());
                }
            }
        }
        failing.retainAll(failed);
        return failed;
    }

    private Optional<String> fault(String source) throws InterruptedException {
        try {
            RevocationList list = revocations.keep(fetch(source));
            return list.covers(clock.instant()) ? Optional.empty() : Optional.of("out of date");
        } catch (IOException | SQLException e) {
            return Optional.of(e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            return Optional.of("not a complete list of an authority that the directory trusts");
        }
    }

    private byte[] fetch(String source) throws IOException, InterruptedException {
        if (source.startsWith("http://") || source.startsWith("https://")) {
            return http.send(HttpRequest.newBuilder(URI.create(source)).GET().build(), Optional.empty());
        }
        Path file = Path.of(source);
        if (Files.size(file) > RevocationList.MAX_BYTES) {
            throw new IOException("the list is too long");
        }
        return Files.readAllBytes(file);
    }
}
