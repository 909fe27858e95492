package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.xietong.label.Caveat;
import org.xietong.policy.Decision;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The attachments that go with a packet: whole records alone have them, and each must be free to leave by itself. */
@ApplicationScoped
class PacketAttachments {
    private static final Set<Caveat> BINDING = Set.of(Caveat.NO_FORWARD, Caveat.NO_EXPORT);

    private final PacketConfig config;
    private final AttachmentRows rows;
    private final VersionReader versions;

    PacketAttachments(PacketConfig config, AttachmentRows rows, VersionReader versions) {
        this.config = config;
        this.rows = rows;
        this.versions = versions;
    }

    /**
     * Those that were asked for.
     *
     * @param leaving the record by the decision that lets it leave
     * @throws ProblemException INVALID_CONTENT; FORBIDDEN for one whose caveats keep it inside; ATTACHMENT_WITHDRAWN
     */
    List<AttachmentRow> chosen(WriteContext context, Seen<?> leaving, List<UUID> wanted) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        Set<UUID> distinct = new HashSet<>(wanted);
        Decision.Permitted permitted = leaving.permitted();
        if (!AttachmentLookup.isWhole(permitted)) {
            throw Packets.fault("/attachments", "NOT_ALLOWED");
        }
        List<AttachmentRow> found = rows.find(AttachmentLookup.sight(context.caller(), leaving), distinct);
        requireEach(
                wanted,
                "UNKNOWN",
                one -> found.stream().anyMatch(row -> row.id().equals(one) && row.storedAt() != null));
        Set<UUID> agreed = agreed(leaving, found);
        requireEach(wanted, "NOT_AGREED", agreed::contains);
        found.forEach(AttachmentRow::requireStanding);
        requireFree(context.trace(), found, permitted);
        if (found.stream().mapToLong(AttachmentRow::size).sum() > config.maxSize()) {
            throw Packets.fault("/attachments", "SIZE");
        }
        return found;
    }

    private static void requireEach(List<UUID> wanted, String rule, Predicate<UUID> holds) {
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!holds.test(wanted.get(i))) {
                faults.add(new FieldFault("/attachments/" + i, rule));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    /** Those that were there when the other unit signed, where the kind says that one has to ({@link Content#agreedBy}). */
    private Set<UUID> agreed(Seen<?> leaving, List<AttachmentRow> stored) {
        Optional<String> act = leaving.content().agreedBy();
        Instant signed = act.isEmpty()
                ? Instant.MAX
                : versions.last(leaving.row().id(), act.get()).orElse(Instant.MIN);
        return stored.stream()
                .filter(row -> row.storedAt() != null && !row.storedAt().isAfter(signed))
                .map(AttachmentRow::id)
                .collect(Collectors.toSet());
    }

    /**
     * That those of a packet may still leave, each as if it was asked for now.
     *
     * @throws ProblemException FORBIDDEN; ATTACHMENT_WITHDRAWN; ERASED
     */
    void requireFree(WriteContext context, Seen<?> leaving, List<UUID> sent) {
        if (sent.isEmpty()) {
            return;
        }
        if (!AttachmentLookup.isWhole(leaving.permitted())) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        List<AttachmentRow> found = rows.find(AttachmentLookup.sight(context.caller(), leaving), sent);
        found.forEach(AttachmentRow::requireStanding);
        requireFree(context.trace(), found, leaving.permitted());
    }

    private static void requireFree(Trace trace, List<AttachmentRow> chosen, Decision.Permitted permitted) {
        Optional<Caveat> bound = chosen.stream()
                .flatMap(row -> row.caveats().stream())
                .filter(caveat ->
                        BINDING.contains(caveat) || !permitted.opened().contains(caveat))
                .findFirst();
        bound.ifPresent(caveat -> {
            trace.decided("label:caveat:" + caveat, permitted.policyVersion());
            throw new ProblemException(ProblemType.FORBIDDEN);
        });
    }
}
