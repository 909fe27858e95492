package org.xietong.policy;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Label;

/**
 * All that the policy may know about a record.
 *
 * @param attributes of the kind, e.g. {@code filingType}
 * @param addressees units to which the record is addressed
 * @param senders units whose clue or case was transferred into this matter to the owner
 * @param referrers units whose clue or case was transferred to the owner of the filing of which the record is a stage
 * @param appealedTo to which units of second instance a judgment of the filing was sent up, and whose
 * @param handlers of a judgment: units that own its filing or a stage of it
 * @param members units in the matter
 * @param milestones those that stand now, in the filing to which the record belongs (its own id, for a filing); of a measure of
 *     investigation also that it is {@link Condition.Supervised}
 * @param participants whom the record concerns; a milestone of anybody else opens nothing
 * @param label the label in force
 * @param grants those that stand now
 */
public record RecordFacts(
        String kind,
        Map<String, String> attributes,
        String ownerUnit,
        Set<String> addressees,
        Set<String> senders,
        Set<String> referrers,
        Set<SentUp> appealedTo,
        Set<String> handlers,
        Set<String> members,
        Set<MilestoneFact> milestones,
        Set<UUID> participants,
        Label label,
        Set<GrantFact> grants) {

    public RecordFacts {
        attributes = Map.copyOf(attributes);
        addressees = Set.copyOf(addressees);
        senders = Set.copyOf(senders);
        referrers = Set.copyOf(referrers);
        appealedTo = Set.copyOf(appealedTo);
        handlers = Set.copyOf(handlers);
        members = Set.copyOf(members);
        milestones = Set.copyOf(milestones);
        participants = Set.copyOf(participants);
        grants = Set.copyOf(grants);
    }

    /** A record that nobody was granted. */
    public RecordFacts(
            String kind,
            Map<String, String> attributes,
            String ownerUnit,
            Set<String> addressees,
            Set<String> senders,
            Set<String> referrers,
            Set<SentUp> appealedTo,
            Set<String> handlers,
            Set<String> members,
            Set<MilestoneFact> milestones,
            Set<UUID> participants,
            Label label) {
        this(
                kind,
                attributes,
                ownerUnit,
                addressees,
                senders,
                referrers,
                appealedTo,
                handlers,
                members,
                milestones,
                participants,
                label,
                Set.of());
    }

    /** What matrix and label say alone: a grant shows, and gives no right to act. */
    public RecordFacts withoutGrants() {
        return withGrants(Set.of());
    }

    RecordFacts withGrants(Set<GrantFact> some) {
        return new RecordFacts(
                kind,
                attributes,
                ownerUnit,
                addressees,
                senders,
                referrers,
                appealedTo,
                handlers,
                members,
                milestones,
                participants,
                label,
                some);
    }
}
