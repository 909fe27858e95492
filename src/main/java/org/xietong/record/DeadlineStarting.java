package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.crypto.Digests;
import org.xietong.deadline.CaseClocks;
import org.xietong.deadline.CaseEvent;
import org.xietong.deadline.DeadlineOrder;
import org.xietong.deadline.Moment;
import org.xietong.deadline.Rule;
import org.xietong.matter.Occurred;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Deadlines that an officer's order starts upon a record of his own unit, on a paper: what the law counts from, and no act of this service
 * tells of. Each order starts one of its own, which orders alone extend, suspend, fulfil and end.
 */
@ApplicationScoped
public class DeadlineStarting {
    private final RecordRows rows;
    private final Lookup lookup;
    private final Kinds kinds;
    private final RecordStore store;
    private final CaseClocks clocks;
    private final DeadlineOrderRows orders;
    private final StoredJson json;

    DeadlineStarting(
            RecordRows rows,
            Lookup lookup,
            Kinds kinds,
            RecordStore store,
            CaseClocks clocks,
            DeadlineOrderRows orders,
            StoredJson json) {
        this.rows = rows;
        this.lookup = lookup;
        this.kinds = kinds;
        this.store = store;
        this.clocks = clocks;
        this.orders = orders;
        this.json = json;
    }

    /** Starts it; answers with the deadline's id. */
    public Written start(WriteContext context, DeadlineStartDraft draft) {
        if (draft.recordId() == null) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/recordId", "REQUIRED"));
        }
        context.trace().looksUp(draft.recordId());
        store.lock(require(context.caller(), draft.recordId()).row().matter());
        Seen<?> seen = require(context.caller(), draft.recordId());
        if (!seen.row().ownerUnit().equals(context.caller().unit())) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        seen.standing();
        LocalDate today = context.at().atZone(Occurred.ZONE).toLocalDate();
        LocalDate day = Objects.requireNonNullElse(draft.on(), today);
        Rule rule = rule(seen, draft, day, today);
        Moment at = day.equals(today) ? Moment.of(context.at()) : Moment.of(day);
        UUID deadline = clocks.started(order(context, seen, at), rule);
        UUID ordered = UUID.randomUUID();
        orders.add(
                context,
                ordered,
                deadline,
                new DeadlineOrderDraft(DeadlineOrder.START, null, day, draft.documentNumber()),
                day);
        context.trace()
                .changed(new Trace.Changed(
                        ordered,
                        Written.Kind.DEADLINE_ORDER.name(),
                        1,
                        seen.row().matter(),
                        context.caller().unit(),
                        DeadlineOrder.START.name(),
                        seen.facts().label().level(),
                        Digests.hex(Digests.sha256(json.write(draft).getBytes(StandardCharsets.UTF_8)))));
        return Written.of(Written.Kind.DEADLINE, deadline);
    }

    /** The record as the caller sees it; absent, hidden and nonexistent are the same 404 (I4). */
    private Seen<?> require(Caller caller, UUID id) {
        return rows.byIds(List.of(id)).stream()
                .findFirst()
                .<Seen<?>>flatMap(row -> Optional.ofNullable(
                        lookup.look(caller, kinds.byCode(row.kind()), row).orElse(null)))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    private Rule rule(Seen<?> seen, DeadlineStartDraft draft, LocalDate day, LocalDate today) {
        List<FieldFault> faults = new ArrayList<>();
        Optional<Rule> rule = clocks.startedByOrder(String.valueOf(draft.rule()), day);
        if (rule.isEmpty() && clocks.isStartedByOrder(String.valueOf(draft.rule()))) {
            faults.add(new FieldFault("/on", "NOT_IN_FORCE"));
        } else if (rule.isEmpty()) {
            faults.add(new FieldFault("/rule", "UNKNOWN_CODE"));
        } else if (!rule.get().mayStartUpon(seen.row().kind(), seen.content().clockFacts())) {
            faults.add(new FieldFault("/rule", "NOT_ALLOWED"));
        }
        if (day.isAfter(today)) {
            faults.add(new FieldFault("/on", "FUTURE"));
        }
        if (rule.isEmpty() || !faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        return rule.get();
    }

    private static CaseEvent order(WriteContext context, Seen<?> seen, Moment at) {
        RecordRow row = seen.row();
        return new CaseEvent(
                row.matter(),
                row.id(),
                0,
                row.filing() == null ? row.id() : row.filing(),
                row.kind(),
                seen.content().clockFacts(),
                "",
                row.state(),
                at,
                context.at(),
                row.ownerUnit(),
                row.addressees(),
                Set.of(),
                Set.of(),
                Set.of());
    }
}
