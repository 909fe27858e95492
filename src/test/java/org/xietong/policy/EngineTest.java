package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.xietong.policy.Situation.attended;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xietong.label.Label;
import org.xietong.label.Level;

/** Deny by absence (I2), and decisions that can be replayed (I8). */
class EngineTest {
    private final PolicySet policy = PolicySet.load();
    private final PolicyEngine engine = Situation.engine();

    @Test
    void deniesAnUnknownUnit() {
        assertEquals(
                new Decision.Denied("unit-unknown", policy.version()),
                engine.decide(
                        attended("POLICE-999999"),
                        Situation.clueOf("MSA-421202").facts()));
    }

    @Test
    void deniesASuspendedUnitEvenItsOwnRecord() {
        PolicyEngine suspended = new PolicyEngine(policy, Situation.units(Set.of("MSA-421202")), Situation::unitOf);
        assertEquals(
                "unit-unknown",
                suspended
                        .decide(
                                attended("MSA-421202"),
                                Situation.clueOf("MSA-421202").facts())
                        .rule());
    }

    @Test
    void deniesAnUnknownKindAndAFilingWithoutType() {
        RecordFacts unknown = facts("rumour", Map.of());
        RecordFacts untyped = facts("filing", Map.of());
        RecordFacts mistyped = facts("filing", Map.of("filingType", "MARTIAL"));
        for (RecordFacts facts : Set.of(unknown, untyped, mistyped)) {
            assertEquals(
                    "no-row", engine.decide(attended("POLICE-421202"), facts).rule());
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a failure is what is tested
    void deniesWhenDecidingFails() {
        assertEquals(
                "evaluation-failed",
                engine.decide(null, facts("clue", Map.of())).rule());
        assertEquals(
                "evaluation-failed",
                engine.mayAct(null, "clue", Map.of(), "create", Optional.empty())
                        .rule());
    }

    @Test
    void opensTwoMilestonesOnlyTogetherInOneFiling() {
        PolicyEngine two = new PolicyEngine(
                PolicySet.load(PolicyFiles.shipped()
                        .replace("COURT.yaml", "{after: INDICTED}", "{after: INDICTED}, {after: JUDGED}")),
                Situation.units(),
                Situation::unitOf);
        Situation filing = Situation.filing("CRIMINAL", "POLICE-421202").after("INDICTED");
        filing.after("JUDGED", Situation.SUSPECT, Situation.OTHER);
        assertInstanceOf(Decision.Denied.class, two.decide(attended("COURT-421202"), filing.facts()));
        filing.after("JUDGED");
        assertInstanceOf(Decision.Permitted.class, two.decide(attended("COURT-421202"), filing.facts()));
    }

    @Test
    void opensToASuperiorOnlyWhereARuleSaysSo() {
        PolicyEngine ruled = new PolicyEngine(
                PolicySet.load(PolicyFiles.shipped()
                        .replace("AUD.yaml", "kind: clue\n    when: [sameLevel]", "kind: clue\n    when: [superior]")),
                Situation.units(),
                Situation::unitOf);
        RecordFacts facts = facts("clue", Map.of());
        RecordFacts audited = new RecordFacts(
                "clue",
                Map.of(),
                "AUD-421202",
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                facts.label());
        assertInstanceOf(Decision.Permitted.class, ruled.decide(attended("AUD-421200"), audited));
        assertInstanceOf(Decision.Denied.class, ruled.decide(attended("AUD-421202"), audited));
        assertInstanceOf(Decision.Denied.class, engine.decide(attended("AUD-421200"), audited));
    }

    private static RecordFacts facts(String kind, Map<String, String> attributes) {
        return new RecordFacts(
                kind,
                attributes,
                "POLICE-421202",
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Label.of(Level.INTERNAL));
    }
}
