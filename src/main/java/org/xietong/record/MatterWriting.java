package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.xietong.crypto.Digests;
import org.xietong.label.Level;
import org.xietong.matter.MatterTies;
import org.xietong.matter.Matters;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Who is in a matter. For units that are in it and see something of it; a matter out of sight
 * fails like one that does not exist, and nothing here tells what other units are in it or did in it unseen (I4).
 */
@ApplicationScoped
public class MatterWriting {
    private final MatterRecords records;
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
            MatterRecords records,
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
        this.records = records;
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

    /**
     * Brings a unit in. The answer is the same where it was in already, through whomever else; twice by the same unit is a conflict.
     * It opens to the invited what the policy shows members of the inviting unit's records, and nothing of anybody else's.
     */
    public Written invite(WriteContext context, UUID matter, InvitationDraft draft) {
        String unit = draft.unit() == null ? "" : draft.unit();
        records.requireIn(context, matter);
        Optional<String> fault =
                unit.equals(context.caller().unit()) ? Optional.of("UNKNOWN_UNIT") : policy.fault(unit);
        if (fault.isPresent()) {
            throw fault("/unit", fault.get());
        }
        boolean stands = ties.standing(matter, context.caller().unit()).stream()
                .anyMatch(i -> i.unit().equals(unit)
                        && i.byUnit().equals(context.caller().unit()));
        if (stands) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        UUID id = UUID.randomUUID();
        ties.invite(id, matter, unit, by(context));
        matters.joinInvited(matter, unit, context.caller().unit(), id, context.at());
        sight.refresh(matter);
        return written(context, Written.Kind.INVITATION, id, matter, unit);
    }

    /**
     * Takes out whom the caller brought in by mistake: his invitation is withdrawn, his records address the unit no more. Refused
     * once it has acted where the caller sees it, and of what was handed over under a copy to the procuratorate. What it did unseen keeps it in the matter, and he is not told.
     */
    public Written takeOut(WriteContext context, UUID matter, InvitationDraft draft) {
        String unit = draft.unit() == null ? "" : draft.unit();
        String caller = context.caller().unit();
        records.requireIn(context, matter);
        List<UUID> addressing = unit.equals(caller) ? List.of() : standing.addressing(matter, caller, unit);
        boolean invited = ties.withdrawInvitation(matter, unit, caller, context.at());
        if (!invited && addressing.isEmpty()) {
            throw fault("/unit", "NOT_BROUGHT_IN");
        }
        if (matters.areCopied(addressing) || standing.actedInSight(matter, unit, caller)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        rows.byIds(addressing).forEach(row -> withdraw(context, kinds.byCode(row.kind()), row, unit));
        ties.takeBack(matter, caller, unit);
        if (standing.hasReasonToStay(matter, unit)) {
            standing.rest(matter, unit);
        } else {
            ties.leave(matter, unit);
        }
        UUID id = UUID.randomUUID();
        ties.noteRemoval(id, matter, unit, by(context));
        sight.refresh(matter);
        return written(context, Written.Kind.REMOVAL, id, matter, unit);
    }

    private <C extends Content> void withdraw(WriteContext context, Kind<C> kind, RecordRow row, String unit) {
        Seen<C> seen =
                lookup.look(context.caller(), kind, row).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        store.withdrawAddressee(context, row.id(), unit);
    }

    static MatterTies.By by(WriteContext context) {
        return new MatterTies.By(
                context.caller().unit(), context.caller().officer().orElse(null), context.exchange(), context.at());
    }

    static Written written(WriteContext context, Written.Kind kind, UUID id, UUID matter, String what) {
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
