package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.CodeLists;
import org.xietong.label.Declaration;
import org.xietong.label.FieldLabel;
import org.xietong.label.Label;
import org.xietong.label.LabelBases;
import org.xietong.label.LabelDraft;
import org.xietong.label.LabelRules;
import org.xietong.label.Level;
import org.xietong.matter.Occurred;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** What a draft must fulfil beyond its form: declaration, label, known units, and what an act demands. */
@ApplicationScoped
class DraftRules {
    private final LabelRules labels = new LabelRules(LabelBases.load());
    private final DraftReader reader;
    private final CurrentPolicy policy;
    private final CodeLists codes = CodeLists.standard();

    DraftRules(DraftReader reader, CurrentPolicy policy) {
        this.reader = reader;
        this.policy = policy;
    }

    /** A draft against the state that the record is in. */
    void check(Draft<?> draft, String state) {
        Declaration.require(draft.noStateSecret());
        List<FieldFault> faults = new ArrayList<>(unknownUnits(draft.addressees()));
        if (draft.occurred() != null) {
            faults.addAll(draft.occurred().check("/occurred"));
        }
        if (draft.content().ofFiling() == Content.OfFiling.NO && draft.filing() != null) {
            faults.add(new FieldFault("/filing", "NOT_ALLOWED"));
        }
        refuse(faults);
        reader.agrees(draft.content(), state);
    }

