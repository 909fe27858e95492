package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Milestone;
import org.xietong.matter.Competence;
import org.xietong.matter.Matters;
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
    private final Receivers receivers;

    BackfillActs(
            Lookup lookup,
            Rights rights,
            RecordStore store,
            Matters matters,
            ProcuratorateCopies copying,
            RecordClocks clocks,
            Receivers receivers) {
        this.lookup = lookup;
        this.rights = rights;
        this.store = store;
        this.matters = matters;
        this.copying = copying;
        this.clocks = clocks;
        this.receivers = receivers;
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

    /** Those of a past transfer may name who forwarded it; whatever else lies with one unit was handed to one. */
    private void handOver(WriteContext context, Seen<?> seen, Act act) {
        List<String> addressees = seen.row().addressees();
        receivers.require(
                context.caller(), seen, act, addressees, seen.content().liesWithOne(act) && !act.copied());
        receivers.handOver(context, seen, addressees);
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
