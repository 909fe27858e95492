package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.identifier.Identifier;
import org.xietong.label.Declaration;
import org.xietong.matter.Participant;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Erasing 依法删除, by two officers of the owner, each with his own key (I11). What was erased goes with the parts of the log that tell of
 * it, their salts and their index; that it was exchanged, when, by whom, for what purpose and by which decision stays (I9). All of
 * it in the transaction of the approving exchange; bytes of attachments once that is committed.
 */
@ApplicationScoped
public class Erasing {
    /** Erasures that a list shows; older ones stand in the journal. */
    static final int MOST = 100;

    private final ErasureRows rows;
    private final RecordRows records;
    private final RecordStore store;
    private final Lookup lookup;
    private final Rights rights;
    private final Kinds kinds;
    private final Proposals proposals;
    private final ProposalConfig config;
    private final SightKeeper sight;
    private final TransferPrompts prompts;
    private final PaperNumbers numbers;
    private final StoredJson json;
    private final Event<OutsideLine> outside;
    private final Event<Erased> done;

    Erasing(
            ErasureRows rows,
            RecordRows records,
            RecordStore store,
            Lookup lookup,
            Rights rights,
            Kinds kinds,
            Proposals proposals,
            ProposalConfig config,
            SightKeeper sight,
            TransferPrompts prompts,
            PaperNumbers numbers,
            StoredJson json,
            Event<OutsideLine> outside,
            Event<Erased> done) {
        this.rows = rows;
        this.records = records;
        this.store = store;
        this.lookup = lookup;
        this.rights = rights;
        this.kinds = kinds;
        this.proposals = proposals;
        this.config = config;
        this.sight = sight;
        this.prompts = prompts;
        this.numbers = numbers;
        this.json = json;
        this.outside = outside;
        this.done = done;
    }

    /**
     * That an erasure was approved; told once its transaction is committed.
     *
     * @param bytes where the store may still have bytes that nothing refers to any more
     */
    record Erased(List<String> bytes) {}

    /** The first officer's proposal; nothing goes by it. */
    public ErasureView propose(WriteContext context, String key, ErasureDraft draft) {
        Declaration.require(draft.noStateSecret());
        Erasure.Kind kind = kind(draft);
        UUID target = Stream.of(draft.recordId(), draft.participantId(), draft.attachmentId())
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        List<RecordRow> concerned = concerned(context, kind, target);
        requireSilence(draft, concerned);
        Erasure asked = new Erasure(
                UUID.randomUUID(),
                kind,
                target,
                context.caller().unit(),
                Boolean.TRUE.equals(draft.freeText()),
                Objects.requireNonNull(draft.basis()),
                Objects.requireNonNull(draft.documentNumber()),
                Objects.requireNonNull(draft.reason()),
                "",
                DraftRules.signer(context),
                key,
                context.at(),
                context.exchange(),
                context.at().plus(config.life()),
                null);
        return proposed(context, asked, concerned);
    }

    /** The same for a release from quarantine. */
    ErasureView proposed(WriteContext context, Erasure asked, List<RecordRow> concerned) {
        Erasure erasure = asked.digested(proposals.digest(asked.terms()));
        rows.propose(erasure);
        concerned.forEach(row -> Proposals.trace(context, row, "propose-erasure", erasure.digest()));
        return ErasureView.of(erasure, context.at());
    }

    /** The second officer's approval; it is gone from here on. */
    public ErasureView approve(WriteContext context, String key, UUID id, Confirmation confirmation) {
        Erasure erasure = find(context.caller(), id);
        String officer = proposals.second(
                context, erasure.proposedBy(), erasure.digest(), proposals.digest(erasure.terms()), confirmation);
        if (erasure.approved() != null) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        if (!context.at().isBefore(erasure.expiresAt())) {
            throw new ProblemException(ProblemType.PROPOSAL_STALE);
        }
        List<RecordRow> concerned = concerned(context, erasure.kind(), erasure.target());
        List<String> bytes = rows.bytesOf(concerned.stream().map(RecordRow::id).toList());
        Erasure.Approval approval = new Erasure.Approval(officer, key, context.at(), context.exchange());
        rows.approve(id, approval);
        for (RecordRow before : concerned) {
            if (erasure.kind() == Erasure.Kind.RECORD) {
                prompts.erased(context, before);
            } else if (erasure.kind() == Erasure.Kind.RELEASE) {
                prompts.moved(context, before);
            }
            sight.refresh(before.matter(), before.id()).stream()
                    .filter(row -> row.id().equals(before.id()) && row.erased() == null)
                    .forEach(this::reindex);
            Proposals.trace(context, before, "approve-erasure", erasure.digest());
        }
        Erasure approved = erasure.approved(approval);
        outside.fire(OutsideLine.of(approved));
        done.fire(new Erased(bytes));
        return ErasureView.of(approved, context.at());
    }

