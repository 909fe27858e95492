package org.xietong.ledger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Has every day's counts stated soon after midnight, on every replica; what fails is made up for by the next turn. */
@Singleton
class DayCountingWatch {
    private static final Logger LOG = Logger.getLogger(DayCountingWatch.class);

    private final DayCounter counter;

    @Inject
    DayCountingWatch(DataSource store, Journal journal) {
        counter = new DayCounter(store, journal, Clock.systemUTC());
    }

    @Scheduled(
            every = "${xietong.daily-counts.every:60s}",
            delayed = "30s",
            concurrentExecution = ConcurrentExecution.SKIP)
    void stateDaysThatAreOver() {
        try {
            while (counter.stateNext().isPresent()) {
                // goes on until no day is due
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("the day's entries were not counted: %s", e.getClass().getName());
        }
    }
}
