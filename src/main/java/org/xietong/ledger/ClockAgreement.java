package org.xietong.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose clock to believe. A time is taken that agrees with our clock, or with another authority's: so neither our clock nor one
 * authority's, gone wrong alone, stops the stamping or puts an absurd time into the evidence. Where there is but one authority its
 * time counts, and the difference is an alarm. For one checkpoint; not thread-safe.
 */
final class ClockAgreement {
    private final Duration tolerance;
    private final boolean alone;
    private final List<Instant> doubtful = new ArrayList<>();

    /**
     * @param tolerance how far apart two clocks that agree may be, either way
     * @param authorities how many there are to ask
     */
    ClockAgreement(Duration tolerance, int authorities) {
        this.tolerance = tolerance;
        this.alone = authorities == 1;
    }

    /**
     * Whether to take this time; one that is not taken bears witness for those that follow.
     *
     * @param ours our clock when it came
     */
    boolean takes(Instant time, Instant ours) {
        if (alone || agree(time, ours) || doubtful.stream().anyMatch(other -> agree(time, other))) {
            return true;
        }
        doubtful.add(time);
        return false;
    }

    boolean agree(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(tolerance) <= 0;
    }

    /** The time that was doubted first. */
    Optional<Instant> doubted() {
        return doubtful.stream().findFirst();
    }
}
