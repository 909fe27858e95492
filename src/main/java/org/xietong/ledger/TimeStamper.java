package org.xietong.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.TreeHash;

/**
 * Has the newest published checkpoint timed that the quorum has cosigned, or the newest of all where the quorum is long in coming: both its notes, byte for byte as the log signed them (cosignatures come later, and bear
 * their own time), by the first authority that answers and whose clock is to be believed ({@link ClockAgreement}). If none does,
 * the checkpoint stays untimed, and the next turn takes the checkpoint that is the newest then. One thread at a time; any number of
 * replicas.
 */
final class TimeStamper {
    private final TimeStampRows rows;
    private final Supplier<List<TimeAuthority>> authorities;
    private final Duration every;
    private final Duration patience;
    private final Duration tolerance;
    private final Clock clock;

    /**
     * @param authorities who are to be asked at the moment
     * @param patience how long a checkpoint waits for its quorum before the newest is timed without one
     */
    TimeStamper(
            TimeStampRows rows,
            Supplier<List<TimeAuthority>> authorities,
            Duration every,
            Duration patience,
            Duration tolerance,
            Clock clock) {
        this.rows = rows;
        this.authorities = authorities;
        this.every = every;
        this.patience = patience;
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * What a turn came to.
     *
     * @param size of the checkpoint
     * @param failures what the authorities that were asked in vain did, each by name; nothing of what they sent
     * @param difference of the clocks, the authority's less ours, the larger of the two notes'
     */
    record Turn(long size, boolean timed, List<String> failures, Duration difference) {}

    /** One turn; nothing where it is not this replica's, or the checkpoint that is due is timed. */
    Optional<Turn> turn() throws SQLException, InterruptedException {
        Optional<TimeStampRows.Due> due = rows.takeTurn(every, patience);
        return due.isEmpty() ? Optional.empty() : Optional.of(stamp(due.get()));
    }

    private Turn stamp(TimeStampRows.Due due) throws SQLException, InterruptedException {
        List<TimeAuthority> asked = authorities.get();
        boolean timed = true;
        List<String> failures = new ArrayList<>();
        Duration difference = Duration.ZERO;
        for (TreeHash tree : due.missing()) {
            ClockAgreement clocks = new ClockAgreement(tolerance, asked.size());
            Optional<Instant> time = stamp(due.head(), tree, asked, clocks, failures);
            timed &= time.isPresent();
            Optional<Duration> apart = clocks.doubted().or(() -> time).map(t -> Duration.between(clock.instant(), t));
            difference = apart.filter(larger(difference)).orElse(difference);
        }
        return new Turn(due.head().size(), timed, List.copyOf(failures), difference);
    }

    private static Predicate<Duration> larger(Duration than) {
        return duration -> duration.abs().compareTo(than.abs()) > 0;
    }

    private Optional<Instant> stamp(
            SignedHead head, TreeHash tree, List<TimeAuthority> asked, ClockAgreement clocks, List<String> failures)
            throws SQLException, InterruptedException {
        byte[] note = head.note(tree).getBytes(StandardCharsets.UTF_8);
        for (TimeAuthority authority : asked) {
            try {
                TimeStampToken token = authority.stamp(note, tree);
                if (clocks.takes(token.time(), clock.instant())) {
                    rows.store(head.size(), tree, authority.name(), token);
                    return Optional.of(token.time());
                }
                failures.add(authority.name() + ": CLOCK");
            } catch (TimeStampException e) {
                failures.add(authority.name() + ": " + e.fault());
            } catch (IOException e) {
                failures.add(authority.name() + ": " + e.getClass().getSimpleName());
            }
        }
        return Optional.empty();
    }
}
