package org.xietong.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

class LabelTest {
    private final ObjectMapper json = new ObjectMapper().findAndRegisterModules();

    @Test
    void comesBackFromJsonAsItWas() throws Exception {
        Label label = new Label(
                Level.WORK_SECRET_LIMITED,
                Set.of(Caveat.MINOR, Caveat.PI),
                new Scope(Set.of("POLICE-421202", "COURT-421202"), Set.of("li")),
                new LabelBasis("WORK_SECRET", "理由"),
                new Declassify(LocalDate.of(2027, 1, 1), null),
                "li",
                null);
        String text = json.writeValueAsString(label);
        assertEquals(label, json.readValue(text, Label.class));
        assertEquals(
                "{\"level\":\"WORK_SECRET_LIMITED\",\"caveats\":[\"PI\",\"MINOR\"],"
                        + "\"scope\":{\"units\":[\"COURT-421202\",\"POLICE-421202\"],\"persons\":[\"li\"]},"
                        + "\"basis\":{\"code\":\"WORK_SECRET\",\"text\":\"理由\"},"
                        + "\"declassify\":{\"on\":\"2027-01-01\"},\"markedBy\":\"li\",\"fields\":[]}",
                text);
    }

    @Test
    void readsADraftThatSaysLittle() throws Exception {
        LabelDraft draft = json.readValue("{\"level\":\"INTERNAL\"}", LabelDraft.class);
        assertEquals(new LabelDraft(Level.INTERNAL, Set.of(), Scope.EVERYONE, null, null), draft);
    }

    @ParameterizedTest
    @CsvSource({
        "WORK_SECRET,, , INTERNAL,, , true",
        "INTERNAL,, , WORK_SECRET,, , false",
        "INTERNAL, MINOR, , INTERNAL,, , true",
        "INTERNAL,, , INTERNAL, MINOR, , false",
        "INTERNAL,, A, INTERNAL,, , true",
        "INTERNAL,, A, INTERNAL,, B, true",
        "INTERNAL,, , INTERNAL,, A, false",
        "INTERNAL,, A, WORK_SECRET,, A, false",
        "INTERNAL,, A, WORK_SECRET,, , true",
    })
    void isLoosenedByWhatGivesAnythingUp(
            Level level,
            Caveat caveat,
            String unit,
            Level nextLevel,
            Caveat nextCaveat,
            String nextUnit,
            boolean loose) {
        assertEquals(loose, label(level, caveat, unit).isLoosenedBy(label(nextLevel, nextCaveat, nextUnit)));
    }

    @ParameterizedTest
    @CsvSource({
        ", , 2027-01-01, true",
        "A, , 2027-01-01, true",
        "A, 2027-01-02, 2027-01-01, true",
        "A, 2027-01-01, 2027-01-02, false",
        "A, 2027-01-01, 2027-01-01, false",
        "A, 2027-01-01,, false",
    })
    void isLoosenedByATermThatEndsEarlier(String unit, LocalDate term, LocalDate next, boolean loose) {
        Level level = unit == null ? Level.WORK_SECRET : Level.INTERNAL;
        assertEquals(loose, until(level, unit, term).isLoosenedBy(until(level, unit, next)));
    }

    @Test
    void isLoosenedByAnotherMilestoneAndByAFieldThatLosesACaveat() {
        Label milestone = until(Level.WORK_SECRET, "A", new Declassify(null, Milestone.JUDGED));
        assertTrue(milestone.isLoosenedBy(until(Level.WORK_SECRET, "A", new Declassify(null, Milestone.FILED))));
        assertFalse(until(Level.INTERNAL, null, (LocalDate) null).isLoosenedBy(until(Level.INTERNAL, null, DAY)));
        Label marked = fields(facts(Caveat.PI));
        assertTrue(marked.isLoosenedBy(fields()));
        assertTrue(marked.isLoosenedBy(fields(facts(Caveat.MINOR))));
        assertFalse(marked.isLoosenedBy(fields(facts(Caveat.MINOR), facts(Caveat.PI))));
        assertFalse(fields().isLoosenedBy(marked));
    }

