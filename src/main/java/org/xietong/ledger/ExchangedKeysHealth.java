package org.xietong.ledger;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Not well while key files lie there that cannot be used. Never a matter of readiness: the former keys are in force. */
@Wellness
@Singleton
class ExchangedKeysHealth implements HealthCheck {
    private final ExchangedKeys keys;

    ExchangedKeysHealth(ExchangedKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        Set<ExchangedKeys.Kind> refused = keys.refused();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("key-files").status(refused.isEmpty());
        Arrays.stream(ExchangedKeys.Kind.values())
                .forEach(kind -> answer.withData(kind.name(), refused.contains(kind) ? "REFUSED" : "IN_USE"));
        return answer.build();
    }
}
