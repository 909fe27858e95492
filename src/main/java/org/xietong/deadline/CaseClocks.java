package org.xietong.deadline;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the deadlines of matters in step with what happens in them, inside the transaction of the act that makes it happen. The caller
 * holds the matter's lock.
 */
@ApplicationScoped
public class CaseClocks {
    /** The rule by which a prompt is answered. */
    public static final String CONSIDER = "T1";

    /** Raised whenever the counting itself changes, so that what stands is worked out anew. */
    private static final int RECKONING = 2;

    private final RuleBook rules;
    private final Clocks clocks;
    private final WorkCalendar calendar;
    private final EventRows events;
    private final DeadlineRows rows;

    CaseClocks(RuleBook rules, WorkCalendar calendar, EventRows events, DeadlineRows rows) {
        this.rules = rules;
        this.clocks = new Clocks(rules, new DayCounting(calendar));
        this.calendar = calendar;
        this.events = events;
        this.rows = rows;
    }

    /** Whether any rule waits for such an act: where none does, nobody needs to tell of it. */
    public boolean waitFor(String kind, String act) {
        return rules.mentions(kind, act);
    }

    /** Something was done: what it starts, fulfils or ends follows; and who is in custody, whatever was done. */
    public void happened(CaseEvent event) {
        if (waitFor(event.kind(), event.act()) || event.takes() || event.frees()) {
            events.add(event);
            rows.replace(event.matter(), clocks.of(events.of(event.matter())));
        }
    }

    /** An order upon one deadline, dated; {@code recorded} at that hour. */
    public void ordered(
            Deadline deadline, DeadlineOrder order, @Nullable String code, Moment at, Instant recorded, String unit) {
        Map<String, String> attributes = code == null
                ? Map.of(CaseEvent.ORDERED, deadline.id().toString())
                : Map.of(CaseEvent.ORDERED, deadline.id().toString(), CaseEvent.CODE, code);
        happened(new CaseEvent(
                deadline.matter(),
                deadline.record(),
                0,
                deadline.filing(),
                CaseEvent.ORDER_KIND,
                attributes,
                order.act(),
                "",
                at,
                recorded,
                unit,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of()));
    }

    /**
     * An officer's order starts a deadline upon a record.
     *
     * @param order the event of the order, but for its act, version and rule
     * @return the deadline
     */
    public UUID started(CaseEvent order, Rule rule) {
        int number = -1 - events.startsUpon(order.matter(), order.record());
        happened(order.starting(rule.id(), number));
        return Clocks.id(rule.id(), order.record(), number, null);
    }

    /** The rule that an order may start, in force on the day; empty where there is none. */
    public Optional<Rule> startedByOrder(String id, LocalDate day) {
        return rules.inForce(id, day).filter(Rule::startsByOrder);
    }

    /** Whether an order may start the rule on some day, be it another than the one at hand. */
    public boolean isStartedByOrder(String id) {
        return rules.versions().getOrDefault(id, List.of()).stream().anyMatch(Rule::startsByOrder);
    }

    /** Works the matter's deadlines out anew. */
    public void reckon(UUID matter) {
        rows.replace(matter, clocks.of(events.of(matter)));
    }

    /** What deadlines are worked out with: other rules, other days off or another way to count read differently. */
    public String reckoning() {
        return "%d %s %s".formatted(RECKONING, rules.all(), calendar.years());
    }

    /**
     * Something became of the prompt upon a record, dated.
     *
     * @param number of the prompt among those of its record: with the record, the event's identity
     */
    public void prompted(PromptEvent what, UUID matter, UUID record, int number, String owner, Moment at) {
        happened(new CaseEvent(
                matter,
                record,
                number,
                record,
                CaseEvent.PROMPT_KIND,
                Map.of(),
                what.act(),
                "",
                at,
                at.instant(),
                owner,
                List.of(),
                Set.of(),
                Set.of(),
                Set.of()));
    }

    /** The deadline that a prompt starts. */
    public static UUID ofPrompt(UUID record, int number) {
        return Clocks.id(CONSIDER, record, number, null);
    }

    public Optional<Deadline> find(UUID id) {
        return rows.byId(id);
    }

    public List<Deadline> byIds(Collection<UUID> ids) {
        return rows.byIds(ids);
    }

    /** Open ones whose time is the unit's, the first due first. */
    public List<Deadline> mine(String unit, DeadlineRange range, int limit) {
        return rows.mine(unit, range, limit);
    }

    /** Open duties of others upon records that the viewers' sight has in full; the first of the viewers is a unit. */
    public List<Deadline> overseen(List<String> viewers, DeadlineRange range, int limit) {
        return rows.overseen(viewers, range, limit);
    }

    /** Duties of others under these rules, upon records that the viewers' sight has in full; the first of the viewers is a unit. */
    public List<Deadline> late(List<String> viewers, LateDuties duties, DeadlineRange range, int limit) {
        return rows.late(viewers, duties, range, limit);
    }

    /** Duties of others that were stated to be over in time, and recorded so only afterwards; the first of the viewers is a unit. */
    public List<Deadline> recordedLater(List<String> viewers, DeadlineRange range, int limit) {
        return rows.recordedLater(viewers, range, limit);
    }

    /** All that acts upon the record started, open or not, in the order in which they started. */
    public List<Deadline> ofRecord(UUID record) {
        return rows.ofRecord(record);
    }

    /** Whether its rule is one of this build: one that a newer version left is shown to nobody until it is worked out again. */
    public boolean knows(Deadline deadline) {
        return rules.versions().containsKey(deadline.rule());
    }

    /** The version of the rule that the deadline started under; the last one where none was in force. */
    public Rule rule(Deadline deadline) {
        return rules.inForce(deadline.rule(), deadline.startedOn().day()).orElseGet(() -> rules.last(deadline.rule()));
    }

    /**
     * A rule whose lateness reaches the procuratorate.
     *
     * @param days after the last day
     */
    public record Escalating(String rule, int days) {}

    /** Rules that the procuratorate is to learn of, but those which none but the acting unit may know. */
    public List<Escalating> reachingTheProcuratorate() {
        return rules.versions().keySet().stream()
                .map(rules::last)
                .filter(rule -> rule.audience() != Rule.Audience.ACTOR && rule.escalation() != null)
                .flatMap(rule -> rule.escalation().stream()
                        .filter(each -> each.to() == Rule.Reach.PROCURATORATE)
                        .map(each -> new Escalating(rule.id(), each.days())))
                .toList();
    }

    /** Where one without a last instant stands in the order. */
    public static Instant place(Deadline deadline) {
        return deadline.dueAt() == null ? DeadlineRows.END_OF_TIME : deadline.dueAt();
    }
}
