package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Milestone;
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

    BackfillActs(Lookup lookup, Rights rights, RecordStore store, Matters matters) {
        this.lookup = lookup;
        this.rights = rights;
        this.store = store;
        this.matters = matters;
    }

    /** The record as it stands afterwards. */
    <C extends Content> RecordRow follow(WriteContext context, Kind<C> kind, RecordRow created, Backfill<C> past) {
        if (past.acts().isEmpty()) {
            return created;
        }
        Seen<C> seen = lookup.look(context.caller(), kind, created)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        for (Act act : past.ownersActs()) {
            rights.require(context.caller(), context.trace(), seen, act.name());
            if (act.needs().contains(Act.Need.ADDRESSEES)) {
                handOver(context, seen);
            }
        }
        Collection<UUID> participants = Lookup.participants(seen.content());
        for (String milestone : standing(past)) {
            matters.setMilestone(
                    created.matter(),
                    created.id(),
                    participants,
                    Milestone.valueOf(milestone),
                    context.caller().unit(),
                    context.at());
        }
        return store.refreshed(created);
    }

    private void handOver(WriteContext context, Seen<?> seen) {
        String unit = context.caller().unit();
        List<String> addressees = seen.row().addressees();
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < addressees.size(); i++) {
            if (addressees.get(i).equals(unit) || !rights.canReceive(seen, addressees.get(i))) {
                faults.add(new FieldFault("/addressees/" + i, "CANNOT_RECEIVE"));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
        for (String addressee : addressees) {
            matters.handOver(seen.row().matter(), seen.row().id(), unit, addressee, context.at());
        }
    }

    private static Set<String> standing(Backfill<?> past) {
        Set<String> standing = new LinkedHashSet<>();
        for (Act act : past.ownersActs()) {
            standing.removeAll(act.revokes());
            standing.addAll(act.sets());
        }
        return standing;
    }
}
