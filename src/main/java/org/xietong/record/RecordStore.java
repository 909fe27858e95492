package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.identifier.PaperNumber;
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
    private final PaperNumbers numbers;
    private final BlindIndex blind;
    private final RecordClocks clocks;
    private final TransferPrompts prompts;
    private final AttachmentRows attachments;

    RecordStore(
            EntityManager entities,
            RecordRepository records,
            VersionRepository versions,
            Matters matters,
            ParticipantIds participants,
            SightKeeper sight,
            StoredJson json,
            PaperNumbers numbers,
            BlindIndex blind,
            RecordClocks clocks,
            TransferPrompts prompts,
            AttachmentRows attachments) {
        this.entities = entities;
        this.records = records;
        this.versions = versions;
        this.matters = matters;
        this.participants = participants;
        this.sight = sight;
        this.json = json;
        this.numbers = numbers;
        this.blind = blind;
        this.clocks = clocks;
        this.prompts = prompts;
        this.attachments = attachments;
    }

    /** Waits until no other exchange changes this matter. */
    void lock(UUID matter) {
        if (!matters.lock(matter)) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
    }

    /**
     * The record as it stands afterwards.
     *
     * @param past how a backfilled record came to its state
     * @param filing of which it is a stage
     * @param about that filing, or what else it is about; the caller sees all of it, and its matter is the record's
     */
    <C extends Content> RecordRow create(
            WriteContext context,
            Kind<C> kind,
            Draft<C> draft,
            Backfill<C> past,
            Optional<RecordRow> filing,
            Optional<RecordRow> about,
            Label label) {
        UUID id = UUID.randomUUID();
        String unit = context.caller().unit();
        UUID matter = about.map(row -> entered(context, row, id))
                .orElseGet(() -> draft.matterId() == null
                        ? matters.open(unit, id, context.at())
                        : joined(draft.matterId(), unit));
        C identified = participants.assign(context, matter, id, normal(draft.content()), Optional.empty());
        C content = past.acts().isEmpty() ? kept(identified, Optional.empty()) : past.follow(identified, draft, unit);
        RecordEntity record = new RecordEntity();
        record.id = id;
        record.kind = kind.code();
        record.matter = matter;
        record.filing = filing.map(RecordRow::id).orElse(null);
        record.ownerUnit = unit;
        record.system = context.caller().system();
        record.sourceRef = draft.sourceRef();
        record.origin = draft.origin() == null ? Origin.LIVE : draft.origin();
        record.recordedAt = context.at();
        record.state = past.state();
        Envelope envelope = Envelope.of(draft, null, List.of());
        write(record, context, envelope, label, content);
        saved(context, record, Rights.CREATE, null);
        index(record, content);
        clocks.created(context, record, content, draft.occurred(), filing.map(RecordRow::origin));
        clocks.followed(context, record, content, past.measured(content, filing), draft.occurred());
        prompts.written(context, record, content);
        if (draft.matterId() != null || about.isPresent()) {
            return refreshed(record);
        }
        Set<String> members = new HashSet<>(List.of(envelope.addressees()));
        members.add(unit);
        RecordRow row = record.alone(label, json.attributes(record.attributes), members);
        sight.keep(matter, List.of(row));
        return row;
    }

    /** The record as it stands afterwards; empty where the draft says what stands already: then there is no new version. */
    <C extends Content> Optional<RecordRow> amend(
            WriteContext context, Kind<C> kind, Seen<C> seen, Draft<C> draft, Label label) {
        RecordEntity record = records.findById(seen.row().id());
        C content = identified(context, seen, draft.content(), Optional.empty());
        Envelope envelope = Envelope.of(draft, record.documentNumber, matters.receivers(record.id));
        if (content.equals(seen.content()) && label.equals(seen.row().label()) && envelope.stands(record)) {
            return Optional.empty();
        }
        write(record, context, envelope, label, content);
        saved(context, record, Rights.AMEND, null);
        index(record, content);
        prompts.written(context, record, content);
        return Optional.of(refreshed(record));
    }

    RecordRow relabel(WriteContext context, Seen<?> seen, String act, Label label) {
        RecordEntity record = records.findById(seen.row().id());
        record.label = json.write(label);
        saved(context, record, act, null);
        return refreshed(record);
    }

    /**
     * The outcome of a lifecycle act: new state, what it carried, whom it reached.
     *
     * @param copies units that the service itself copied it to
     */
    <C extends Content> RecordRow act(
            WriteContext context,
            Seen<C> seen,
            Done done,
            ActDraft<C> draft,
            C content,
            String state,
            List<String> copies) {
        Act act = done.act();
        RecordEntity record = records.findById(seen.row().id());
        record.state = state;
        hold(record, content);
        if (draft.documentNumber() != null && seen.row().documentNumber() == null && isOwner(context, record)) {
            record.documentNumber = PaperNumber.stored(draft.documentNumber());
        }
        if (draft.addressees() != null) {
            record.addressees = union(record.addressees, draft.addressees());
        }
        record.addressees = union(record.addressees, copies);
        saved(context, record, act.name(), json.write(draft.withoutContent()));
        index(record, content);
        clocks.acted(context, record, seen.content(), content, done, draft.occurred());
        if (act.name().equals(Act.NOT_TRANSFER)) {
            prompts.decided(context, record);
        } else {
            prompts.written(context, record, content);
        }
        return refreshed(record);
    }

    /** An act that goes along with another record's; the sight of the matter is for that to compute anew. */
    void carry(WriteContext context, UUID id, Act act, Content content) {
        RecordEntity record = records.findById(id);
        record.state = act.to();
        hold(record, content);
        saved(context, record, act.name(), null);
    }

    /** Units that a copy went to besides, with the version that stands. */
    void address(UUID id, List<String> copies) {
        RecordEntity record = records.findById(id);
        record.addressees = union(record.addressees, copies);
    }

    /** A new version that addresses one unit less; the sight of the matter is for the caller to compute anew. */
    void withdrawAddressee(WriteContext context, UUID id, String unit) {
        RecordEntity record = records.findById(id);
        List<String> left = new ArrayList<>(List.of(record.addressees));
        left.remove(unit);
        record.addressees = left.toArray(String[]::new);
        saved(context, record, Rights.WITHDRAW_ADDRESSEE, null);
    }

    private void index(RecordEntity record, Content content) {
        numbers.keep(record.id, PaperNumbers.of(record.documentNumber, (Record) content));
        blind.keep(record.id, record.matter, content);
    }

    /** A new content of the record, with ids for participants it names for the first time, and with what acts have decided. */
    <C extends Content> C identified(WriteContext context, Seen<C> seen, C content, Optional<Act> by) {
        Optional<C> before = Optional.of(seen.content());
        C kept = kept(
                participants.assign(context, seen.row().matter(), seen.row().id(), normal(content), before), before);
        refuse(seen.content().changes(kept, seen.row().state(), by));
        if (!seen.content().attachmentsNeeded().isEmpty()) {
            Set<UUID> held = attachments.held(seen.row().id());
            refuse(seen.content().keeps(kept, seen.row().state(), held));
        }
        return kept;
    }

    private static <C extends Content> C kept(C drafted, Optional<C> before) {
        List<FieldFault> faults = new ArrayList<>();
        C kept = Contents.keep(drafted, before.orElse(null), faults);
        refuse(faults);
        return kept;
    }

    private static void refuse(List<FieldFault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT,
                    faults.stream()
                            .map(fault -> new FieldFault("/content" + fault.field(), fault.rule()))
                            .toList());
        }
    }

    @SuppressWarnings("unchecked") // a normalised content is of its own type
    private static <C extends Content> C normal(C content) {
        return (C) content.normalised();
    }

    /**
     * Asks before it waits for the lock: how long an answer takes must not tell of a matter that the caller is not in (I4). And
     * after it: he may have been taken out in the meantime.
     */
    private UUID joined(UUID matter, String unit) {
        if (!matters.isMember(matter, unit) || !matters.lock(matter) || !matters.isMember(matter, unit)) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/matterId", "UNKNOWN"));
        }
        return matter;
    }

    /** Who sees the whole filing takes part in its matter by posting a stage of it; the same goes for what supervision is about. */
    private UUID entered(WriteContext context, RecordRow about, UUID record) {
        lock(about.matter());
        matters.enter(about.matter(), context.caller().unit(), record, context.at());
        return about.matter();
    }

    /** The content, and what sight is decided from. */
    private void hold(RecordEntity record, Content content) {
        Map<String, String> attributes = new TreeMap<>(content.attributes());
        attributes.putAll(content.lifecycle().attributes(record.state));
        record.attributes = json.write(attributes);
        record.participants = Lookup.participants(content).toArray(UUID[]::new);
        record.content = json.write(content);
    }

    private void write(RecordEntity record, WriteContext context, Envelope envelope, Label label, Content content) {
        record.ownerOfficer = context.caller().officer().orElse(null);
        envelope.into(record);
        record.label = json.write(label);
        hold(record, content);
        for (String unit : envelope.addressees()) {
            if (content.asks()) {
                matters.admit(record.matter, unit, record.id, context.at());
            } else {
                matters.join(record.matter, unit, record.ownerUnit, record.id, context.at());
            }
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
                        Digests.hex(Digests.sha256(record.content.getBytes(StandardCharsets.UTF_8))),
                        Set.of(record.participants)));
    }

    /** The record as it stands once the sight of its matter follows what was set beside it. */
    RecordRow refreshed(RecordRow row) {
        entities.flush();
        return refreshed(records.findById(row.id()));
    }

    /** The record as the store now has it, after the sight of its whole matter was computed anew. */
    private RecordRow refreshed(RecordEntity record) {
        return sight.refresh(record.matter, record.id).stream()
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
