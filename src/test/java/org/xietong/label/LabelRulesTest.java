package org.xietong.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

class LabelRulesTest {
    private static final LocalDate TODAY = LocalDate.of(2021, 8, 2);
    private static final LabelBasis BASIS = new LabelBasis("WORK_SECRET", "专项行动尚未收网");
    private static final Scope TEAM = new Scope(Set.of("POLICE-421202"), Set.of());

    private final LabelRules rules = new LabelRules(LabelBases.load());

    @Test
    void takesAnInternalLabelWithoutBasisOrOfficer() {
        Label label = rules.mark(draft(Level.INTERNAL, Scope.EVERYONE, null, null), null, TODAY);
        assertFalse(label.pendingReview());
    }

    @Test
    void waitsForASecondOfficerFromWorkSecretUp() {
        Label label = rules.mark(draft(Level.WORK_SECRET, Scope.EVERYONE, BASIS, null), "li", TODAY);
        assertTrue(label.pendingReview());
        assertEquals("li", label.markedBy());
        Label reviewed = label.reviewed("wang");
        assertFalse(reviewed.pendingReview());
        assertEquals("wang", reviewed.reviewedBy());
    }

    @Test
    void refusesTheMarkingOfficerAsReviewer() {
        Label label = rules.mark(draft(Level.WORK_SECRET, Scope.EVERYONE, BASIS, null), "li", TODAY);
        ProblemException refused = assertThrows(ProblemException.class, () -> label.reviewed("li"));
        assertEquals(List.of(new FieldFault("/label/reviewedBy", "REVIEWER_IS_MARKER")), refused.faults());
    }

    @Test
    void refusesAReviewThatNobodyAskedFor() {
        assertEquals(
                ProblemType.STATE_CONFLICT,
                assertThrows(
                                ProblemException.class,
                                () -> Label.of(Level.INTERNAL).reviewed("wang"))
                        .type());
        Label done = rules.mark(draft(Level.WORK_SECRET, Scope.EVERYONE, BASIS, null), "li", TODAY)
                .reviewed("wang");
        assertThrows(ProblemException.class, () -> done.reviewed("zhao"));
    }

    @Test
    void refusesAMissingLevel() {
        refuses("/label/level", "REQUIRED", new LabelDraft(null, Set.of(), Scope.EVERYONE, null, null), null);
    }

    @Test
    void refusesAWorkSecretThatNoOfficerSigned() {
        refuses(
                "/label/level",
                "OFFICER_SIGNATURE_REQUIRED",
                draft(Level.WORK_SECRET, Scope.EVERYONE, BASIS, null),
                null);
    }

    @Test
    void refusesAWorkSecretWithoutBasis() {
        refuses("/label/basis", "REQUIRED", draft(Level.WORK_SECRET, Scope.EVERYONE, null, null), "li");
    }

    @Test
    void refusesAnUnknownBasis() {
        LabelBasis unknown = new LabelBasis("BECAUSE", "x");
        refuses("/label/basis/code", "UNKNOWN_CODE", draft(Level.INTERNAL, Scope.EVERYONE, unknown, null), null);
    }

    @Test
    void refusesAWorkSecretWithoutReason() {
        LabelBasis mute = new LabelBasis("WORK_SECRET", " ");
        refuses("/label/basis/text", "REQUIRED", draft(Level.WORK_SECRET, Scope.EVERYONE, mute, null), "li");
    }

    @Test
    void refusesALimitedWorkSecretWithoutScope() {
        refuses("/label/scope", "REQUIRED", draft(Level.WORK_SECRET_LIMITED, Scope.EVERYONE, BASIS, null), "li");
        rules.mark(draft(Level.WORK_SECRET_LIMITED, TEAM, BASIS, null), "li", TODAY);
    }

    @Test
    void refusesAScopeOnWhatIsPublic() {
        refuses("/label/scope", "NOT_WITH_PUBLIC", draft(Level.PUBLIC, TEAM, null, null), null);
    }

    @Test
    void refusesAnIdThatIsNone() {
        Scope odd = new Scope(Set.of("<script>"), Set.of());
        refuses("/label/scope/units", "MALFORMED", draft(Level.INTERNAL, odd, null, null), null);
    }

    @Test
    void refusesADeclassificationInThePast() {
        Declassify past = new Declassify(TODAY.minusDays(1), null);
        refuses("/label/declassify/on", "IN_THE_PAST", draft(Level.INTERNAL, Scope.EVERYONE, null, past), null);
        rules.mark(draft(Level.INTERNAL, Scope.EVERYONE, null, new Declassify(TODAY, null)), null, TODAY);
    }

    @Test
    void refusesADeclassificationByBothOrNeither() {
        for (Declassify odd : List.of(new Declassify(null, null), new Declassify(TODAY, Milestone.EFFECTIVE))) {
            refuses(
                    "/label/declassify",
                    "EITHER_DATE_OR_MILESTONE",
                    draft(Level.INTERNAL, Scope.EVERYONE, null, odd),
                    null);
        }
    }

    @Test
    void namesEveryFaultAtOnce() {
        ProblemException refused = assertThrows(
                ProblemException.class,
                () -> rules.mark(draft(Level.WORK_SECRET_LIMITED, Scope.EVERYONE, null, null), null, TODAY));
        assertEquals(ProblemType.LABEL_INVALID, refused.type());
        assertEquals(3, refused.faults().size());
    }

    private void refuses(String pointer, String rule, LabelDraft draft, @Nullable String officer) {
        ProblemException refused = assertThrows(ProblemException.class, () -> rules.mark(draft, officer, TODAY));
        assertEquals(ProblemType.LABEL_INVALID, refused.type());
        assertEquals(List.of(new FieldFault(pointer, rule)), refused.faults());
    }

    private static LabelDraft draft(
            Level level, Scope scope, @Nullable LabelBasis basis, @Nullable Declassify declassify) {
        return new LabelDraft(level, Set.of(), scope, basis, declassify);
    }
}
