package org.xietong.record;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Label;
import org.xietong.matter.Precision;
import org.xietong.policy.MilestoneFact;

/**
 * A record as one query reads it, with the facts of its matter that decide on sight; content still as stored.
 *
 * @param senders units that handed something over to the owner in this matter
 */
record RecordRow(
        UUID id,
        String kind,
        UUID matter,
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
        String content,
        Set<String> members,
        Set<String> senders,
        Set<MilestoneFact> milestones) {}
