package org.xietong.agency;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes key files that were exchanged into use while the service runs, within five seconds. Files that cannot be used change
 * nothing, and are told of once. Every certificate under which the platform has signed is kept, since evidence is checked
 * long after the key is gone.
 */
@Startup
@Singleton
class PlatformKeyWatch {
    private static final Logger LOG = Logger.getLogger(PlatformKeyWatch.class);

    private final PlatformKeysConfig config;
    private final PlatformKeys keys;
    private final PlatformCertificates certificates;
    private List<Optional<Stamp>> seen;
    private boolean recorded;

    /** What tells one file from its successor. */
    private record Stamp(Object key, long size, long modified) {}

    @Inject
    PlatformKeyWatch(PlatformKeysConfig config, PlatformKeys keys, PlatformCertificates certificates) {
        this.config = config;
        this.keys = keys;
        this.certificates = certificates;
        this.seen = stamps();
        record();
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        List<Optional<Stamp>> now = stamps();
        if (!now.equals(seen)) {
            seen = now;
            try {
                keys.reload();
                recorded = false;
                LOG.info("平台密钥已更换 / the platform's keys were exchanged");
            } catch (IllegalStateException e) {
                LOG.errorf("平台密钥未更换，沿用原密钥 / the keys stay as they are: %s", e.getMessage());
            }
        }
        if (!recorded) {
            record();
        }
    }

    private void record() {
        try {
            certificates.record(keys.current());
            recorded = true;
        } catch (SQLException e) {
            LOG.warnf("the platform's certificates were not recorded: SQLSTATE %s", e.getSQLState());
        }
    }

    private List<Optional<Stamp>> stamps() {
        return Stream.of(
                        config.responseGm(),
                        config.responseIntl(),
                        config.token(),
                        config.tokenNext(),
                        config.logIntl(),
                        config.logIntlNext(),
                        config.logGm(),
                        config.logGmNext(),
                        config.evidenceIntl(),
                        config.evidenceGm())
                .map(file -> file.flatMap(PlatformKeyWatch::stamp))
                .toList();
    }

    private static Optional<Stamp> stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(
                    String.valueOf(is.fileKey()),
                    is.size(),
                    is.lastModifiedTime().toMillis()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
