package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.xietong.label.Declaration;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Spills 涉密误传: whoever sees a record that holds what must not stand here takes it out of everybody's sight at once, his own
 * included (I7). One officer suffices to close; two of the owner's erase it, or release it where it was none. Nobody opens it to
 * judge it here: that is done where the paper is.
 */
@ApplicationScoped
public class Spilling {
    /** The basis under which a release stands beside erasures. */
    static final String NO_SPILL = "NO_SPILL";

    private final ErasureRows rows;
    private final RecordRows records;
    private final RecordStore store;
    private final Lookup lookup;
    private final Kinds kinds;
    private final SightKeeper sight;
    private final Erasing erasing;
    private final TransferPrompts prompts;
    private final ProposalConfig config;
    private final Event<OutsideLine> outside;

    Spilling(
            ErasureRows rows,
            RecordRows records,
            RecordStore store,
            Lookup lookup,
            Kinds kinds,
            SightKeeper sight,
            Erasing erasing,
            TransferPrompts prompts,
            ProposalConfig config,
            Event<OutsideLine> outside) {
        this.rows = rows;
        this.records = records;
        this.store = store;
        this.lookup = lookup;
        this.kinds = kinds;
        this.sight = sight;
        this.erasing = erasing;
        this.prompts = prompts;
        this.config = config;
        this.outside = outside;
    }

    /** Out of sight, for everybody, from here on. */
    public SpillView report(WriteContext context, SpillDraft draft) {
        UUID id = Objects.requireNonNull(draft.recordId());
        RecordRow before = seen(context, id);
        store.lock(before.matter());
        RecordRow row = seen(context, id);
        UUID spill = UUID.randomUUID();
        String reason = Objects.requireNonNull(draft.reason());
        String officer = DraftRules.signer(context);
        rows.quarantine(context, spill, row, officer, reason);
        // Another's report takes away nothing that the owner did
        if (row.ownerUnit().equals(context.caller().unit())) {
            prompts.moved(context, row);
        }
        outside.fire(OutsideLine.of(new OutsideLine.Spilled(
                spill, row.id(), context.caller().unit(), officer, reason, context.at(), context.exchange())));
        sight.refresh(row.matter(), row.id());
        Proposals.trace(context, row, "quarantine", spill.toString());
        return new SpillView(
                spill,
                row.id(),
                row.kind(),
                reason,
                row.ownerUnit(),
                context.caller().unit(),
                RecordViews.shanghai(context.at()),
                null,
                null,
                null);
    }

    /** For the unit that owns the records, or reported them; without a word of their content. */
    public SpillList list(WriteContext context) {
        return new SpillList(rows.spills(context.caller().unit(), Erasing.MOST));
    }

    /** The first officer of the owner proposes to bring it back into sight; a second approves as he approves an erasure. */
    public ErasureView release(WriteContext context, String key, UUID spill, ReleaseDraft draft) {
        Declaration.require(draft.noStateSecret());
        SpillView open = rows.openSpill(spill, context.caller().unit())
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        List<RecordRow> concerned = records.byIds(List.of(Objects.requireNonNull(open.recordId())));
        Erasure asked = new Erasure(
                UUID.randomUUID(),
                Erasure.Kind.RELEASE,
                spill,
                context.caller().unit(),
                false,
                NO_SPILL,
                Objects.requireNonNull(draft.documentNumber()),
                Objects.requireNonNull(draft.reason()),
                "",
                DraftRules.signer(context),
                key,
                context.at(),
                context.exchange(),
                context.at().plus(config.life()),
                null);
        return erasing.proposed(context, asked, concerned);
    }

    private RecordRow seen(WriteContext context, UUID id) {
        return records.byIds(List.of(id)).stream()
                .filter(row -> sees(context, kinds.byCode(row.kind()), row))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    private <C extends Content> boolean sees(WriteContext context, Kind<C> kind, RecordRow row) {
        context.trace().concerns(row.kind());
        context.trace().looksUp(row.id());
        Optional<Seen<C>> seen = lookup.look(context.caller(), kind, row);
        seen.ifPresent(
                s -> context.trace().decided(s.permitted().rule(), s.permitted().policyVersion()));
        return seen.isPresent() && row.erased() == null;
    }
}
