package org.xietong.ledger;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Well as long as checkpoints get their quorum. Never a matter of readiness: exchanges go on without witnesses. */
@Wellness
@Singleton
class WitnessHealth implements HealthCheck {
    private final WitnessWatch watch;
    private final Witnesses witnesses;
    private final WitnessInquiry inquiry;

    WitnessHealth(WitnessWatch watch, Witnesses witnesses, WitnessInquiry inquiry) {
        this.watch = watch;
        this.witnesses = witnesses;
        this.inquiry = inquiry;
    }

    @Override
    public HealthCheckResponse call() {
        WitnessWatch.Seen seen = watch.seen();
        return HealthCheckResponse.named("witnesses")
                .status(watch.isWell())
                .withData("configured", witnesses.known().size())
                .withData("size", seen.size())
                .withData("lagMillis", seen.lag().toMillis())
                .withData("alarms", seen.alarms())
                .withData("unheardSinceStart", String.join(", ", inquiry.unheard()))
                .build();
    }
}
