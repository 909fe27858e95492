package org.xietong.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of a service that may start again in one JVM, where the registry outlives it: the newest stands in the place of its
 * predecessor, which would measure nothing any more.
 */
public final class Gauges {
    private Gauges() {}

    /** @param unit none for a plain number */
    public static <T> void register(
            MeterRegistry metrics, String name, @Nullable String unit, T state, ToDoubleFunction<T> value) {
        metrics.find(name).meters().forEach(metrics::remove);
        Gauge.builder(name, state, value).baseUnit(unit).strongReference(true).register(metrics);
    }
}
