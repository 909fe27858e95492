package org.xietong.record;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always up, since exchanges go on; that erasures are not outside the database is an alarm in its data. */
@Readiness
@Singleton
class OutsideErasuresHealth implements HealthCheck {
    private final OutsideErasures outside;

    OutsideErasuresHealth(OutsideErasures outside) {
        this.outside = outside;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("erasures")
                .up()
                .withData("keptOutside", outside.log().isPresent())
                .withData("behind", outside.behind())
                .build();
    }
}
