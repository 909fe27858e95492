package org.xietong.ledger;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always up, since exchanges need no time-stamp; the alarms stand in its data. */
@Readiness
@Singleton
class TimeStampHealth implements HealthCheck {
    private final TimeStampState state;

    TimeStampHealth(TimeStampState state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("time-stamps")
                .up()
                .withData("authorities", state.authorities())
                .withData("lagSeconds", state.waiting().toSeconds())
                .withData("untimed", state.isUntimed())
                .withData("clocksDiffer", state.clocksDiffer())
                .build();
    }
}
