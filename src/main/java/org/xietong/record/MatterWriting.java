package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.agency.Unit;
import org.xietong.crypto.Digests;
import org.xietong.label.Level;
import org.xietong.matter.MatterTies;
import org.xietong.matter.Matters;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Who is in a matter, and which matters belong together. For units that are in it and see something of it; a matter out of sight
 * fails like one that does not exist, and nothing here tells what other units are in it or did in it unseen (I4).
 */
@ApplicationScoped
public class MatterWriting {
    private final MatterReading reading;
    private final Matters matters;
    private final MatterTies ties;
    private final Standing standing;
    private final RecordRows rows;
    private final RecordStore store;
    private final Lookup lookup;
    private final Rights rights;
    private final Kinds kinds;
    private final SightKeeper sight;
    private final CurrentPolicy policy;

    MatterWriting(
            MatterReading reading,
            Matters matters,
            MatterTies ties,
            Standing standing,
            RecordRows rows,
            RecordStore store,
            Lookup lookup,
            Rights rights,
            Kinds kinds,
            SightKeeper sight,
            CurrentPolicy policy) {
        this.reading = reading;
        this.matters = matters;
        this.ties = ties;
        this.standing = standing;
        this.rows = rows;
        this.store = store;
        this.lookup = lookup;
        this.rights = rights;
        this.kinds = kinds;
        this.sight = sight;
        this.policy = policy;
    }

    /** Brings a unit in. The answer is the same where it was in already. */
    public Written invite(WriteContext context, UUID matter, InvitationDraft draft) {
        String unit = draft.unit() == null ? "" : draft.unit();
        requireIn(context, matter);
        if (unit.equals(context.caller().unit())
                || policy.units().find(unit).filter(Unit::active).isEmpty()) {
            throw fault("/unit", "UNKNOWN_UNIT");
        }
        UUID id = UUID.randomUUID();
        ties.invite(id, matter, unit, by(context));
        matters.joinInvited(matter, unit, id, context.at());
        sight.refresh(matter);
        return written(context, Written.Kind.INVITATION, id, matter, unit);
    }

    /**
     * Takes out whom the caller brought in by mistake: his invitation is withdrawn, his records address the unit no more. Refused
     * once it has acted where the caller sees it. What it did unseen keeps it in the matter, and he is not told.
     */
    public Written takeOut(WriteContext context, UUID matter, InvitationDraft draft) {
        String unit = draft.unit() == null ? "" : draft.unit();
        String caller = context.caller().unit();
        requireIn(context, matter);
        List<UUID> addressing = unit.equals(caller) ? List.of() : standing.addressing(matter, caller, unit);
        boolean invited = ties.withdrawInvitation(matter, unit, caller, context.at());
        if (!invited && addressing.isEmpty()) {
            throw fault("/unit", "NOT_BROUGHT_IN");
        }
        if (standing.actedInSight(matter, unit, caller)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        rows.byIds(addressing).forEach(row -> withdraw(context, kinds.byCode(row.kind()), row, unit));
        ties.takeBack(matter, caller, unit);
        if (!standing.hasReasonToStay(matter, unit)) {
            ties.leave(matter, unit);
        }
        UUID id = UUID.randomUUID();
        ties.noteRemoval(id, matter, unit, by(context));
        sight.refresh(matter);
        return written(context, Written.Kind.REMOVAL, id, matter, unit);
    }

    /** Links two matters that are both the caller's. It opens nothing. */
    public Written link(WriteContext context, UUID matter, LinkDraft draft) {
        requireIn(context, matter);
        UUID to = draft.to();
        if (to == null || draft.type() == null) {
            throw fault("/to", "REQUIRED");
        }
        if (to.equals(matter)) {
            throw fault("/to", "SAME");
        }
        if (!isIn(context.caller(), to)) {
            throw fault("/to", "UNKNOWN");
        }
        UUID id = UUID.randomUUID();
        if (!ties.link(id, new MatterTies.Linked(id, draft.type(), matter, to), by(context))) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        return written(context, Written.Kind.LINK, id, matter, draft.type() + " " + to);
    }

    private <C extends Content> void withdraw(WriteContext context, Kind<C> kind, RecordRow row, String unit) {
        Seen<C> seen =
                lookup.look(context.caller(), kind, row).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        store.withdrawAddressee(context, row.id(), unit);
    }

    /** Sees something of it, else 404; is in it, else 403. The matter's lock is held afterwards. */
    private void requireIn(WriteContext context, UUID matter) {
        if (!reading.sees(context.caller(), context.trace(), matter)) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        if (!matters.isMember(matter, context.caller().unit()) || !matters.lock(matter)) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        context.trace().decided("MEMBER", policy.policies().version());
    }

    private boolean isIn(Caller caller, UUID matter) {
        return reading.sees(caller, new Trace(), matter) && matters.isMember(matter, caller.unit());
    }

    private static MatterTies.By by(WriteContext context) {
        return new MatterTies.By(
                context.caller().unit(), context.caller().officer().orElse(null), context.exchange(), context.at());
    }

    private static Written written(WriteContext context, Written.Kind kind, UUID id, UUID matter, String what) {
        context.trace()
                .changed(new Trace.Changed(
                        id,
                        kind.name(),
                        1,
                        matter,
                        context.caller().unit(),
                        kind.name(),
                        Level.INTERNAL,
                        Digests.hex(Digests.sha256(what.getBytes(StandardCharsets.UTF_8)))));
        return Written.of(kind, id);
    }

    private static ProblemException fault(String field, String rule) {
        return new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault(field, rule));
    }
}
