package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.label.Declaration;
import org.xietong.label.Label;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.RecordRepositories.LoweringRepository;

/**
 * Lowering a label 降低标签: one officer of the owner proposes it, a second confirms it with his own key (I11); then it is a new
 * version, and sight follows at once. A newer proposal takes the place of an older one.
 */
@ApplicationScoped
public class LabelLowering {
    /** Proposals that a list shows; older ones stand in the journal. */
    static final int MOST = 100;

    private final Lookup lookup;
    private final RecordWriting writing;
    private final Rights rights;
    private final RecordViews views;
    private final RecordStore store;
    private final DraftRules rules;
    private final Proposals proposals;
    private final LoweringRepository lowerings;
    private final StoredJson json;
    private final ProposalConfig config;

    LabelLowering(
            Lookup lookup,
            RecordWriting writing,
            Rights rights,
            RecordViews views,
            RecordStore store,
            DraftRules rules,
            Proposals proposals,
            LoweringRepository lowerings,
            StoredJson json,
            ProposalConfig config) {
        this.lookup = lookup;
        this.writing = writing;
        this.rights = rights;
        this.views = views;
        this.store = store;
        this.rules = rules;
        this.proposals = proposals;
        this.lowerings = lowerings;
        this.json = json;
        this.config = config;
    }

    /** The first officer's proposal; nothing opens by it. */
    public <C extends Content> LabelLoweringView propose(
            WriteContext context, Kind<C> kind, UUID id, LabelLoweringDraft draft, Precondition precondition) {
        Seen<C> seen = writing.locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.RELABEL);
        precondition.check(views.view(context.caller(), kind, seen));
        Declaration.require(draft.noStateSecret());
        Label standing = seen.row().label();
        Label label =
                rules.lowered(context, Objects.requireNonNull(draft.label()), standing, RecordWriting.fields(kind));
        lowerings.unended(id).ifPresent(older -> {
            older.replacedAt = context.at();
            lowerings.flush();
        });
        LoweringEntity proposal = new LoweringEntity();
        proposal.id = UUID.randomUUID();
        proposal.record = id;
        proposal.startsFrom = proposals.digest(standing);
        proposal.label = json.write(label);
        proposal.reason = draft.reason();
        proposal.proposedBy = DraftRules.signer(context);
        proposal.proposedAt = context.at();
        proposal.exchange = context.exchange();
        proposal.expiresAt = context.at().plus(config.life());
        proposal.digest = digest(proposal);
        lowerings.persist(proposal);
        Proposals.trace(context, seen.row(), "propose-lowering", proposal.digest);
        return view(kind, proposal, context);
    }

    /** For the owner's unit: what the second officer is asked to confirm. */
    public <C extends Content> LabelLoweringView read(WriteContext context, Kind<C> kind, UUID id, UUID proposal) {
        Caller caller = context.caller();
        Seen<C> seen = lookup.require(caller, context.trace(), kind, id);
        rights.requireOwner(caller, seen);
        return view(kind, find(id, proposal), context);
    }

    /** For the owner's unit: what waits for the second officer, and what became of earlier proposals. */
    public <C extends Content> LabelLoweringList list(WriteContext context, Kind<C> kind, UUID id) {
        Seen<C> seen = lookup.require(context.caller(), context.trace(), kind, id);
        rights.requireOwner(context.caller(), seen);
        return new LabelLoweringList(lowerings.newest(id, MOST).stream()
                .map(proposal -> view(kind, proposal, context))
                .toList());
    }

    /** The second officer's confirmation; the label holds from here on. */
    public <C extends Content> RecordView<C> confirm(
            WriteContext context,
            Kind<C> kind,
            UUID id,
            UUID proposal,
            Confirmation confirmation,
            Precondition precondition) {
        Seen<C> seen = writing.locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.REVIEW_LABEL);
        LoweringEntity lowering = find(id, proposal);
        if (lowering.confirmedAt != null) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        String officer =
                proposals.second(context, lowering.proposedBy, lowering.digest, digest(lowering), confirmation);
        boolean fresh = lowering.isOpen(context.at())
                && lowering.startsFrom.equals(proposals.digest(seen.row().label()));
        if (!fresh) {
            throw new ProblemException(ProblemType.PROPOSAL_STALE);
        }
        precondition.check(views.view(context.caller(), kind, seen));
        lowering.confirmedBy = officer;
        lowering.confirmedAt = context.at();
        Label label = json.read(lowering.label, Label.class).by(lowering.proposedBy, officer);
        return writing.answer(context, kind, store.relabel(context, seen, Rights.LOWER_LABEL, label));
    }

    private LoweringEntity find(UUID record, UUID proposal) {
        return lowerings.of(record, proposal).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    private String digest(LoweringEntity proposal) {
        return proposals.digest(Map.of(
                "record", proposal.record,
                "startsFrom", proposal.startsFrom,
                "label", json.read(proposal.label, Label.class),
                "reason", proposal.reason,
                "proposedBy", proposal.proposedBy));
    }

    private LabelLoweringView view(Kind<?> kind, LoweringEntity proposal, WriteContext context) {
        return new LabelLoweringView(
                proposal.id,
                kind.code(),
                proposal.record,
                json.read(proposal.label, Label.class),
                proposal.reason,
                proposal.startsFrom,
                proposal.digest,
                proposal.proposedBy,
                RecordViews.shanghai(proposal.proposedAt),
                RecordViews.shanghai(proposal.expiresAt),
                proposal.isOpen(context.at()),
                null,
                null);
    }
}
