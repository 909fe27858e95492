package org.xietong.ledger;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as answers may be given: down where the log is further behind than the limit. */
@Readiness
@Singleton
class LedgerHealth implements HealthCheck {
    private final MergeDelay delay;

    LedgerHealth(MergeDelay delay) {
        this.delay = delay;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log")
                .status(!delay.isPastLimit())
                .withData("mergeDelayMillis", delay.current().toMillis())
                .withData("overdue", delay.isOverdue())
                .build();
    }
}
