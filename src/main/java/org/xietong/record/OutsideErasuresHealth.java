package org.xietong.record;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always up, since exchanges go on; that erasures are not outside the database, or not swept, is an alarm in its data. */
@Readiness
@Singleton
class OutsideErasuresHealth implements HealthCheck {
    private final OutsideErasures outside;
    private final ErasureSweep sweep;

    OutsideErasuresHealth(OutsideErasures outside, ErasureSweep sweep) {
        this.outside = outside;
        this.sweep = sweep;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("erasures")
                .up()
                .withData("keptOutside", outside.log().isPresent())
                .withData("behind", outside.behind())
                .withData("unswept", sweep.unswept())
                .build();
    }
}