    @Test
    void endsOnItsDayOrMilestoneOnceTwoOfficersSigned() {
        Label label = until(Level.WORK_SECRET_LIMITED, "A", DAY).by("a", "b");
        assertEquals(label, label.inForce(DAY.minusDays(1), m -> true));
        Label ended = label.inForce(DAY, m -> false);
        assertEquals(Level.INTERNAL, ended.level());
        assertTrue(ended.scope().isEmpty());
        assertEquals(Set.of(Caveat.PI), ended.caveats());
        Label waiting = label.by("a", null);
        assertEquals(waiting, waiting.inForce(DAY, m -> true));
        Label milestone = until(Level.WORK_SECRET, "A", new Declassify(null, Milestone.JUDGED))
                .by("a", "b");
        assertEquals(milestone, milestone.inForce(DAY, m -> m == Milestone.FILED));
        assertEquals(
                Level.INTERNAL,
                milestone.inForce(DAY, m -> m == Milestone.JUDGED).level());
        assertEquals(
                Level.PUBLIC,
                until(Level.PUBLIC, null, DAY).inForce(DAY, m -> true).level());
    }

    @Test
    void ofDerivedDataIsTheMaximum() {
        Label a = new Label(
                Level.WORK_SECRET,
                Set.of(Caveat.PI),
                new Scope(Set.of("A", "B"), Set.of("li")),
                null,
                new Declassify(DAY, null),
                "a",
                "b",
                List.of(facts(Caveat.PI)));
        Label b = new Label(
                Level.INTERNAL,
                Set.of(Caveat.MINOR),
                new Scope(Set.of("B", "C"), Set.of()),
                null,
                null,
                null,
                null,
                List.of(facts(Caveat.MINOR)));
        Label both = Label.maximum(List.of(a, b, Label.of(Level.PUBLIC)));
        assertEquals(Level.WORK_SECRET, both.level());
        assertEquals(Set.of(Caveat.PI, Caveat.MINOR), both.caveats());
        assertEquals(new Scope(Set.of("B"), Set.of()), both.scope());
        assertEquals(List.of(facts(Caveat.PI, Caveat.MINOR)), both.fields());
        assertNull(both.declassify());
        assertFalse(both.pendingReview());
        assertTrue(Label.maximum(List.of(b, a.by("a", null))).pendingReview());
        Label nobody = Label.maximum(List.of(label(Level.INTERNAL, null, "A"), label(Level.PUBLIC, null, "B")));
        assertEquals(Level.WORK_SECRET_LIMITED, nobody.level());
        assertEquals(nobody.level(), Label.maximum(List.of(nobody, b)).level());
        assertTrue(Label.maximum(List.of(nobody, b)).scope().isEmpty());
    }

    private static final LocalDate DAY = LocalDate.of(2027, 1, 1);

    private static Label until(Level level, String unit, LocalDate day) {
        return until(level, unit, day == null ? null : new Declassify(day, null));
    }

    private static Label until(Level level, String unit, Declassify end) {
        return new Label(level, Set.of(Caveat.PI), label(level, null, unit).scope(), null, end, null, null);
    }

    private static FieldLabel facts(Caveat... caveats) {
        return new FieldLabel("facts", Set.of(caveats));
    }

    private static Label fields(FieldLabel... fields) {
        return new Label(Level.INTERNAL, Set.of(), Scope.EVERYONE, null, null, null, null, List.of(fields));
    }

    @Test
    void asksForTheDeclarationInSoManyWords() {
        Declaration.require(true);
        for (Boolean no : new Boolean[] {false, null}) {
            assertEquals(
                    ProblemType.DECLARATION_REQUIRED,
                    assertThrows(ProblemException.class, () -> Declaration.require(no))
                            .type());
        }
    }

    private static Label label(Level level, Caveat caveat, String unit) {
        return new Label(
                level,
                caveat == null ? Set.of() : Set.of(caveat),
                unit == null ? Scope.EVERYONE : new Scope(Set.of(unit), Set.of()),
                null,
                null,
                null,
                null);
    }
}
