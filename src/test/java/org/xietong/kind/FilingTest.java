package org.xietong.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xietong.identifier.CodeLists;
import org.xietong.problem.FieldFault;
import org.xietong.record.Act;
import org.xietong.record.Done;
import org.xietong.record.Lifecycle;

class FilingTest {
    private static final LocalDate DAY = LocalDate.of(2023, 1, 11);

    @Test
    void aCriminalFilingIsFiledAndConcluded() {
        assertEquals(List.of("UNDER_REVIEW", "FILED", "CONCLUDED"), walk(FilingType.CRIMINAL, "file", "conclude"));
        assertEquals(
                Set.of("FILED"),
                act(FilingType.CRIMINAL, "file", "UNDER_REVIEW").sets());
    }

    @Test
    void aRefusalIsReconsideredThenFiledOrUpheld() {
        assertEquals(
                List.of("UNDER_REVIEW", "REFUSED", "RECONSIDERED", "FILED"),
                walk(FilingType.CRIMINAL, "refuse", "reconsider", "file"));
        assertEquals(
                List.of("UNDER_REVIEW", "REFUSED", "RECONSIDERED", "UPHELD"),
                walk(FilingType.CRIMINAL, "refuse", "reconsider", "uphold"));
    }

    @Test
    void whatTheProcuratorateOrdersIsFiledWhetherOrNotTheRefusalWasUpheld() {
        assertEquals(List.of("UNDER_REVIEW", "REFUSED", "FILED"), walk(FilingType.CRIMINAL, "refuse", "file"));
        assertEquals(
                List.of("UNDER_REVIEW", "REFUSED", "RECONSIDERED", "UPHELD", "FILED"),
                walk(FilingType.CRIMINAL, "refuse", "reconsider", "uphold", "file"));
    }

    @Test
    void thePoliceAboveReviewWhatWasUpheld() {
        assertEquals(
                List.of("UNDER_REVIEW", "REFUSED", "RECONSIDERED", "UPHELD", "REVIEWING", "FINAL"),
                walk(FilingType.CRIMINAL, "refuse", "reconsider", "uphold", "review", "uphold"));
        assertEquals(
                List.of("UNDER_REVIEW", "REFUSED", "RECONSIDERED", "UPHELD", "REVIEWING", "REVERSED", "FILED"),
                walk(FilingType.CRIMINAL, "refuse", "reconsider", "uphold", "review", "reverse", "file"));
    }

    @Test
    void aCaseThatWasSentAndCameBackMayStillBeWithdrawn() {
        assertEquals(
                List.of("UNDER_REVIEW", "FILED", "CONCLUDED", "WITHDRAWN"),
                walk(FilingType.CRIMINAL, "file", "conclude", "withdraw"));
    }

    @Test
    void withdrawingClosesWhatTheFilingHadOpened() {
        Act withdraw = act(FilingType.CRIMINAL, "withdraw", "FILED");
        assertTrue(withdraw.revokes().containsAll(Set.of("FILED", "CUSTODY", "COERCION_NOTIFIED", "ARRESTED")));
        assertEquals(Set.of("WITHDRAWN"), withdraw.sets());
    }

    @Test
    void otherFilingsKnowNoReconsideration() {
        for (FilingType type : List.of(FilingType.ADMINISTRATIVE, FilingType.CIVIL)) {
            assertEquals(List.of("RECEIVED", "FILED", "CLOSED"), walk(type, "file", "close"));
            assertTrue(!lifecycle(type).knows("reconsider"));
        }
    }

    @Test
    void theActsDecideAndNobodyElse() {
        Filing draft = filing(FilingType.CRIMINAL, null, "CL_214", null, null);
        Act file = act(FilingType.CRIMINAL, "file", "UNDER_REVIEW");
        Filing filed = draft.after(new Done(
                file,
                Set.of(),
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                "POLICE-421200",
                LocalDate.of(2021, 5, 11)));
        assertEquals("FILED", filed.decision());
        assertEquals(List.of(), filed.check("FILED"));
    }

    @Test
    void chargeAndCauseGoWithTheirType() {
        assertEquals(
                List.of(new FieldFault("/cause", "NOT_ALLOWED")),
                filing(FilingType.CRIMINAL, null, "CL_214", "ADMIN_TRADEMARK", null)
                        .check("UNDER_REVIEW"));
        assertEquals(
                List.of(new FieldFault("/charge", "NOT_ALLOWED"), new FieldFault("/caseNumber", "FORMAT")),
                filing(FilingType.CIVIL, null, "CL_214", null, "1号").check("RECEIVED"));
    }

    @Test
    void caseNumbersAreStoredInTheirNormalForm() {
        assertEquals("（2021）鄂1202知民初5号", stored(filing(FilingType.CIVIL, null, null, null, "(2021)鄂1202知民初5号")));
        assertEquals("咸公（食药环）立字〔2021〕8号", stored(filing(FilingType.CRIMINAL, null, null, null, "咸公(食药环)立字(2021)8号")));
        assertEquals("旧字第8号", stored(filing(FilingType.CRIMINAL, null, null, null, "旧字第8号")));
    }

    private static String stored(Filing draft) {
        return ((Filing) draft.normalised()).caseNumber();
    }

    @Test
    void everyStateActAndMilestoneHasItsCode() {
        for (Lifecycle lifecycle : List.of(
                Clue.LIFECYCLE,
                FilingLifecycles.CRIMINAL,
                FilingLifecycles.OTHER,
                Penalty.LIFECYCLE,
                Investigation.MEASURE,
                Investigation.DETENTION,
                Investigation.CONCLUDING,
                Arrest.LIFECYCLE,
                Prosecution.LIFECYCLE,
                Judgment.LIFECYCLE,
                Enforcement.LIFECYCLE,
                SupervisionLifecycles.FILING,
                SupervisionLifecycles.WRONG_FILING,
                SupervisionLifecycles.CORRECTION,
                SupervisionLifecycles.NON_TRANSFER,
                SupervisionLifecycles.REVERSE_TRANSFER,
                SupervisionLifecycles.EARLY,
                SupervisionLifecycles.EARLY_ASKED)) {
            lifecycle.states().forEach(state -> assertCode("states", state));
            for (Act act : lifecycle.acts()) {
                assertCode("acts", act.name());
                act.sets().forEach(milestone -> assertCode("milestones", milestone));
                act.revokes().forEach(milestone -> assertCode("milestones", milestone));
            }
        }
    }

    private static void assertCode(String list, String code) {
        assertTrue(CodeLists.standard().contains(list, code), list + " " + code);
    }

    private static List<String> walk(FilingType type, String... acts) {
        java.util.ArrayList<String> states =
                new java.util.ArrayList<>(List.of(lifecycle(type).initial()));
        for (String name : acts) {
            states.add(act(type, name, states.getLast()).to());
        }
        return states;
    }

    private static Act act(FilingType type, String name, String state) {
        return lifecycle(type).act(name, state).orElseThrow();
    }

    private static Lifecycle lifecycle(FilingType type) {
        return filing(type, null, null, null, null).lifecycle();
    }

    private static Filing filing(
            FilingType type,
            @Nullable String decision,
            @Nullable String charge,
            @Nullable String cause,
            @Nullable String number) {
        return new Filing(type, decision, null, charge, cause, number, DAY, null);
    }
}
