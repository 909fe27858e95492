package org.xietong.label;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
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
                        + "\"declassify\":{\"on\":\"2027-01-01\"},\"markedBy\":\"li\"}",
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
