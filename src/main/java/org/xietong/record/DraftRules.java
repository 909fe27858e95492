package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.CodeLists;
import org.xietong.label.Declaration;
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
        refuse(faults);
        reader.agrees(draft.content(), state);
    }

    /** Where a record stands and where it came from are its identity: an amendment repeats or omits them. */
    void keepsIdentity(Draft<?> draft, Seen<?> seen) {
        RecordRow row = seen.row();
        List<FieldFault> faults = new ArrayList<>();
        if (draft.matterId() != null && !draft.matterId().equals(row.matter())) {
            faults.add(new FieldFault("/matterId", "READ_ONLY"));
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
        refuse(faults);
    }

    /** The label of a new record; internal where none is asked for. */
    Label mark(WriteContext context, @Nullable LabelDraft draft) {
        if (draft == null) {
            return Label.of(Level.INTERNAL);
        }
        LocalDate today = context.at().atZone(Occurred.ZONE).toLocalDate();
        return labels.mark(draft, context.caller().signingOfficer().orElse(null), today);
    }

    /** Raising a label takes effect at once; what loosens it needs the second person's road, which this is not. */
    Label remark(WriteContext context, LabelDraft draft, RecordRow row) {
        Label next = mark(context, draft);
        if (row.label().isLoosenedBy(next)) {
            throw new ProblemException(
                    ProblemType.LABEL_INVALID, new FieldFault("/label", "LOWERING_NEEDS_A_SECOND_PERSON"));
        }
        boolean same = next.level() == row.label().level()
                && next.caveats().equals(row.label().caveats())
                && next.scope().equals(row.label().scope())
                && Objects.equals(next.basis(), row.label().basis())
                && Objects.equals(next.declassify(), row.label().declassify());
        return same ? row.label() : next;
    }

    /** The second signature under a label. */
    Label review(WriteContext context, Label label) {
        String officer = context.caller()
                .signingOfficer()
                .orElseThrow(() -> new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED));
        return label.reviewed(officer);
    }

    /** What the act demands, and the content that it leaves. */
    <C extends Content> C checkAct(WriteContext context, Seen<C> seen, Act act, ActDraft<C> draft) {
        boolean owner = context.caller().unit().equals(seen.row().ownerUnit());
        List<FieldFault> faults = new ArrayList<>(unknownUnits(draft.addressees()));
        if (draft.occurred() != null) {
            faults.addAll(draft.occurred().check("/occurred"));
        }
        for (Act.Need need : act.needs()) {
            missing(need, draft).ifPresent(field -> faults.add(new FieldFault(field, "REQUIRED")));
        }
        if (draft.content() != null && !owner) {
            faults.add(new FieldFault("/content", "NOT_ALLOWED"));
        }
        if (draft.addressees() != null && !act.needs().contains(Act.Need.ADDRESSEES)) {
            faults.add(new FieldFault("/addressees", "NOT_ALLOWED"));
        }
        if (draft.reasonCode() != null && !codes.contains("refusal-reasons", draft.reasonCode())) {
            faults.add(new FieldFault("/reasonCode", "UNKNOWN_CODE"));
        }
        refuse(faults);
        if (draft.note() != null || draft.content() != null) {
            Declaration.require(draft.noStateSecret());
        }
        C content = after(draft.content() == null ? seen.content() : draft.content(), act);
        if (!content.attributes().equals(seen.content().attributes())) {
            refuse(List.of(new FieldFault("/content", "READ_ONLY")));
        }
        reader.check(content, act.to());
        reader.require(content, act.fields());
        return content;
    }

    @SuppressWarnings("unchecked") // a content after an act is of its own type
    private static <C extends Content> C after(C content, Act act) {
        return (C) content.after(act);
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
        };
    }

    private List<FieldFault> unknownUnits(@Nullable List<String> addressees) {
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; addressees != null && i < addressees.size(); i++) {
            if (policy.units()
                    .find(addressees.get(i))
                    .filter(unit -> unit.active())
                    .isEmpty()) {
                faults.add(new FieldFault("/addressees/" + i, "UNKNOWN_UNIT"));
            }
        }
        return faults;
    }

    private static void refuse(List<FieldFault> faults) {
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }
}
