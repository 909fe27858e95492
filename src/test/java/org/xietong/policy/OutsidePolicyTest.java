package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.agency.OutsideKind;
import org.xietong.label.Caveat;
import org.xietong.label.FieldLabel;
import org.xietong.label.Label;
import org.xietong.label.Level;
import org.xietong.label.Scope;

/** What may leave the system: as the rows say, and never what a label keeps inside. */
class OutsidePolicyTest {
    private final PolicyEngine engine = Situation.engine();

    /** By hand, from the matrix and article 7; an agency or a kind that is not here sends nothing. */
    @ParameterizedTest(name = "{0} of {1}: whole to {2}; in summary to {3}")
    @CsvSource(delimiter = '|', textBlock = """
            clue            | MSA       | AGENCY POLICE                | AGENCY POLICE
            clue            | COURT     |                              |
            transfer        | MSA       | AGENCY POLICE PROCURATORATE  | AGENCY POLICE PROCURATORATE SUPERVISORY_COMMISSION
            transfer        | COPYRIGHT | AGENCY POLICE PROCURATORATE  | AGENCY POLICE PROCURATORATE SUPERVISORY_COMMISSION
            transfer        | PROC      | AGENCY POLICE PROCURATORATE  | AGENCY POLICE PROCURATORATE SUPERVISORY_COMMISSION
            prosecution     | PROC      | AGENCY JUSTICE_BUREAU        | AGENCY JUSTICE_BUREAU
            patent-referral | MSA       | COURT                        | COURT
            penalty         | MSA       |                              |
            arrest          | POLICE    |                              |
            supervision     | PROC      |                              |
            """)
    void leavesAsTheRowsSay(String kind, String agency, String whole, String summary) {
        Situation situation = Situation.of(kind, agency + "-421202");
        assertEquals(words(whole), to(situation, View.FULL));
        assertEquals(words(summary), to(situation, View.SUMMARY));
    }

    @Test
    void anOpinionAfterNonProsecutionLeavesInCopyOnceItIsServed() {
        for (String[] state : new String[][] {
            {"REVERSE_TRANSFER", "SERVED", "AGENCY JUSTICE_BUREAU"},
            {"REVERSE_TRANSFER", "UNSERVED", ""},
            {"REVERSE_TRANSFER", "ENDED", ""},
            {"NON_TRANSFER", "SERVED", ""},
            {"FILING", "SERVED", ""}
        }) {
            Situation supervision = Situation.of("supervision", "PROC-421202", "type=" + state[0], "stage=" + state[1]);
            assertEquals(state[2].isEmpty() ? Set.of() : words(state[2]), to(supervision, View.SUMMARY), state[0]);
        }
    }

    @Test
    void aJudgmentLeavesForItsExecutionOnceItIsEffective() {
        assertEquals(
                words("DETENTION_HOUSE COMMUNITY_CORRECTION JUSTICE_BUREAU"),
                to(Situation.of("judgment", "COURT-421202", "caseClass=CRIMINAL", "stage=EFFECTIVE"), View.FULL));
        assertEquals(
                Set.of(),
                to(Situation.of("judgment", "COURT-421202", "caseClass=CRIMINAL", "stage=PRONOUNCED"), View.SUMMARY));
        assertEquals(
                Set.of(),
                to(Situation.of("judgment", "COURT-421202", "caseClass=CIVIL", "stage=EFFECTIVE"), View.SUMMARY));
    }

    @ParameterizedTest
    @EnumSource(Caveat.class)
    void aCaveatKeepsInsideWhatTheRowDoesNotOpen(Caveat caveat) {
        Set<Caveat> opened = Set.of(Caveat.INVESTIGATION, Caveat.PI, Caveat.SENSITIVE_PI, Caveat.TRADE_SECRET);
        Set<Caveat> summaries = Set.of(Caveat.INFORMANT);
        Situation transfer = Situation.of("transfer", "MSA-421202").labelled(Labels.with(caveat));
        assertEquals(opened.contains(caveat), !to(transfer, View.FULL).isEmpty(), "whole");
        assertEquals(
                opened.contains(caveat) || summaries.contains(caveat),
                !to(transfer, View.SUMMARY).isEmpty(),
                "in summary");
    }

    @Test
    void workSecretsCirclesAndWhatWaitsForItsReviewStayInside() {
        for (Label label : Set.of(
                Labels.reviewed(Level.WORK_SECRET, Scope.EVERYONE),
                Labels.pending(Level.WORK_SECRET, Scope.EVERYONE),
                Labels.reviewed(Level.INTERNAL, Labels.units("POLICE-421202")))) {
            assertEquals(Set.of(), to(Situation.clueOf("MSA-421202").labelled(label), View.SUMMARY));
        }
    }

    /** A field that must stay keeps the record; one that the row does not open is left out. */
    @Test
    void aFieldThatIsMarkedStaysInside() {
        assertEquals(Set.of(), to(marked(Caveat.NO_EXPORT), View.SUMMARY));
        Decision decision = engine.outside(
                OutsideKind.AGENCY, View.FULL, marked(Caveat.MINOR).facts());
        assertEquals(Set.of("facts"), ((Decision.Permitted) decision).hidden());
    }

    private static Situation marked(Caveat caveat) {
        return Situation.clueOf("MSA-421202")
                .labelled(new Label(
                        Level.INTERNAL,
                        Set.of(),
                        Scope.EVERYONE,
                        null,
                        null,
                        null,
                        null,
                        java.util.List.of(new FieldLabel("facts", Set.of(caveat)))));
    }

    @Test
    void aUnitThatIsSuspendedOrUnknownSendsNothing() {
        PolicyEngine suspended =
                new PolicyEngine(PolicySet.load(), Situation.units(Set.of("MSA-421202")), officer -> Optional.empty());
        assertTrue(
                suspended.outside(
                                OutsideKind.AGENCY,
                                View.SUMMARY,
                                Situation.clueOf("MSA-421202").facts())
                        instanceof Decision.Denied);
        assertTrue(
                engine.outside(
                                OutsideKind.AGENCY,
                                View.SUMMARY,
                                Situation.clueOf("MSA-000000").facts())
                        instanceof Decision.Denied);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            opens: [INVESTIGATION, PI, SENSITIVE_PI, TRADE_SECRET] | opens: [INFORMANT]     | opens to nobody outside
            opens: [INVESTIGATION, PI, SENSITIVE_PI, TRADE_SECRET] | opens: [NO_EXPORT]     | opens to nobody outside
            to: [SUPERVISORY_COMMISSION]                          | to: [BANK]             | unknown to
            view: SUMMARY                                         | view: METADATA         | a summary at least
            kind: clue                                            | kind: rumour           | unknown kind
            from: [PROC]                                          | from: [PROC, PROC]     | repeats PROC
            id: OUTSIDE-CLUE-AGENCY                               | id: MSA-CLUE-AGENCY    | begin with OUTSIDE-
            id: OUTSIDE-CLUE-AGENCY                               | id: OUTSIDE-TRANSFER-JUSTICE | stands twice
            """)
    void anUnsoundRowStopsTheStart(String old, String now, String why) {
        PolicyFiles files = PolicyFiles.shipped().replace("outside.yaml", old, now);
        PolicyException refused = assertThrows(PolicyException.class, () -> PolicySet.load(files));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
    }

    private Set<String> to(Situation situation, View view) {
        return Arrays.stream(OutsideKind.values())
                .filter(kind -> engine.outside(kind, view, situation.facts()) instanceof Decision.Permitted)
                .map(Enum::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String text) {
        return text == null ? Set.of() : new TreeSet<>(Set.of(text.split(" ")));
    }
}
