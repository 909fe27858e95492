package org.xietong.ledger;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as answers may be given: down where the log is further behind than the limit, or the
 * database was set back and nobody has decided. */
@Readiness
@Singleton
class LedgerHealth implements HealthCheck {
    private final MergeDelay delay;
    private final RestoreGuard restored;

    LedgerHealth(MergeDelay delay, RestoreGuard restored) {
        this.delay = delay;
        this.restored = restored;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log")
                .status(!delay.isPastLimit() && restored.isOpen())
                .withData("mergeDelayMillis", delay.current().toMillis())
                .withData("overdue", delay.isOverdue())
                .withData("restored", restored.isRestored())
                .withData("lostSize", restored.lostSize())
                .withData("keptOutside", restored.isKeptOutside())
                .build();
    }
}
