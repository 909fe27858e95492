package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.xietong.label.Label;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Writing: create, amend, upsert, review a label. Runs inside the exchange's transaction; the answer is the owner's
 * view of what was written. Nothing is overwritten: each change is a version.
 */
@ApplicationScoped
public class RecordWriting {
    private final Lookup lookup;
    private final Rights rights;
    private final RecordViews views;
    private final RecordStore store;
    private final DraftRules rules;
    private final BackfillActs pastActs;

    RecordWriting(
            Lookup lookup,
            Rights rights,
            RecordViews views,
            RecordStore store,
            DraftRules rules,
            BackfillActs pastActs) {
        this.lookup = lookup;
        this.rights = rights;
        this.views = views;
        this.store = store;
        this.rules = rules;
        this.pastActs = pastActs;
    }

    /** Registers a record; it belongs to the calling unit (I5). A matter is opened where none is named; a backfilled one may stand in a later state. */
    public <C extends Content> RecordView<C> create(WriteContext context, Kind<C> kind, Draft<C> draft) {
        rights.requireCreate(
                context.caller(), context.trace(), kind.code(), draft.content().attributes());
        Backfill<C> past = Backfill.of(draft, context.at());
        rules.check(draft, past.state());
        Optional<RecordRow> filing = filing(context, draft);
        past.requirePast(filing);
        Label label = rules.mark(context, draft.label(), fields(kind));
        RecordRow record = store.create(context, kind, draft, past, filing, label);
        return answer(context, kind, pastActs.follow(context, kind, record, past));
    }

    /** The filing of a stage; one that is out of sight, in another matter or not criminal fails like one that does not exist. */
    private Optional<RecordRow> filing(WriteContext context, Draft<?> draft) {
        if (draft.filing() == null) {
            if (draft.content().ofFiling() == Content.OfFiling.MUST) {
                throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/filing", "REQUIRED"));
            }
            return Optional.empty();
        }
        Optional<RecordRow> filing = lookup.filing(context.caller(), draft.filing())
                .filter(row -> draft.matterId() == null || draft.matterId().equals(row.matter()));
        if (filing.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/filing", "UNKNOWN"));
        }
        return filing;
    }

    /** A correction by the owner: a new version with new content; what the draft leaves out is withdrawn. */
    public <C extends Content> RecordView<C> amend(
            WriteContext context, Kind<C> kind, UUID id, Draft<C> draft, Precondition precondition) {
        Seen<C> seen = locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        precondition.check(views.view(context.caller(), kind, seen));
        return amend(context, kind, draft, seen);
    }

    /**
     * Creates or amends by the case system's own id; the same content again changes nothing. Created is told by
     * version 1 and the trace's action.
     */
    public <C extends Content> RecordView<C> upsert(
            WriteContext context, Kind<C> kind, String sourceRef, Draft<C> draft, Precondition precondition) {
        if (draft.sourceRef() != null && !draft.sourceRef().equals(sourceRef)) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/sourceRef", "DIFFERS_FROM_PATH"));
        }
        Optional<Seen<C>> known = lookup.bySource(context.caller(), context.trace(), kind, sourceRef);
        if (known.isEmpty()) {
            if (precondition != Precondition.NONE) {
                throw new ProblemException(ProblemType.PRECONDITION_FAILED);
            }
            return create(context, kind, draft.withSourceRef(sourceRef));
        }
        Seen<C> seen = locked(context, kind, known.get().row().id());
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        precondition.check(views.view(context.caller(), kind, seen));
        return amend(context, kind, draft.withSourceRef(sourceRef), seen);
    }

    /** The second officer's signature under a label from WORK_SECRET up (I11); nobody reviews his own mark. */
    public <C extends Content> RecordView<C> reviewLabel(
            WriteContext context, Kind<C> kind, UUID id, Precondition precondition) {
        Seen<C> seen = locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.REVIEW_LABEL);
        precondition.check(views.view(context.caller(), kind, seen));
        Label reviewed = rules.review(context, seen.row().label());
        return answer(context, kind, store.relabel(context, seen, Rights.REVIEW_LABEL, reviewed));
    }

    private <C extends Content> RecordView<C> amend(WriteContext context, Kind<C> kind, Draft<C> draft, Seen<C> seen) {
        rules.check(draft, seen.row().state());
        rules.keepsIdentity(draft, seen);
        Label label = seen.row().label();
        if (draft.label() != null) {
            rights.require(context.caller(), context.trace(), seen, Rights.RELABEL);
            label = rules.remark(context, draft.label(), seen.row(), fields(kind));
        }
        return store.amend(context, kind, seen, draft, label)
                .map(row -> answer(context, kind, row))
                .orElseGet(() -> views.disclose(context.caller(), context.trace(), kind, seen));
    }

    /** The content's fields, which a label may mark one by one. */
    static Set<String> fields(Kind<?> kind) {
        return Components.of(kind.contentType()).all().stream()
                .map(RecordComponent::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws ProblemException ERASED where nothing can be written to it any more */
    <C extends Content> Seen<C> locked(WriteContext context, Kind<C> kind, UUID id) {
        Seen<C> before = lookup.require(context.caller(), context.trace(), kind, id);
        store.lock(before.row().matter());
        return lookup.require(context.caller(), context.trace(), kind, id).standing();
    }

    /** The writer's own view of what he wrote, decided by the engine like any other. */
    <C extends Content> RecordView<C> answer(WriteContext context, Kind<C> kind, RecordRow written) {
        Seen<C> seen = lookup.look(context.caller(), kind, written)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        return views.disclose(context.caller(), context.trace(), kind, seen);
    }
}