    /** For the owner's unit: what the second officer is asked to approve. */
    public ErasureView read(WriteContext context, UUID id) {
        return ErasureView.of(find(context.caller(), id), context.at());
    }

    /** The unit's own, the newest first. */
    public ErasureList list(WriteContext context) {
        return new ErasureList(rows.newest(context.caller().unit(), MOST).stream()
                .map(erasure -> ErasureView.of(erasure, context.at()))
                .toList());
    }

    /** Another unit's and one that does not exist are the same 404 (I4). */
    private Erasure find(Caller caller, UUID id) {
        return rows.find(id, caller.unit()).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    private static Erasure.Kind kind(ErasureDraft draft) {
        long named = Stream.of(draft.recordId(), draft.participantId(), draft.attachmentId())
                .filter(Objects::nonNull)
                .count();
        if (named != 1) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, new FieldFault("/recordId", "EXACTLY_ONE_OF_THREE"));
        }
        if ((draft.participantId() == null) != (draft.freeText() == null)) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, new FieldFault("/freeText", "WITH_PARTICIPANT_ONLY"));
        }
        return draft.recordId() != null
                ? Erasure.Kind.RECORD
                : draft.participantId() != null ? Erasure.Kind.PARTICIPANT : Erasure.Kind.ATTACHMENT;
    }

    /**
     * The records that an erasure is about, with their matters locked; each of them in the caller's sight and his unit's own. Of a
     * spill the owner's officers take part without seeing it.
     */
    private List<RecordRow> concerned(WriteContext context, Erasure.Kind kind, UUID target) {
        String unit = context.caller().unit();
        List<UUID> ids = switch (kind) {
            case RECORD -> List.of(target);
            case PARTICIPANT -> rows.naming(target, unit);
            case ATTACHMENT -> rows.ofAttachment(target, unit).stream().toList();
            case RELEASE ->
                rows.openSpill(target, unit).map(SpillView::recordId).stream().toList();
        };
        records.byIds(ids).stream().map(RecordRow::matter).distinct().sorted().forEach(store::lock);
        List<RecordRow> found = records.byIds(ids);
        if (found.isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        found.forEach(row -> require(context, kinds.byCode(row.kind()), row));
        return found;
    }

    private <C extends Content> void require(WriteContext context, Kind<C> kind, RecordRow row) {
        context.trace().concerns(row.kind());
        context.trace().looksUp(row.id());
        if (row.quarantined() && row.ownerUnit().equals(context.caller().unit())) {
            return;
        }
        Seen<C> seen =
                lookup.look(context.caller(), kind, row).orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        context.trace().decided(seen.permitted().rule(), seen.permitted().policyVersion());
        rights.requireOwner(context.caller(), seen);
        seen.standing();
    }

    /** The reason stays for good: it must not say again what goes. */
    private void requireSilence(ErasureDraft draft, List<RecordRow> concerned) {
        List<String> stated = concerned.stream()
                .flatMap(row -> identifying(
                        json.read(row.content(), kinds.byCode(row.kind()).contentType())))
                .toList();
        List<FieldFault> faults = new ArrayList<>();
        if (says(draft.reason(), stated)) {
            faults.add(new FieldFault("/reason", "NAMES_THE_SUBJECT"));
        }
        if (says(draft.documentNumber(), stated)) {
            faults.add(new FieldFault("/documentNumber", "NAMES_THE_SUBJECT"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    private static boolean says(@Nullable String text, List<String> stated) {
        return text != null && stated.stream().anyMatch(text::contains);
    }

    private static Stream<String> identifying(Content content) {
        List<Participant> participants = content.participants();
        return participants == null
                ? Stream.empty()
                : participants.stream()
                        .flatMap(each -> Stream.of(
                                        Stream.ofNullable(each.name()),
                                        Stream.ofNullable(each.aliases()).flatMap(List::stream),
                                        Stream.ofNullable(each.identifiers())
                                                .flatMap(List::stream)
                                                .map(Identifier::value))
                                .flatMap(one -> one))
                        .filter(Objects::nonNull)
                        .filter(value -> value.length() > 1);
    }

    /** What is left of the record is found by what is left of its numbers. */
    private void reindex(RecordRow row) {
        Content content = json.read(row.content(), kinds.byCode(row.kind()).contentType());
        numbers.keep(row.id(), PaperNumbers.of(row.documentNumber(), (Record) content));
    }
}
