package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.xietong.agency.Caller;
import org.xietong.audit.Inquiries;
import org.xietong.ledger.DayCounts;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Trace;

/** Shows auditors how many entries of whom each day had, as the platform stated it. */
@ApplicationScoped
public class DayCountReading {
    /** The most days of an answer. */
    private static final int MOST = 366;

    private final DayCounts counts;

    DayCountReading(DayCounts counts) {
        this.counts = counts;
    }

    /**
     * @param until the first day that is not asked for
     * @throws ProblemException INVALID_QUERY for no days and for too many
     */
    public DayCountListView list(Caller caller, Trace trace, LocalDate from, LocalDate until) {
        trace.decided("LOG_COUNTS", "-");
        Inquiries.requireAuditor(caller);
        long days = ChronoUnit.DAYS.between(from, until);
        if (days < 1 || days > MOST) {
            throw new ProblemException(ProblemType.INVALID_QUERY, new FieldFault("until", "RANGE"));
        }
        return new DayCountListView(
                counts.between(from, until).stream().map(DayCountView::of).toList());
    }
}
