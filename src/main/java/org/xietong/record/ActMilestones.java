package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.xietong.label.Milestone;
import org.xietong.matter.Matters;

/**
 * Milestones that acts set and revoke. What an agency hands over or is sued about is its whole case: such a milestone stands in its
 * filing and penalties of the same matter, too, for whom both name (domain, section 6: on transfer, on lawsuit).
 */
@ApplicationScoped
class ActMilestones {
    private static final Set<Milestone> OF_THE_WHOLE_CASE = EnumSet.of(Milestone.TRANSFERRED, Milestone.LAWSUIT);

    private final Matters matters;
    private final RecordRows rows;

    ActMilestones(Matters matters, RecordRows rows) {
        this.matters = matters;
        this.rows = rows;
    }

    /** @param everybody in the filing, and not only whom the record at hand names */
    void move(WriteContext context, RecordRow row, Act act, Set<UUID> concerned, boolean everybody) {
        String unit = context.caller().unit();
        UUID filing = row.filing() == null ? row.id() : row.filing();
        for (String name : act.revokes()) {
            Milestone milestone = Milestone.valueOf(name);
            Optional<Set<UUID>> of = everybody ? Optional.empty() : Optional.of(concerned);
            matters.revokeMilestone(filing, of, milestone, unit, context.at());
            beside(row, milestone)
                    .forEach(other ->
                            matters.revokeMilestone(other.id(), Optional.of(concerned), milestone, unit, context.at()));
        }
        for (String name : act.sets()) {
            Milestone milestone = Milestone.valueOf(name);
            matters.setMilestone(row.matter(), filing, row.id(), concerned, milestone, unit, context.at());
            beside(row, milestone).forEach(other -> {
                Set<UUID> both = new HashSet<>(concerned);
                both.retainAll(other.participants());
                matters.setMilestone(row.matter(), other.id(), row.id(), both, milestone, unit, context.at());
            });
        }
    }

    /** The owner's administrative filings and penalties of the matter, where the milestone is one of the whole case. */
    private Stream<RecordRow> beside(RecordRow row, Milestone milestone) {
        List<RecordRow> matter =
                OF_THE_WHOLE_CASE.contains(milestone) ? rows.ofMatter(row.matter(), row.id()) : List.of();
        return matter.stream()
                .filter(other ->
                        !other.id().equals(row.id()) && other.ownerUnit().equals(row.ownerUnit()))
                .filter(other -> other.kind().equals("penalty")
                        || "ADMINISTRATIVE".equals(other.attributes().get("filingType")));
    }
}
