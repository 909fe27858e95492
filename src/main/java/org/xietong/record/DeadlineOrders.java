package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.CaseEvent;
import org.xietong.deadline.Deadline;
import org.xietong.deadline.DeadlineOrder;
import org.xietong.deadline.Moment;
import org.xietong.deadline.Rule;
import org.xietong.matter.Occurred;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Orders upon single deadlines, by an officer of the unit whose time it is. Everybody who sees the deadline sees its orders and the
 * paper that they rest on; who ends one, or says that it is fulfilled, signs for it
 * himself.
 */
@ApplicationScoped
public class DeadlineOrders {
    /** Kinds whose owner gives another something to do. */
    private static final Set<String> GIVEN = Set.of("supervision", "request", CaseEvent.ORDERED_FILING);

    private final DeadlineReading reading;
    private final RecordStore store;
    private final CaseClocks clocks;
    private final DeadlineOrderRows rows;
    private final StoredJson json;

    DeadlineOrders(
            DeadlineReading reading, RecordStore store, CaseClocks clocks, DeadlineOrderRows rows, StoredJson json) {
        this.reading = reading;
        this.store = store;
        this.clocks = clocks;
        this.rows = rows;
        this.json = json;
    }

    /** Gives the order; one that the deadline's state or rule does not allow changes nothing. */
    public Written order(WriteContext context, UUID id, DeadlineOrderDraft draft) {
        DeadlineSight.Told<?> before = reading.require(context.caller(), id, context.at());
        store.lock(before.seen().row().matter());
        store.lock(before.deadline().matter());
        DeadlineSight.Told<?> told = reading.require(context.caller(), id, context.at());
        Deadline deadline = told.deadline();
        if (!mayOrder(context.caller().unit(), told, clocks.rule(deadline))) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        DeadlineOrder order = draft.order();
        if (order == null) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/order", "REQUIRED"));
        }
        if (order == DeadlineOrder.END || order == DeadlineOrder.FULFIL) {
            DraftRules.signer(context);
        }
        LocalDate today = context.at().atZone(Occurred.ZONE).toLocalDate();
        LocalDate day = draft.on() == null ? today : draft.on();
        Rule rule = clocks.rule(deadline);
        // What shows to its supervisor once it is late must become so
        if (rule.audience() == Rule.Audience.SUPERVISOR_ONCE_LATE) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        check(deadline, rule, draft, day, today);
        requirePossible(deadline, rule, order, draft.code());
        UUID ordered = UUID.randomUUID();
        rows.add(context, ordered, id, draft, day);
        clocks.ordered(
                deadline,
                order,
                draft.code(),
                day.equals(today) ? Moment.of(context.at()) : Moment.of(day),
                context.at(),
                context.caller().unit());
        Seen<?> seen = told.seen();
        context.trace()
                .changed(new Trace.Changed(
                        ordered,
                        Written.Kind.DEADLINE_ORDER.name(),
                        1,
                        seen.row().matter(),
                        context.caller().unit(),
                        order.name(),
                        seen.facts().label().level(),
                        Digests.hex(Digests.sha256(json.write(draft).getBytes(StandardCharsets.UTF_8)))));
        return Written.of(Written.Kind.DEADLINE_ORDER, ordered);
    }

    /**
     * Time is added, and stands still, before it has run out: by the day of the order here, since a day that who is late names himself would
     * hide his lateness. Nothing is ordered for days to come.
     */
    private static void check(Deadline deadline, Rule rule, DeadlineOrderDraft draft, LocalDate day, LocalDate today) {
        List<FieldFault> faults = new ArrayList<>();
        boolean adds = draft.order() == DeadlineOrder.EXTEND || draft.order() == DeadlineOrder.VARY;
        boolean delays = adds || draft.order() == DeadlineOrder.SUSPEND || draft.order() == DeadlineOrder.RESTART;
        boolean known = switch (Objects.requireNonNull(draft.order())) {
            case START -> false;
            case FULFIL -> rule.startsByOrder();
            case RESTART -> isRestartable(rule);
            case EXTEND, VARY, SUSPEND, RESUME, END -> true;
        };
        if (!known) {
            faults.add(new FieldFault("/order", "NOT_ALLOWED"));
        }
        if (!adds && draft.code() != null) {
            faults.add(new FieldFault("/code", "NOT_ALLOWED"));
        } else if (adds && draft.code() == null) {
            faults.add(new FieldFault("/code", "REQUIRED"));
        } else if (adds && !knows(rule, draft)) {
            faults.add(new FieldFault("/code", "UNKNOWN_CODE"));
        }
        if (day.isAfter(today)) {
            faults.add(new FieldFault("/on", "FUTURE"));
        } else if (day.isBefore(deadline.startedOn().day())) {
            faults.add(new FieldFault("/on", "BEFORE_START"));
        } else if (delays && deadline.dueOn() != null && today.isAfter(deadline.dueOn())) {
            faults.add(new FieldFault("/on", "AFTER_END"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    /** Where the law lets it begin anew: days in custody (刑事诉讼法 art. 160), and what says so itself. */
    private static boolean isRestartable(Rule rule) {
        return rule.custody() != null
                || rule.restarts() != null && !rule.restarts().isEmpty();
    }

    /** Whose time it is; of what a supervision or a request gives its addressee to do, who gave it: nobody lets himself off. */
    private static boolean mayOrder(String unit, DeadlineSight.Told<?> told, Rule rule) {
        boolean given = rule.actor() == Rule.Actor.ADDRESSEE
                && rule.starts().stream().anyMatch(start -> GIVEN.contains(start.kind()));
        return given
                ? unit.equals(told.seen().row().ownerUnit())
                : told.deadline().actors().contains(unit);
    }

    private static boolean knows(Rule rule, DeadlineOrderDraft draft) {
        return draft.order() == DeadlineOrder.EXTEND
                ? rule.extension(draft.code()).isPresent()
                : rule.variant(draft.code()).isPresent();
    }

    private static void requirePossible(Deadline deadline, Rule rule, DeadlineOrder order, @Nullable String code) {
        boolean running = deadline.state() == Deadline.State.RUNNING;
        boolean suspended = deadline.state() == Deadline.State.SUSPENDED;
        boolean possible = switch (order) {
            case START -> false;
            case EXTEND -> (running || suspended) && !isUsedUp(deadline, rule, code);
            case VARY, RESTART, FULFIL -> running || suspended;
            case SUSPEND -> running;
            case RESUME -> suspended;
            case END -> running || suspended || deadline.state() == Deadline.State.NO_RULE;
        };
        if (!possible) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
    }

    private static boolean isUsedUp(Deadline deadline, Rule rule, @Nullable String code) {
        long used =
                deadline.extensions().stream().filter(each -> each.equals(code)).count();
        return rule.extension(code).filter(each -> used < each.most()).isEmpty();
    }
}
