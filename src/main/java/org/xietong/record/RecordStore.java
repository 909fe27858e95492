package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.label.Label;
import org.xietong.matter.Matters;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.RecordRepositories.RecordRepository;
import org.xietong.record.RecordRepositories.VersionRepository;

/** Puts records and versions into the store, joins matters, and keeps sight and trace in step. */
@ApplicationScoped
class RecordStore {
    private final EntityManager entities;
    private final RecordRepository records;
    private final VersionRepository versions;
    private final Matters matters;
    private final ParticipantIds participants;
    private final SightKeeper sight;
    private final StoredJson json;

    RecordStore(
            EntityManager entities,
            RecordRepository records,
            VersionRepository versions,
            Matters matters,
            ParticipantIds participants,
            SightKeeper sight,
            StoredJson json) {
        this.entities = entities;
        this.records = records;
        this.versions = versions;
        this.matters = matters;
        this.participants = participants;
        this.sight = sight;
        this.json = json;
    }

    /** Waits until no other exchange changes this matter. */
    void lock(UUID matter) {
        if (!matters.lock(matter)) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
    }

    /** The record as it stands afterwards. */
    <C extends Content> RecordRow create(
            WriteContext context, Kind<C> kind, Draft<C> draft, Label label, String state) {
        UUID id = UUID.randomUUID();
        String unit = context.caller().unit();
        UUID matter = draft.matterId() == null ? matters.open(unit, id, context.at()) : joined(draft.matterId(), unit);
        C content = participants.assign(context, matter, id, normal(draft.content()), Optional.empty());
        RecordEntity record = new RecordEntity();
        record.id = id;
        record.kind = kind.code();
        record.matter = matter;
        record.ownerUnit = unit;
        record.system = context.caller().system();
        record.sourceRef = draft.sourceRef();
        record.origin = draft.origin() == null ? Origin.LIVE : draft.origin();
        record.recordedAt = context.at();
        record.state = state;
        Envelope envelope = Envelope.of(draft, null, List.of());
        write(record, context, envelope, label, content);
        saved(context, record, Rights.CREATE, null);
        if (draft.matterId() != null) {
            return refreshed(record);
        }
        Set<String> members = new HashSet<>(List.of(envelope.addressees()));
        members.add(unit);
        RecordRow row = record.alone(label, members);
        sight.keep(matter, List.of(row));
        return row;
    }

    /** The record as it stands afterwards; empty where the draft says what stands already: then there is no new version. */
    <C extends Content> Optional<RecordRow> amend(
            WriteContext context, Kind<C> kind, Seen<C> seen, Draft<C> draft, Label label) {
        RecordEntity record = records.findById(seen.row().id());
        C content = participants.assign(
                context,
                record.matter,
                record.id,
                normal(inState(draft.content(), record.state)),
                Optional.of(seen.content()));
        Envelope envelope = Envelope.of(draft, record.documentNumber, matters.receivers(record.id));
        if (content.equals(seen.content()) && label.equals(seen.row().label()) && envelope.stands(record)) {
            return Optional.empty();
        }
        write(record, context, envelope, label, content);
        saved(context, record, Rights.AMEND, null);
        return Optional.of(refreshed(record));
    }

    RecordRow relabel(WriteContext context, Kind<?> kind, Seen<?> seen, Label label) {
        RecordEntity record = records.findById(seen.row().id());
        record.label = json.write(label);
        saved(context, record, Rights.REVIEW_LABEL, null);
        return refreshed(record);
    }

    /** The outcome of a lifecycle act: new state, what it carried, whom it reached. */
    <C extends Content> RecordRow act(WriteContext context, Seen<C> seen, Act act, ActDraft<C> draft, C content) {
        RecordEntity record = records.findById(seen.row().id());
        record.state = act.to();
        record.content = json.write(content);
        if (draft.documentNumber() != null && seen.row().documentNumber() == null && isOwner(context, record)) {
            record.documentNumber = draft.documentNumber();
        }
        if (draft.addressees() != null) {
            record.addressees = union(record.addressees, draft.addressees());
        }
        saved(context, record, act.name(), json.write(draft.withoutContent()));
        return refreshed(record);
    }

    /** The content that an act brings or leaves, with ids for participants it names for the first time. */
    <C extends Content> C identified(WriteContext context, Seen<C> seen, C content) {
        return participants.assign(
                context, seen.row().matter(), seen.row().id(), normal(content), Optional.of(seen.content()));
    }

    @SuppressWarnings("unchecked") // a content in a state is of its own type
    private static <C extends Content> C inState(C content, String state) {
        return (C) content.inState(state);
    }

    @SuppressWarnings("unchecked") // a normalised content is of its own type
    private static <C extends Content> C normal(C content) {
        return (C) content.normalised();
    }

    /** Asks before it waits for the lock: how long an answer takes must not tell of a matter that the caller is not in (I4). */
    private UUID joined(UUID matter, String unit) {
        if (!matters.isMember(matter, unit) || !matters.lock(matter)) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/matterId", "UNKNOWN"));
        }
        return matter;
    }

    private void write(RecordEntity record, WriteContext context, Envelope envelope, Label label, Content content) {
        record.ownerOfficer = context.caller().officer().orElse(null);
        envelope.into(record);
        record.label = json.write(label);
        record.content = json.write(content);
        for (String unit : envelope.addressees()) {
            matters.join(record.matter, unit, record.id, context.at());
        }
    }

    private void saved(WriteContext context, RecordEntity record, String act, @Nullable String actContent) {
        record.version = record.version + 1;
        record.changedAt = context.at();
        records.persist(record);
        VersionEntity version = new VersionEntity();
        version.id = UUID.randomUUID();
        version.record = record.id;
        version.version = record.version;
        version.act = act;
        version.byUnit = context.caller().unit();
        version.byOfficer = context.caller().officer().orElse(null);
        version.at = context.at();
        version.exchange = context.exchange();
        version.state = record.state;
        version.label = record.label;
        version.content = record.content;
        version.actContent = actContent;
        versions.persist(version);
        entities.flush();
        context.trace()
                .changed(new Trace.Changed(
                        record.id,
                        record.kind,
                        record.version,
                        record.matter,
                        record.ownerUnit,
                        act,
                        json.read(record.label, Label.class).level(),
                        Digests.hex(Digests.sha256(record.content.getBytes(StandardCharsets.UTF_8)))));
    }

    /** The record as it stands once the sight of its matter follows what was set beside it. */
    RecordRow refreshed(RecordRow row) {
        entities.flush();
        return refreshed(records.findById(row.id()));
    }

    /** The record as the store now has it, after the sight of its whole matter was computed anew. */
    private RecordRow refreshed(RecordEntity record) {
        return sight.refresh(record.matter).stream()
                .filter(row -> row.id().equals(record.id))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOwner(WriteContext context, RecordEntity record) {
        return context.caller().unit().equals(record.ownerUnit);
    }

    private static String[] union(String[] standing, List<String> added) {
        List<String> all = new ArrayList<>(List.of(standing));
        added.stream().filter(unit -> !all.contains(unit)).forEach(all::add);
        return all.toArray(String[]::new);
    }
}
