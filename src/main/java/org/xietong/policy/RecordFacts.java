package org.xietong.policy;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Label;

/**
 * All that the policy may know about a record.
 *
 * @param attributes of the kind, e.g. {@code filingType}
 * @param units how units stand to it
 * @param milestones those that stand now, in the filing to which the record belongs (its own id, for a filing); of a measure of
 *     investigation also that it is {@link Condition.Supervised}
 * @param participants whom the record concerns; a milestone of anybody else opens nothing
 * @param label the label in force
 * @param grants those that stand now
 */
public record RecordFacts(
        String kind,
        Map<String, String> attributes,
        UnitsAround units,
        Set<MilestoneFact> milestones,
        Set<UUID> participants,
        Label label,
        Set<GrantFact> grants) {

    public RecordFacts {
        attributes = Map.copyOf(attributes);
        milestones = Set.copyOf(milestones);
        participants = Set.copyOf(participants);
        grants = Set.copyOf(grants);
    }

    /** A record that nobody was granted. */
    public RecordFacts(
            String kind,
            Map<String, String> attributes,
            UnitsAround units,
            Set<MilestoneFact> milestones,
            Set<UUID> participants,
            Label label) {
        this(kind, attributes, units, milestones, participants, label, Set.of());
    }

    public String ownerUnit() {
        return units.owner();
    }

    /** What matrix and label say alone: a grant shows, and gives no right to act. */
    public RecordFacts withoutGrants() {
        return withGrants(Set.of());
    }

    RecordFacts withGrants(Set<GrantFact> some) {
        return new RecordFacts(kind, attributes, units, milestones, participants, label, some);
    }
}
