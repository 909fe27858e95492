package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        rules.addressedByActs(draft, handedOver(draft, past));
        requireOwn(context, draft, draft.matterId());
        Optional<RecordRow> filing = filing(context, draft);
        past.requirePast(filing);
        requireMatter(draft);
        lookup.requireInSight(context.caller(), named(draft.content(), Map.of()));
        UUID matter = filing.map(RecordRow::matter).orElse(draft.matterId());
        Optional<RecordRow> about = about(context, draft.content().restsOnOthers(), matter);
        Label label = rules.mark(context, draft.label(), fields(kind));
        RecordRow record = store.create(context, kind, draft, past, filing, filing.or(() -> about), label);
        return answer(context, kind, pastActs.follow(context, kind, record, past));
    }

    /** What asks something of a unit of a matter stands in that one. */
    private static void requireMatter(Draft<?> draft) {
        if (draft.content().asks() && draft.matterId() == null) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/matterId", "REQUIRED"));
        }
    }

    /** What the content names besides what stood there, with pointers from the body. */
    private static Map<String, UUID> named(Content content, Map<String, UUID> before) {
        Map<String, UUID> named = new LinkedHashMap<>();
        content.names().forEach((pointer, id) -> {
            if (!before.containsValue(id)) {
                named.put("/content" + pointer, id);
            }
        });
        return named;
    }

    /** What its owner names with an act. */
    void requireNamed(WriteContext context, Seen<?> seen, Content next) {
        lookup.requireInSight(context.caller(), named(next, seen.content().names()));
    }

    /** A record of the past says where it went, if it did. */
    private static List<String> handedOver(Draft<?> draft, Backfill<?> past) {
        boolean sent = past.acts().stream().anyMatch(act -> act.needs().contains(Act.Need.ADDRESSEES));
        return sent && draft.addressees() != null ? draft.addressees() : List.of();
    }

    /** What it came of is the caller's own, and in the same matter; anything else fails like what does not exist. */
    private void requireOwn(WriteContext context, Draft<?> draft, @Nullable UUID matter) {
        Set<UUID> cameOf = draft.content().cameOf();
        if (!cameOf.isEmpty() && matter == null) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/matterId", "REQUIRED"));
        }
        if (!lookup.areOwn(context.caller(), matter, cameOf)) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/content/clue", "UNKNOWN"));
        }
    }

    /**
     * What it is about: one record that its owner sees all of, in the matter where one is named; anything else fails like what does
     * not exist.
     */
    private Optional<RecordRow> about(
            WriteContext context, Map<String, Content.Reference> references, @Nullable UUID matter) {
        Optional<RecordRow> about = Optional.empty();
        for (Map.Entry<String, Content.Reference> each : references.entrySet()) {
            about = lookup.whole(context.caller(), each.getValue())
                    .filter(row -> matter == null || matter.equals(row.matter()));
            if (about.isEmpty()) {
                throw new ProblemException(
                        ProblemType.INVALID_CONTENT, new FieldFault("/content/" + each.getKey(), "UNKNOWN"));
            }
        }
        return about;
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
        rules.addressedByActs(draft, seen.row().addressees());
        requireOwn(context, draft, seen.row().matter());
        requireNamed(context, seen, draft.content());
        if (!draft.content().restsOnOthers().equals(seen.content().restsOnOthers())) {
            about(context, draft.content().restsOnOthers(), seen.row().matter());
        }
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
