package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.policy.Situation.attended;
import static org.xietong.policy.Situation.signed;
import static org.xietong.policy.Situation.unattended;
import static org.xietong.policy.Situation.view;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.label.Caveat;
import org.xietong.label.Label;
import org.xietong.label.Level;
import org.xietong.label.Scope;

/** The label can only lower what the policy shows, statutory rows excepted (design, "Label"; ADR 0010). */
class LabelEffectsTest {
    private static final String OWNER = "MSA-421202";
    private static final String SISTER = "IPO-421202";
    private static final String NEIGHBOUR = "COPYRIGHT-421202";
    private static final String ADDRESSEE = "POLICE-421202";
    private static final String SUPERVISOR = "PROC-421202";

    private final PolicyEngine engine = Situation.engine();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            PUBLIC              | F | F | S | F | F
            INTERNAL            | F | F | S | F | F
            WORK_SECRET         | F | F | M | F | F
            WORK_SECRET_LIMITED | F | – | – | – | F
            WORK_SECRET pending | F | – | – | – | F
            scope addressee     | F | – | – | F | F
            scope neighbour     | F | – | S | – | F
            secret, scope neighbour  | F | – | S | – | F
            limited, scope neighbour | F | – | S | – | F
            pending, scope neighbour | F | – | – | – | F
            INVESTIGATION       | F | F | M | F | F
            PI                  | F | F | S | F | F
            MINOR               | F | F | M | F | F
            TRADE_SECRET        | F | F | S | F | F
            INFORMANT           | F | S | S | S | F
            CLOSED_TRIAL        | F | F | M | M | F
            SEALED_RECORD       | F | F | – | – | F
            LEGAL_PRIVILEGE     | F | F | – | – | F
            NO_FORWARD          | F | F | S | F | F
            NO_EXPORT           | F | F | S | F | F
            """)
    void lowersAClue(String label, String owner, String sister, String neighbour, String addressee, String supervisor) {
        RecordFacts facts = clue(label(label));
        assertEquals(owner, letter(OWNER, facts), "owner");
        assertEquals(sister, letter(SISTER, facts), "sister agency");
        assertEquals(neighbour, letter(NEIGHBOUR, facts), "same level");
        assertEquals(addressee, letter(ADDRESSEE, facts), "addressee");
        assertEquals(supervisor, letter(SUPERVISOR, facts), "supervisor");
    }

    @Test
    void countsAPersonOnlyWhereHeSigned() {
        RecordFacts facts = clue(Labels.reviewed(Level.WORK_SECRET_LIMITED, Labels.persons("POLICE-421202-li")));
        assertEquals(Optional.of(View.FULL), view(engine.decide(signed("POLICE-421202-li"), facts)));
        assertEquals(Optional.empty(), view(engine.decide(signed("POLICE-421202-wang"), facts)));
        assertEquals(Optional.empty(), view(engine.decide(attended("POLICE-421202"), facts)));
    }

    @Test
    void opensNothingByScopeAlone() {
        RecordFacts facts = Situation.clueOf(OWNER)
                .labelled(Labels.reviewed(Level.WORK_SECRET_LIMITED, Labels.units("COURT-421202")))
                .facts();
        assertEquals("no-row", engine.decide(attended("COURT-421202"), facts).rule());
    }

    @Test
    void saysWhichPartOfTheLabelDenied() {
        assertEquals("label:scope", rule(ADDRESSEE, clue(label("WORK_SECRET_LIMITED"))));
        assertEquals("label:pending-review", rule(ADDRESSEE, clue(label("WORK_SECRET pending"))));
        assertEquals("label:caveat:SEALED_RECORD", rule(ADDRESSEE, clue(label("SEALED_RECORD"))));
    }

    @Test
    void saysWhatLowered() {
        Decision.Permitted lowered = assertInstanceOf(
                Decision.Permitted.class,
                engine.decide(
                        attended(NEIGHBOUR), clue(Labels.reviewed(Level.WORK_SECRET, Scope.EVERYONE, Caveat.MINOR))));
        assertEquals(List.of("label:caveat:MINOR", "label:level:WORK_SECRET"), lowered.ceilings());
    }

    /** Lowered by PI, the addressee's row ties with the neighbour's, which opens PI; he must not gain by the label. */
    @Test
    void opensNothingByLettingAnotherRowWin() {
        PolicyFiles files = PolicyFiles.shipped()
                .replace("POLICE.yaml", "opens: [INVESTIGATION, PI, SENSITIVE_PI, MINOR, TRADE_SECRET]", "opens: []")
                .replace("POLICE.yaml", "view: SUMMARY\n    opens: []", "view: SUMMARY\n    opens: [PI]");
        PolicyEngine changed = new PolicyEngine(PolicySet.load(files), Situation.units(), Situation::unitOf);
        Decision.Permitted read = assertInstanceOf(
                Decision.Permitted.class, changed.decide(attended(ADDRESSEE), clue(Labels.with(Caveat.PI))));
        assertEquals(View.SUMMARY, read.view());
        assertEquals(Set.of(), read.opened());
    }

    @Test
    void keepsTheNoticeToTheSenderOfACriminalFilingUnderInvestigation() {
        RecordFacts facts = Situation.filing("CRIMINAL", "POLICE-421202")
                .sentBy(OWNER)
                .labelled(Labels.with(Caveat.INVESTIGATION))
                .facts();
        assertEquals(Optional.of(View.SUMMARY), view(engine.decide(attended(OWNER), facts)));
    }

    @ParameterizedTest
    @EnumSource(Caveat.class)
    void takesTheLowestOfEachPairOfCaveats(Caveat one) {
        for (Caveat other : Caveat.values()) {
            for (String unit : Set.of(OWNER, SISTER, NEIGHBOUR, ADDRESSEE, SUPERVISOR)) {
                Optional<View> a = see(unit, Labels.with(one));
                Optional<View> b = see(unit, Labels.with(other));
                Optional<View> lower = a.flatMap(x -> b.map(x::min));
                assertEquals(lower, see(unit, Labels.with(one, other)), unit + " " + one + " " + other);
            }
        }
    }

    @Test
    void givesAnUnattendedReaderASummaryWithoutPersonalData() {
        RecordFacts facts = clue(Label.of(Level.INTERNAL));
        Decision.Permitted read =
                assertInstanceOf(Decision.Permitted.class, engine.decide(unattended(SUPERVISOR), facts));
        assertEquals(View.SUMMARY, read.view());
        assertFalse(read.opened().contains(Caveat.PI));
        assertFalse(read.opened().contains(Caveat.SENSITIVE_PI));
        assertTrue(read.opened().contains(Caveat.TRADE_SECRET));
        assertTrue(read.ceilings().contains("unattended"));
    }

    @Test
    void letsOwnerAndAddresseeReadUnattended() {
        RecordFacts facts = clue(Label.of(Level.INTERNAL));
        for (String unit : Set.of(OWNER, ADDRESSEE)) {
            assertEquals(engine.decide(attended(unit), facts), engine.decide(unattended(unit), facts));
            assertEquals(Optional.of(View.FULL), view(engine.decide(unattended(unit), facts)));
        }
        assertEquals(Optional.of(View.SUMMARY), view(engine.decide(unattended(SISTER), facts)));
    }

    private static RecordFacts clue(Label label) {
        return Situation.clueOf(OWNER).addressedTo(ADDRESSEE).labelled(label).facts();
    }

    private static Label label(String text) {
        return switch (text) {
            case "WORK_SECRET pending" -> Labels.pending(Level.WORK_SECRET, Scope.EVERYONE);
            case "scope addressee" -> Labels.reviewed(Level.INTERNAL, Labels.units(ADDRESSEE));
            case "scope neighbour" -> Labels.reviewed(Level.INTERNAL, Labels.units(NEIGHBOUR));
            case "secret, scope neighbour" -> Labels.reviewed(Level.WORK_SECRET, Labels.units(NEIGHBOUR));
            case "limited, scope neighbour" -> Labels.reviewed(Level.WORK_SECRET_LIMITED, Labels.units(NEIGHBOUR));
            case "pending, scope neighbour" -> Labels.pending(Level.WORK_SECRET, Labels.units(NEIGHBOUR));
            case "PUBLIC", "INTERNAL", "WORK_SECRET", "WORK_SECRET_LIMITED" ->
                Labels.reviewed(Level.valueOf(text), Scope.EVERYONE);
            default -> Labels.with(Caveat.valueOf(text));
        };
    }

    private Optional<View> see(String unit, Label label) {
        return view(engine.decide(attended(unit), clue(label)));
    }

    private String rule(String unit, RecordFacts facts) {
        return engine.decide(attended(unit), facts).rule();
    }

    private String letter(String unit, RecordFacts facts) {
        return view(engine.decide(attended(unit), facts))
                .map(v -> v.name().substring(0, 1))
                .orElse("–");
    }
}
