package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.xietong.label.Caveat;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.RecordRepositories.GrantRepository;

/**
 * Grants 授权: the owner opens a record of its own beyond the matrix, to a unit or an officer, for a purpose and a time. One
 * officer proposes, a second approves with his own key (I11); each of the unit's officers can end it at once. Sight follows in
 * the same transaction.
 */
@ApplicationScoped
public class Granting {
    /** Proposed and standing grants of one record. */
    static final int MOST = 100;

    private final Lookup lookup;
    private final RecordWriting writing;
    private final Rights rights;
    private final GrantRules rules;
    private final Proposals proposals;
    private final GrantRepository grants;
    private final SightKeeper sight;
    private final ProposalConfig config;

    Granting(
            Lookup lookup,
            RecordWriting writing,
            Rights rights,
            GrantRules rules,
            Proposals proposals,
            GrantRepository grants,
            SightKeeper sight,
            ProposalConfig config) {
        this.lookup = lookup;
        this.writing = writing;
        this.rights = rights;
        this.rules = rules;
        this.proposals = proposals;
        this.grants = grants;
        this.sight = sight;
        this.config = config;
    }

    /** The first officer's proposal; nothing opens by it. */
    public <C extends Content> GrantView propose(WriteContext context, Kind<C> kind, UUID id, GrantDraft draft) {
        Seen<C> seen = writing.locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.RELABEL);
        rules.check(context, seen, draft);
        if (grants.open(id, context.at()).size() >= MOST) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        Set<Caveat> caveats = draft.caveats() == null ? Set.of() : draft.caveats();
        GrantEntity grant = new GrantEntity();
        grant.id = UUID.randomUUID();
        grant.record = id;
        grant.person = draft.officer() != null;
        grant.grantee = grant.person ? draft.officer() : draft.unit();
        grant.purpose = draft.purpose();
        grant.view = draft.view();
        grant.caveats = caveats.stream().map(Caveat::name).sorted().toArray(String[]::new);
        grant.reason = draft.reason();
        grant.until = Objects.requireNonNull(draft.until()).toInstant().truncatedTo(ChronoUnit.SECONDS);
        grant.proposedBy = DraftRules.signer(context);
        grant.proposedAt = context.at();
        grant.exchange = context.exchange();
        grant.expiresAt = context.at().plus(config.life());
        grant.digest = digest(grant);
        grants.persist(grant);
        return written(context, seen, "propose-grant", grant);
    }

    /** The second officer's approval; it shows from here on. */
    public <C extends Content> GrantView approve(
            WriteContext context, Kind<C> kind, UUID id, UUID grant, Confirmation confirmation) {
        Seen<C> seen = writing.locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.REVIEW_LABEL);
        GrantEntity proposed = find(id, grant);
        if (proposed.approvedAt != null || proposed.revokedAt != null) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        String officer =
                proposals.second(context, proposed.proposedBy, proposed.digest, digest(proposed), confirmation);
        boolean fresh = proposed.status(context.at()) == GrantView.Status.PROPOSED
                && rules.grantee(seen, proposed.person, proposed.grantee).isEmpty();
        if (!fresh) {
            throw new ProblemException(ProblemType.PROPOSAL_STALE);
        }
        proposed.approvedBy = officer;
        proposed.approvedAt = context.at();
        return inSight(context, seen, "approve-grant", proposed);
    }

    /** Ends a grant, or a proposal of one; one officer suffices to close. */
    public <C extends Content> GrantView revoke(WriteContext context, Kind<C> kind, UUID id, UUID grant) {
        Seen<C> seen = writing.locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.RELABEL);
        GrantEntity standing = find(id, grant);
        if (standing.revokedAt != null) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        standing.revokedBy = context.caller().officer().orElseThrow();
        standing.revokedAt = context.at();
        return inSight(context, seen, "revoke-grant", standing);
    }

    /** For the owner's unit. */
    public <C extends Content> GrantList list(WriteContext context, Kind<C> kind, UUID id) {
        Seen<C> seen = lookup.require(context.caller(), context.trace(), kind, id);
        rights.requireOwner(context.caller(), seen);
        List<GrantEntity> open = grants.open(id, context.at());
        return new GrantList(open.stream()
                .map(grant -> GrantView.of(kind.code(), grant, context.at()))
                .toList());
    }

    private GrantView inSight(WriteContext context, Seen<?> seen, String action, GrantEntity grant) {
        grants.flush();
        sight.refresh(seen.row().matter(), seen.row().id());
        return written(context, seen, action, grant);
    }

    private static GrantView written(WriteContext context, Seen<?> seen, String action, GrantEntity grant) {
        Proposals.trace(context, seen.row(), action, grant.digest);
        return GrantView.of(seen.row().kind(), grant, context.at());
    }

    private GrantEntity find(UUID record, UUID grant) {
        return grants.of(record, grant).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    private String digest(GrantEntity grant) {
        return proposals.digest(Map.of(
                "record", grant.record,
                "grantee", grant.grantee,
                "person", grant.person,
                "purpose", grant.purpose,
                "view", grant.view,
                "caveats", grant.caveats,
                "until", grant.until.toString(),
                "reason", grant.reason,
                "proposedBy", grant.proposedBy));
    }
}
