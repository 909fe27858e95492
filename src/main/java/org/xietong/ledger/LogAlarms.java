package org.xietong.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * All alarms of the log in one place: {@code /health/well} says which are raised, the gauge how many. None of them is a matter of
 * readiness: exchanges go on, and an operator looks.
 */
@Wellness
@Singleton
class LogAlarms implements HealthCheck {
    private final MergeDelay delay;
    private final LedgerWatch ledger;
    private final TimeStampState times;
    private final WitnessWatch witnesses;
    private final WitnessInquiry inquiry;
    private final MeterRegistry metrics;

    @Inject
    LogAlarms(
            MergeDelay delay,
            LedgerWatch ledger,
            TimeStampState times,
            WitnessWatch witnesses,
            WitnessInquiry inquiry,
            MeterRegistry metrics) {
        this.delay = delay;
        this.ledger = ledger;
        this.times = times;
        this.witnesses = witnesses;
        this.inquiry = inquiry;
        this.metrics = metrics;
    }

    void begin(@Observes StartupEvent event) {
        Gauges.register(
                metrics,
                "xietong.log.alarms",
                null,
                this,
                alarms ->
                        alarms.all().values().stream().filter(raised -> raised).count());
    }

    /** Each by its name, and whether it is raised. */
    private Map<String, Boolean> all() {
        Map<String, Boolean> all = new LinkedHashMap<>();
        all.put("overdue", delay.isOverdue());
        all.put("notKeptOutside", ledger.failsOutside());
        all.put("untimed", times.isUntimed());
        all.put("clocksDiffer", times.clocksDiffer());
        all.put("unwitnessed", witnesses.lacksQuorum());
        all.put("contradicted", witnesses.isContradicted());
        return all;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, Boolean> all = all();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("log-alarms").status(!all.containsValue(true));
        all.forEach(answer::withData);
        return answer.withData("mergeDelayMillis", delay.current().toMillis())
                .withData("timeStampAuthorities", times.authorities())
                .withData("timeStampLagSeconds", times.waiting().toSeconds())
                .withData("witnesses", witnesses.configured())
                .withData("witnessedSize", witnesses.seen().size())
                .withData("witnessLagMillis", witnesses.seen().lag().toMillis())
                .withData("witnessAlarms", witnesses.seen().alarms())
                .withData("unheardSinceStart", String.join(", ", inquiry.unheard()))
                .build();
    }
}
