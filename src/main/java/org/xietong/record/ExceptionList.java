package org.xietong.record;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.Deadline;
import org.xietong.deadline.LateDuties;
import org.xietong.deadline.Rule;

/**
 * What may have been lost on the way 监督线索清单, for the procuratorate (咸中法〔2021〕10号 art. 3, 7; 国务院令310号 art. 14); a code of
 * {@code exception-lists}. Each says exactly what stands in it.
 */
public enum ExceptionList {
    /** Prompts to consider a transfer that are open, and whose last instant has passed. */
    NOT_TRANSFERRED,
    /** Prompts that were answered by a decision of the officer or the head not to transfer, which stands. */
    DECIDED_NOT_TO_TRANSFER,
    /** Transfers that were reported, and not decided on by the head in time (T2), or approved and not sent in time (T3). */
    REPORT_NOT_SENT("T2", "T3"),
    /** Transfers that the police did not receive (T4), did not decide on (T5) or did not reconsider (T8) in time, and still have not. */
    NOT_FILED("T4", "T5", "T8"),
    /** Transfers of which, or of one of whose suspects, the police decided not to file, as it stands after reconsideration. */
    REFUSED,
    /** Decisions whether to file that were made too late: upon a transfer (T5), its reconsideration (T8), or an order to file (T10). */
    FILED_LATE("T5", "T8", "T10"),
    /** Opinions, notices and suggestions of the procuratorate whose addressee has not answered or complied in time, and still has not. */
    OPINION_UNANSWERED,
    /** Feedback to the sender of a transfer that is overdue. */
    FEEDBACK_OVERDUE("FEEDBACK"),
    /**
     * Duties that were fulfilled, or whose reason fell away, in time by the day that was stated, but were recorded so only after it had passed:
     * until then they were overdue.
     */
    RECORDED_AFTERWARDS,
    /** Orders by which another unit extended, changed, suspended, began anew or ended the time of a duty, by the day on which each was given. */
    MOVED_BY_ORDER;

    private static final String SUPERVISION = "supervision";
    private static final Set<ExceptionList> OPEN =
            Set.of(REPORT_NOT_SENT, NOT_FILED, OPINION_UNANSWERED, FEEDBACK_OVERDUE, NOT_TRANSFERRED);
    private static final Set<ExceptionList> OF_PROMPTS = Set.of(NOT_TRANSFERRED, DECIDED_NOT_TO_TRANSFER);

    private final List<String> rules;

    ExceptionList(String... rules) {
        this.rules = List.of(rules);
    }

    boolean isOfPrompts() {
        return OF_PROMPTS.contains(this);
    }

    /** Whether what stands in it is still open: nothing is late that ends hereafter. */
    boolean isOpen() {
        return OPEN.contains(this);
    }

    /** The duties that stand in it where they are late. */
    LateDuties duties(Collection<Rule> all) {
        Deadline.State state = this == FILED_LATE ? Deadline.State.MISSED : Deadline.State.RUNNING;
        return new LateDuties(
                switch (this) {
                    case NOT_TRANSFERRED -> List.of(CaseClocks.CONSIDER);
                    case OPINION_UNANSWERED -> answers(all);
                    default -> rules;
                },
                state);
    }

    /** Whatever the law gives the addressee of a supervision to do. */
    private static List<String> answers(Collection<Rule> all) {
        return all.stream()
                .filter(rule -> rule.nature() == Rule.Nature.DUTY && rule.actor() == Rule.Actor.ADDRESSEE)
                // What tells its supervisor alone that he may remind is nobody's lateness
                .filter(rule -> rule.audience() == null)
                .filter(rule -> rule.starts().stream()
                        .anyMatch(trigger -> trigger.kind().equals(SUPERVISION)))
                .map(Rule::id)
                .distinct()
                .toList();
    }
}
