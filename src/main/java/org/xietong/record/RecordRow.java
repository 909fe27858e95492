package org.xietong.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Label;
import org.xietong.matter.Precision;
import org.xietong.policy.GrantFact;
import org.xietong.policy.MilestoneFact;
import org.xietong.policy.SentUp;

/**
 * A record as one query reads it, with the facts of its matter that decide on sight; content still as stored.
 *
 * @param filing the criminal filing of which this is a stage
 * @param attributes what the policy compares, the stage of the lifecycle among them
 * @param participants whom the record concerns
 * @param content none where sight alone is computed
 * @param members units of the matter, without those whom others than the owner brought in
 * @param senders units that handed something over to the owner in this matter
 * @param referrers units that handed something over to the owner of its filing in this matter
 * @param appealedTo units to which a judgment of its filing was sent up, with each whose judgment that is
 * @param handlers of a judgment: units that own its filing or a stage of it
 * @param requesters of a supervision: who complained of the transfer that it is about
 * @param milestones those that stand in its filing
 * @param ownMilestones those of them that it has set itself: only these show with it (I4)
 * @param label as it was marked; which one is in force {@link Lookup#facts} says
 * @param grants approved ones that neither ended nor were revoked
 * @param erased what stands in place of its content, once that was erased
 * @param quarantined whether a spill hides it from everybody
 */
record RecordRow(
        UUID id,
        String kind,
        UUID matter,
        @Nullable UUID filing,
        String ownerUnit,
        @Nullable String ownerOfficer,
        String system,
        @Nullable String sourceRef,
        Origin origin,
        @Nullable String documentNumber,
        String state,
        Label label,
        List<String> addressees,
        @Nullable Instant occurredAt,
        Precision precision,
        Instant recordedAt,
        Instant changedAt,
        int version,
        Map<String, String> attributes,
        Set<UUID> participants,
        String content,
        Set<String> members,
        Set<String> senders,
        Set<String> referrers,
        Set<SentUp> appealedTo,
        Set<String> handlers,
        Set<String> requesters,
        Set<MilestoneFact> milestones,
        Set<MilestoneFact> ownMilestones,
        Set<GrantFact> grants,
        @Nullable Tombstone erased,
        boolean quarantined) {

    /**
     * What stands in place of a content that was erased.
     *
     * @param basis a code of {@code erasure-bases}
     */
    record Tombstone(Instant at, String basis) {}
}
