package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Milestone;
import org.xietong.matter.Competence;
import org.xietong.matter.Matters;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * What the acts of a backfilled record left behind: milestones that still stand, and whom it was handed to. They need the same
 * rights as if they were taken now; sight follows them as ever.
 */
@ApplicationScoped
class BackfillActs {
    private final Lookup lookup;
    private final Rights rights;
    private final RecordStore store;
    private final Matters matters;
    private final ProcuratorateCopies copying;
    private final RecordClocks clocks;

    BackfillActs(
            Lookup lookup,
            Rights rights,
            RecordStore store,
            Matters matters,
            ProcuratorateCopies copying,
            RecordClocks clocks) {
        this.lookup = lookup;
        this.rights = rights;
        this.store = store;
        this.matters = matters;
        this.copying = copying;
        this.clocks = clocks;
    }

    /** The record as it stands afterwards. */
    <C extends Content> RecordRow follow(WriteContext context, Kind<C> kind, RecordRow created, Backfill<C> past) {
        if (past.acts().isEmpty()) {
            return created;
        }
        Seen<C> seen = lookup.look(context.caller(), kind, created)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        for (Act act : past.ownersActs(seen.content())) {
            rights.require(context.caller(), context.trace(), seen, act.name());
            rights.requireCompetence(context.caller(), act);
            if (act.needs().contains(Act.Need.ADDRESSEES)) {
                handOver(context, seen, act);
            }
            if (act.copied()) {
                store.address(created.id(), copying.copy(context, created, created.addressees()));
            }
        }
        UUID filing = created.filing() == null ? created.id() : created.filing();
        standing(past, seen.content()).forEach((name, act) -> {
            Milestone milestone = Milestone.valueOf(name);
            Set<UUID> concerned = seen.content().reached(act);
            if (!isOver(created, milestone, concerned)) {
                matters.setMilestone(
                        created.matter(),
                        filing,
                        created.id(),
                        concerned,
                        milestone,
                        context.caller().unit(),
                        context.at());
                clocks.stands(context, created, name, concerned, seen.content().on(act));
            }
        });
        return store.refreshed(created);
    }

    /** What the withdrawal of the case took back, the past does not bring again. */
    private boolean isOver(RecordRow stage, Milestone milestone, Set<UUID> concerned) {
        return stage.filing() != null
                && Competence.OF_INVESTIGATION.contains(milestone)
                && matters.isOver(stage.filing(), concerned);
    }

    private void handOver(WriteContext context, Seen<?> seen, Act act) {
        String unit = context.caller().unit();
        List<String> addressees = seen.row().addressees();
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < addressees.size(); i++) {
            String to = addressees.get(i);
            if (to.equals(unit)
                    || !rights.canReceive(seen, act, to)
                    || !lookup.mayGoTo(context.caller(), seen, act, to)) {
                faults.add(new FieldFault("/addressees/" + i, "CANNOT_RECEIVE"));
            }
        }
        // Those of a past transfer may name who forwarded it; whatever else lies with one unit was handed to one.
        for (int i = 1; seen.content().liesWithOne(act) && !act.copied() && i < addressees.size(); i++) {
            faults.add(new FieldFault("/addressees/" + i, "NOT_ALLOWED"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        for (String addressee : addressees) {
            if (seen.content().asks()) {
                matters.ask(seen.row().matter(), seen.row().id(), unit, addressee, context.at());
            } else {
                matters.handOver(seen.row().matter(), seen.row().id(), unit, addressee, context.at());
            }
        }
    }

    /** The milestones that stand in the end, each with the act that set it. */
    private static Map<String, Act> standing(Backfill<?> past, Content content) {
        Map<String, Act> standing = new LinkedHashMap<>();
        for (Act act : past.ownersActs(content)) {
            act.revokes().forEach(standing::remove);
            act.sets().forEach(milestone -> standing.put(milestone, act));
        }
        return standing;
    }
}
