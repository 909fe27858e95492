package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.policy.Situation.attended;
import static org.xietong.policy.Situation.signed;
import static org.xietong.policy.Situation.unattended;
import static org.xietong.policy.Situation.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xietong.agency.AgencyCode;
import org.xietong.label.Caveat;
import org.xietong.label.FieldLabel;
import org.xietong.label.Label;
import org.xietong.label.Level;
import org.xietong.label.Scope;

/** What a grant adds to the matrix, and what it never adds. */
class GrantsTest {
    private static final String COURT = "COURT-421202";
    private static final String JUDGE = "COURT-421202-li";
    private static final UUID ID = new UUID(0, 9);
    private static final Instant SOON = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2031-01-01T00:00:00Z");

    private final PolicyEngine engine = Situation.engine();
    private final Situation clue = Situation.clueOf("MSA-421202");

    @Test
    void opensWhatTheMatrixClosesUnderItsOwnName() {
        assertEquals(Optional.empty(), view(engine.decide(attended(COURT), clue.facts())));
        Decision decision = engine.decide(attended(COURT), granted(unit(COURT, View.FULL)));
        assertEquals(Optional.of(View.FULL), view(decision));
        assertEquals("GRANT-" + ID, decision.rule());
        assertEquals(
                Optional.of(View.SUMMARY), view(engine.decide(unattended(COURT), granted(unit(COURT, View.FULL)))));
    }

    @Test
    void givesNoNameToWhatTheRowsShowAnyway() {
        Situation addressed = clue.addressedTo("POLICE-421202");
        Decision without = engine.decide(attended("POLICE-421202"), addressed.facts());
        Decision with = engine.decide(
                attended("POLICE-421202"), addressed.facts().withGrants(Set.of(unit("POLICE-421202", View.METADATA))));
        assertEquals(without, with);
    }

    @Test
    void isForNobodyElse() {
        for (AgencyCode agency : AgencyCode.values()) {
            String unit = agency + "-421200";
            assertEquals(
                    engine.decide(attended(unit), clue.facts()),
                    engine.decide(attended(unit), granted(unit(COURT, View.FULL, Caveat.values()))));
        }
        assertEquals(Optional.empty(), view(engine.decide(attended(COURT), granted(person(JUDGE)))));
        assertEquals(Optional.empty(), view(engine.decide(signed("COURT-421202-wang"), granted(person(JUDGE)))));
        assertEquals(Optional.of(View.FULL), view(engine.decide(signed(JUDGE), granted(person(JUDGE)))));
    }

    /** The indictment of one opens his person to the court; a grant of the facts opens nobody's. */
    @Test
    void opensOfOthersNoMoreThanItSays() {
        UUID other = new UUID(0, 77);
        RecordFacts facts = Situation.of("arrest", "POLICE-421202")
                .after("INDICTED")
                .facts(Set.of(Situation.SUSPECT, other))
                .withGrants(Set.of(unit(COURT, View.FULL)));
        Decision.Permitted seen = permitted(attended(COURT), facts);
        assertEquals(Optional.of(Set.of(Situation.SUSPECT)), seen.participants());
        assertTrue(seen.opened().contains(Caveat.PI));
        assertEquals(Optional.of(new Decision.Others(View.FULL, Set.of(), Set.of())), seen.others());
        assertTrue(seen.concernsEverybody());
        Decision.Permitted summary = permitted(attended(COURT), facts.withGrants(Set.of(unit(COURT, View.SUMMARY))));
        assertEquals(Optional.of(new Decision.Others(View.SUMMARY, Set.of(), Set.of())), summary.others());
        assertEquals("COURT-ARREST-INDICTED", summary.rule());
        assertFalse(summary.concernsEverybody());
    }

    @Test
    void opensTheInformantToPersonsAloneAndSealedRecordsToNobody() {
        Decision.Permitted unit = permitted(attended(COURT), granted(unit(COURT, View.FULL, Caveat.values())));
        assertTrue(unit.opened().contains(Caveat.PI));
        assertEquals(Set.of(), common(unit, Caveat.INFORMANT, Caveat.SEALED_RECORD, Caveat.LEGAL_PRIVILEGE));
        Decision.Permitted person = permitted(signed(JUDGE), granted(person(JUDGE, Caveat.values())));
        assertEquals(Set.of(Caveat.INFORMANT), common(person, Caveat.INFORMANT, Caveat.SEALED_RECORD));
        Situation sealed = clue.labelled(Labels.with(Caveat.SEALED_RECORD));
        assertEquals(
                Optional.empty(),
                view(engine.decide(
                        attended(COURT), sealed.facts().withGrants(Set.of(unit(COURT, View.FULL, Caveat.values()))))));
    }

    @Test
    void showsTheAuditorNothingMore() {
        assertEquals(
                engine.decide(attended("AUD-421202"), clue.facts()),
                engine.decide(attended("AUD-421202"), granted(unit("AUD-421202", View.FULL, Caveat.values()))));
    }

