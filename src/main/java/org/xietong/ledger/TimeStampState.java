package org.xietong.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How the time-stamping stands, for metrics and health. An outage is an alarm and stops nothing. Thread-safe. */
@Singleton
class TimeStampState {
    private final Duration alarmAfter;
    private final Duration tolerance;
    private volatile int authorities;
    private volatile Duration waiting = Duration.ZERO;
    private volatile Duration difference = Duration.ZERO;

    @Inject
    TimeStampState(TimeStampConfig config, MeterRegistry metrics) {
        alarmAfter = config.alarmAfter();
        tolerance = config.clockDifference();
        Gauges.register(metrics, "xietong.timestamp.lag", "seconds", this, state -> seconds(state.waiting));
        Gauges.register(
                metrics, "xietong.timestamp.clock.difference", "seconds", this, state -> seconds(state.difference));
    }

    void authorities(int number) {
        authorities = number;
    }

    void waiting(Duration oldest) {
        waiting = oldest;
    }

    void difference(Duration clocks) {
        difference = clocks;
    }

    int authorities() {
        return authorities;
    }

    /** How long the oldest untimed checkpoint has been waiting. */
    Duration waiting() {
        return waiting;
    }

    boolean isUntimed() {
        return authorities > 0 && waiting.compareTo(alarmAfter) > 0;
    }

    /** Whether our clock and that of an authority differ by more than is allowed. */
    boolean clocksDiffer() {
        return difference.abs().compareTo(tolerance) > 0;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