    /**
     * What goes to one unit goes by its act: a draft brings nobody in beside it, who would see what is that one's alone.
     *
     * @param already whom it lies with
     */
    void addressedByActs(Draft<?> draft, Collection<String> already) {
        List<String> to = draft.addressees() == null ? List.of() : draft.addressees();
        boolean byAct = draft.content().lifecycle().acts().stream()
                .anyMatch(act -> draft.content().liesWithOne(act));
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; byAct && i < to.size(); i++) {
            if (!already.contains(to.get(i))) {
                faults.add(new FieldFault("/addressees/" + i, "NOT_ALLOWED"));
            }
        }
        refuse(faults);
    }

    /** Where a record stands and where it came from are its identity: an amendment repeats or omits them. */
    void keepsIdentity(Draft<?> draft, Seen<?> seen) {
        RecordRow row = seen.row();
        List<FieldFault> faults = new ArrayList<>();
        if (draft.matterId() != null && !draft.matterId().equals(row.matter())) {
            faults.add(new FieldFault("/matterId", "READ_ONLY"));
        }
        if (draft.filing() != null && !draft.filing().equals(row.filing())) {
            faults.add(new FieldFault("/filing", "READ_ONLY"));
        }
        if (draft.sourceRef() != null && !draft.sourceRef().equals(row.sourceRef())) {
            faults.add(new FieldFault("/sourceRef", "READ_ONLY"));
        }
        if (draft.origin() != null && draft.origin() != row.origin()) {
            faults.add(new FieldFault("/origin", "READ_ONLY"));
        }
        if (draft.state() != null && !draft.state().equals(row.state())) {
            faults.add(new FieldFault("/state", "READ_ONLY"));
        }
        if (!draft.content().attributes().equals(seen.content().attributes())) {
            faults.add(new FieldFault("/content", "READ_ONLY"));
        }
        if (seen.content().keepsOrigin(row.state())
                && !draft.content().cameOf().equals(seen.content().cameOf())) {
            faults.add(new FieldFault("/content/clue", "READ_ONLY"));
        }
        refuse(faults);
    }

    /**
     * The label of a new record; internal where none is asked for.
     *
     * @param fields of the kind's content, which field labels may name
     */
    Label mark(WriteContext context, @Nullable LabelDraft draft, Set<String> fields) {
        if (draft == null) {
            return Label.of(Level.INTERNAL);
        }
        checkFields(draft, fields);
        LocalDate today = context.at().atZone(Occurred.ZONE).toLocalDate();
        return labels.mark(draft, context.caller().signingOfficer().orElse(null), today);
    }

    /** Raising a label takes effect at once; what loosens it needs the second person's road, which this is not. */
    Label remark(WriteContext context, LabelDraft draft, RecordRow row, Set<String> fields) {
        Label next = mark(context, draft, fields);
        if (row.label().isLoosenedBy(next)) {
            throw new ProblemException(
                    ProblemType.LABEL_INVALID, new FieldFault("/label", "LOWERING_NEEDS_A_SECOND_PERSON"));
        }
        boolean same = next.level() == row.label().level()
                && next.caveats().equals(row.label().caveats())
                && next.scope().equals(row.label().scope())
                && Objects.equals(next.basis(), row.label().basis())
                && Objects.equals(next.declassify(), row.label().declassify())
                && next.fields().equals(row.label().fields());
        return same ? row.label() : next;
    }

    /** A label that gives something up, proposed by the officer who signed. */
    Label lowered(WriteContext context, LabelDraft draft, Label standing, Set<String> fields) {
        Label next = mark(context, draft, fields);
        if (!standing.isLoosenedBy(next)) {
            throw new ProblemException(ProblemType.LABEL_INVALID, new FieldFault("/label", "LOWERS_NOTHING"));
        }
        return next.by(signer(context), null);
    }

    /** The officer who signed this request with his own key. */
    static String signer(WriteContext context) {
        return context.caller()
                .signingOfficer()
                .orElseThrow(() -> new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED));
    }

    private static void checkFields(LabelDraft draft, Set<String> fields) {
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < draft.fields().size(); i++) {
            FieldLabel marked = draft.fields().get(i);
            if (!fields.contains(marked.field())) {
                faults.add(new FieldFault("/label/fields/" + i + "/field", "UNKNOWN_FIELD"));
            } else if (marked.caveats().isEmpty()) {
                faults.add(new FieldFault("/label/fields/" + i + "/caveats", "REQUIRED"));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.LABEL_INVALID, faults);
        }
    }

    /** The second signature under a label. */
    Label review(WriteContext context, Label label) {
        return label.reviewed(signer(context));
    }

    /** What the act demands of its request. */
    void checkAct(WriteContext context, Seen<?> seen, Act act, ActDraft<?> draft) {
        boolean owner = context.caller().unit().equals(seen.row().ownerUnit());
        List<FieldFault> faults = new ArrayList<>(unknownUnits(draft.addressees()));
        if (draft.occurred() != null) {
            faults.addAll(draft.occurred().check("/occurred"));
            faults.addAll(future(draft.occurred(), context.at()));
            // It is the other's time: he is asked, and has answered, when it is done here
            if (seen.content().asks()) {
                faults.add(new FieldFault("/occurred", "NOT_ALLOWED"));
            }
        }
        for (Act.Need need : act.needs()) {
            missing(need, draft).ifPresent(field -> faults.add(new FieldFault(field, "REQUIRED")));
        }
        if (draft.record() == null
                && seen.content().restsOn(act).filter(Content.Rest::required).isPresent()) {
            faults.add(new FieldFault("/record", "REQUIRED"));
        }
        if (draft.content() != null && !owner) {
            faults.add(new FieldFault("/content", "NOT_ALLOWED"));
        }
        if (draft.addressees() != null && !act.needs().contains(Act.Need.ADDRESSEES)) {
            faults.add(new FieldFault("/addressees", "NOT_ALLOWED"));
        }
        faults.addAll(reason(act, draft.reasonCode()));
        refuse(faults);
        if (draft.note() != null || draft.content() != null) {
            Declaration.require(draft.noStateSecret());
        }
        if (draft.content() != null) {
            if (!draft.content().attributes().equals(seen.content().attributes())) {
                refuse(List.of(new FieldFault("/content", "READ_ONLY")));
            }
            reader.references(draft.content());
        }
    }

    /** What is not done yet cannot be recorded as done; by the day, whatever the clocks say. */
    private static List<FieldFault> future(Occurred occurred, Instant now) {
        LocalDate today = now.atZone(Occurred.ZONE).toLocalDate();
        boolean later = occurred.time() != null
                && occurred.time()
                        .atZoneSameInstant(Occurred.ZONE)
                        .toLocalDate()
                        .isAfter(today);
        return later ? List.of(new FieldFault("/occurred/time", "FUTURE")) : List.of();
    }

    /** What the act leaves: a content that fits the state, with all that the act asks for. */
    void checkDone(Content content, Act act, String state) {
        reader.check(content, state);
        reader.require(content, act.fields());
    }

    private List<FieldFault> reason(Act act, @Nullable String code) {
        if (code == null) {
            return act.reasons().isPresent() ? List.of(new FieldFault("/reasonCode", "REQUIRED")) : List.of();
        }
        return codes.contains(act.reasons().orElse("refusal-reasons"), code)
                ? List.of()
                : List.of(new FieldFault("/reasonCode", "UNKNOWN_CODE"));
    }

    private static Optional<String> missing(Act.Need need, ActDraft<?> draft) {
        return switch (need) {
            case TEXT -> draft.note() == null ? Optional.of("/note") : Optional.empty();
            case DOCUMENT_NUMBER -> draft.documentNumber() == null ? Optional.of("/documentNumber") : Optional.empty();
            case ADDRESSEES ->
                draft.addressees() == null || draft.addressees().isEmpty()
                        ? Optional.of("/addressees")
                        : Optional.empty();
            case OCCURRED -> draft.occurred() == null ? Optional.of("/occurred") : Optional.empty();
            case PAPERS -> Optional.empty();
        };
    }

    private List<FieldFault> unknownUnits(@Nullable List<String> addressees) {
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; addressees != null && i < addressees.size(); i++) {
            String field = "/addressees/" + i;
            policy.fault(addressees.get(i)).ifPresent(rule -> faults.add(new FieldFault(field, rule)));
        }
        return faults;
    }

    private static void refuse(List<FieldFault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }
}