    @Test
    void givesNoRightToAct() {
        Situation filing = Situation.filing("CRIMINAL", "POLICE-421202");
        RecordFacts facts = filing.facts().withGrants(Set.of(unit(COURT, View.FULL, Caveat.values())));
        assertEquals(
                engine.mayAct(attended(COURT), "filing", facts.attributes(), "file", Optional.of(filing.facts())),
                engine.mayAct(attended(COURT), "filing", facts.attributes(), "file", Optional.of(facts)));
        assertEquals(
                "out-of-sight",
                assertInstanceOf(
                                ActDecision.Refused.class,
                                engine.mayAct(
                                        attended(COURT), "filing", facts.attributes(), "file", Optional.of(facts)))
                        .rule());
    }

    @Test
    void isShutOutByALaterLabelLikeAnyRow() {
        GrantFact grant = unit(COURT, View.FULL);
        for (Label label : List.of(
                Labels.pending(Level.WORK_SECRET, Scope.EVERYONE),
                Labels.reviewed(Level.INTERNAL, Labels.units("POLICE-421202")),
                Labels.reviewed(Level.WORK_SECRET_LIMITED, Labels.persons(JUDGE)))) {
            assertEquals(
                    Optional.empty(),
                    view(engine.decide(
                            attended(COURT), clue.labelled(label).facts().withGrants(Set.of(grant)))));
        }
        assertEquals(
                Optional.of(View.METADATA),
                view(engine.decide(
                        attended(COURT),
                        clue.labelled(Labels.with(Caveat.MINOR)).facts().withGrants(Set.of(grant)))));
        assertEquals(
                Optional.of(View.FULL),
                view(engine.decide(
                        attended(COURT),
                        clue.labelled(Labels.reviewed(Level.WORK_SECRET, Scope.EVERYONE))
                                .facts()
                                .withGrants(Set.of(grant)))));
    }

    @Test
    void isInSightUntilItEnds() {
        GrantFact longer = new GrantFact(new UUID(0, 8), false, COURT, View.METADATA, Set.of(), LATER);
        Map<String, Instant> until = engine
                .sight(clue.facts().withGrants(Set.of(unit(COURT, View.FULL), longer, person("IPO-421202-li"))))
                .stream()
                .filter(row -> row.until() != null)
                .collect(Collectors.toMap(SightRow::viewer, SightRow::until));
        boolean ipoSees =
                view(engine.decide(attended("IPO-421202"), clue.facts())).isPresent();
        assertEquals(ipoSees ? Map.of(COURT, LATER) : Map.of(COURT, LATER, "IPO-421202-li", SOON), until);
    }

    /** Rows of sight sort and filter: a grant that widens a view must not make them finer than the row says. */
    @Test
    void leavesARowOfSightAsItIs() {
        List<SightRow> rows = engine.sight(clue.facts());
        GrantFact[] all = rows.stream()
                .map(row -> new GrantFact(ID, row.person(), row.viewer(), View.FULL, Set.of(), SOON))
                .toArray(GrantFact[]::new);
        assertEquals(rows, engine.sight(clue.facts().withGrants(Set.of(all))));
    }

    @Test
    void fieldsThatTheLabelMarksShowToWhomAllTheirCaveatsAreOpen() {
        Label label = new Label(
                Level.INTERNAL,
                Set.of(),
                Scope.EVERYONE,
                null,
                null,
                null,
                null,
                List.of(new FieldLabel("title", Set.of(Caveat.MINOR, Caveat.PI))));
        RecordFacts facts = clue.labelled(label).facts();
        assertTrue(hides(facts, attended(COURT), unit(COURT, View.FULL, Caveat.PI)));
        assertFalse(hides(facts, attended(COURT), unit(COURT, View.FULL, Caveat.PI, Caveat.MINOR)));
        assertTrue(hides(facts, unattended(COURT), unit(COURT, View.FULL, Caveat.PI, Caveat.MINOR)));
        assertFalse(permitted(attended("MSA-421202"), facts).hidden().contains("title"));
        assertFalse(permitted(attended("PROC-421202"), facts).hidden().contains("title"), "statutory");
    }

    private boolean hides(RecordFacts facts, Viewer viewer, GrantFact grant) {
        return permitted(viewer, facts.withGrants(Set.of(grant))).hidden().contains("title");
    }

    private static Set<Caveat> common(Decision.Permitted permitted, Caveat... asked) {
        return Set.of(asked).stream().filter(permitted.opened()::contains).collect(Collectors.toSet());
    }

    private Decision.Permitted permitted(Viewer viewer, RecordFacts facts) {
        return assertInstanceOf(Decision.Permitted.class, engine.decide(viewer, facts));
    }

    private RecordFacts granted(GrantFact grant) {
        return clue.facts().withGrants(Set.of(grant));
    }

    private static GrantFact unit(String unit, View view, Caveat... opens) {
        return new GrantFact(ID, false, unit, view, Set.of(opens), SOON);
    }

    private static GrantFact person(String officer, Caveat... opens) {
        return new GrantFact(ID, true, officer, View.FULL, Set.of(opens), SOON);
    }
}
