package org.xietong.label;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Turns a draft into a label. Law: 保守国家秘密法 art. 22 (what is no secret is not marked as one), art. 64 (工作秘密); a basis,
 * a term and a smallest circle are asked of whoever marks.
 */
public final class LabelRules {
    private static final int MOST_IN_SCOPE = 200;
    private static final int LONGEST_TEXT = 500;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final LabelBases bases;

    public LabelRules(LabelBases bases) {
        this.bases = bases;
    }

    /**
     * The label that the draft asks for, not yet reviewed.
     *
     * @param signedOfficer id of the officer who signed with his own key, or null
     * @param today today in Asia/Shanghai
     * @throws ProblemException LABEL_INVALID, naming every rule that the draft breaks
     */
    public Label mark(LabelDraft draft, @Nullable String signedOfficer, LocalDate today) {
        Level level = draft.level();
        if (level == null) {
            throw new ProblemException(ProblemType.LABEL_INVALID, new FieldFault("/label/level", "REQUIRED"));
        }
        List<FieldFault> faults = new ArrayList<>();
        checkBasis(level, draft.basis(), faults);
        checkScope(level, draft.scope(), faults);
        checkDeclassify(draft.declassify(), today, faults);
        if (level.needsTwoOfficers() && signedOfficer == null) {
            faults.add(new FieldFault("/label/level", "OFFICER_SIGNATURE_REQUIRED"));
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.LABEL_INVALID, faults);
        }
        return new Label(
                level,
                draft.caveats(),
                draft.scope(),
                draft.basis(),
                draft.declassify(),
                signedOfficer,
                null,
                draft.fields());
    }

    private void checkBasis(Level level, @Nullable LabelBasis basis, List<FieldFault> faults) {
        if (basis == null) {
            if (level.atLeast(Level.WORK_SECRET)) {
                faults.add(new FieldFault("/label/basis", "REQUIRED"));
            }
            return;
        }
        String code = basis.code();
        if (code == null) {
            faults.add(new FieldFault("/label/basis/code", "REQUIRED"));
        } else if (bases.find(code).isEmpty()) {
            faults.add(new FieldFault("/label/basis/code", "UNKNOWN_CODE"));
        }
        String text = basis.text();
        if (text == null || text.isBlank()) {
            if (level.atLeast(Level.WORK_SECRET)) {
                faults.add(new FieldFault("/label/basis/text", "REQUIRED"));
            }
        } else if (text.length() > LONGEST_TEXT) {
            faults.add(new FieldFault("/label/basis/text", "TOO_LONG"));
        }
    }

    private static void checkScope(Level level, Scope scope, List<FieldFault> faults) {
        if (level == Level.WORK_SECRET_LIMITED && scope.isEmpty()) {
            faults.add(new FieldFault("/label/scope", "REQUIRED"));
        }
        if (level == Level.PUBLIC && !scope.isEmpty()) {
            faults.add(new FieldFault("/label/scope", "NOT_WITH_PUBLIC"));
        }
        checkIds("/label/scope/units", scope.units(), faults);
        checkIds("/label/scope/persons", scope.persons(), faults);
    }

    private static void checkIds(String pointer, Set<String> ids, List<FieldFault> faults) {
        if (ids.size() > MOST_IN_SCOPE) {
            faults.add(new FieldFault(pointer, "TOO_MANY"));
        }
        if (!ids.stream().allMatch(id -> ID.matcher(id).matches())) {
            faults.add(new FieldFault(pointer, "MALFORMED"));
        }
    }

    private static void checkDeclassify(@Nullable Declassify declassify, LocalDate today, List<FieldFault> faults) {
        if (declassify == null) {
            return;
        }
        LocalDate on = declassify.on();
        if ((on == null) == (declassify.milestone() == null)) {
            faults.add(new FieldFault("/label/declassify", "EITHER_DATE_OR_MILESTONE"));
        }
        if (on != null && on.isBefore(today)) {
            faults.add(new FieldFault("/label/declassify/on", "IN_THE_PAST"));
        }
    }
}
