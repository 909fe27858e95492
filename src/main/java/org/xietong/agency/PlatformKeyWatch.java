package org.xietong.agency;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.xietong.ledger.ExchangedKeys;

/**
 * Takes key files that were exchanged into use while the service runs, within five seconds. Files that cannot be used change
 * nothing, and are told of. Every certificate under which the platform has signed is kept, since evidence is checked
 * long after the key is gone; and until when each may have signed tokens, which outlive it for minutes.
 */
@Startup
@Singleton
class PlatformKeyWatch {
    private static final Logger LOG = Logger.getLogger(PlatformKeyWatch.class);

    private final ExchangedKeys exchanged;
    private final PlatformKeys keys;
    private final PlatformCertificates certificates;
    private final TokenKeyRows tokenKeys;
    private final boolean issues;
    private boolean recorded;
    private long noted;

    @Inject
    PlatformKeyWatch(
            ExchangedKeys exchanged,
            PlatformKeys keys,
            PlatformCertificates certificates,
            TokenKeyRows tokenKeys,
            TokenConfig tokens) {
        this.exchanged = exchanged;
        this.keys = keys;
        this.certificates = certificates;
        this.tokenKeys = tokenKeys;
        this.issues = tokens.publicKey().isEmpty();
        record();
    }

    @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        if (exchanged.look(ExchangedKeys.Kind.PLATFORM, keys.files())) {
            recorded = false;
        }
        if (!recorded || System.nanoTime() - noted >= TokenKeyRows.NOTED_EVERY.toNanos()) {
            record();
        }
    }

    private void record() {
        try {
            PlatformKeySet current = keys.current();
            certificates.record(current);
            if (issues) {
                tokenKeys.note(current.token());
            }
            noted = System.nanoTime();
            recorded = true;
        } catch (SQLException e) {
            LOG.warnf("the platform's certificates were not recorded: SQLSTATE %s", e.getSQLState());
        }
    }
}
