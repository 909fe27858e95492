package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.label.Caveat;
import org.xietong.policy.Decision.Permitted;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** Who sees which attachments: the one place that says so. */
@ApplicationScoped
class AttachmentLookup {
    /** They bind the receiver, and close nothing to his eyes. */
    private static final Set<Caveat> BINDING = Set.of(Caveat.NO_FORWARD, Caveat.NO_EXPORT);

    private final Lookup lookup;
    private final AttachmentRows rows;

    AttachmentLookup(Lookup lookup, AttachmentRows rows) {
        this.lookup = lookup;
        this.rows = rows;
    }

    /** The record, for whom it {@linkplain #isWhole is whole}; 404 for all others (I4). */
    <C extends Content> Seen<C> whole(Caller caller, Trace trace, Kind<C> kind, UUID record) {
        Seen<C> seen = lookup.require(caller, trace, kind, record);
        if (!isWhole(caller, seen)) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return seen;
    }

    /**
     * Whether nothing of the record is masked that its attachments would tell. Whose sight is limited to some participants, and who
     * so learns no state, sees the attachments that name those alone.
     */
    static boolean isWhole(Caller caller, Seen<?> seen) {
        return isOwn(caller, seen) || isWhole(seen.permitted());
    }

    /** The same of who is not the owner, whoever he is. */
    static boolean isWhole(Permitted p) {
        return p.view().shows(View.FULL)
                && p.opened().contains(Caveat.PI)
                && Set.of("state", "version").containsAll(p.hidden());
    }

    static boolean isOwn(Caller caller, Seen<?> seen) {
        return caller.unit().equals(seen.row().ownerUnit());
    }

    /** One of the record's attachments; out of sight and nonexistent are one and the same 404 (I4). */
    AttachmentRow find(Caller caller, Seen<?> seen, UUID attachment) {
        return rows.find(sight(caller, seen), attachment)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    static AttachmentRows.Sight sight(Caller caller, Seen<?> seen) {
        boolean own = isOwn(caller, seen);
        EnumSet<Caveat> open = EnumSet.copyOf(BINDING);
        open.addAll(own ? Arrays.asList(Caveat.values()) : seen.permitted().opened());
        Optional<Collection<UUID>> limit =
                own ? Optional.empty() : seen.permitted().participants().map(only -> only);
        return new AttachmentRows.Sight(seen.row().id(), own, open, limit);
    }
}
