package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.xietong.policy.Situation.attended;
import static org.xietong.policy.Situation.signed;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.agency.AgencyCode;

/** Who may do what: competence by agency (domain, sections 2 and 6), and owners write (I5). */
class RightsToActTest {
    private final PolicySet policy = PolicySet.load();
    private final PolicyEngine engine = Situation.engine();

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            clue   |                | COURT MSA IPO COPYRIGHT MED
            filing | CRIMINAL       | POLICE
            filing | ADMINISTRATIVE | MSA IPO COPYRIGHT
            filing | CIVIL          | COURT
            """)
    void createsOnlyWhereTheAgencyIsCompetent(String kind, String type, String competent) {
        Map<String, String> attributes = type == null ? Map.of() : Map.of("filingType", type);
        Set<String> creators = Stream.of(AgencyCode.values())
                .map(AgencyCode::name)
                .filter(agency ->
                        engine.mayAct(attended(agency + "-421202"), kind, attributes, "create", Optional.empty())
                                instanceof ActDecision.Allowed)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Set.of(competent.split(" "))), creators);
    }

    @ParameterizedTest(name = "{0} of {1}: owner {2}; addressee {3}")
    @CsvSource(delimiter = '|', textBlock = """
            clue           | MSA    | accept amend close dispose not-transfer reject relabel review-label send-outside transfer triage | POLICE | dispose feedback
            clue           | COURT  | accept amend close dispose not-transfer reject relabel review-label transfer triage | POLICE | dispose feedback
            clue           | IPO    | accept amend close dispose not-transfer reject relabel review-label send-outside transfer triage | COURT  | dispose feedback
            clue           | MED    | accept amend close reject relabel review-label transfer triage         | POLICE | dispose feedback
            CRIMINAL       | POLICE | amend conclude discontinue file reconsider refuse relabel review review-label uphold withdraw | MSA |
            ADMINISTRATIVE | MSA    | amend close file refuse relabel review-label | POLICE |
            CIVIL          | COURT  | amend close file refuse relabel review-label | MED |
            """)
    void givesOwnerAndAddresseeTheirActs(String what, String owner, String owned, String addressee, String addressed) {
        Situation situation =
                what.equals("clue") ? Situation.clueOf(owner + "-421202") : Situation.filing(what, owner + "-421202");
        RecordFacts facts = situation.addressedTo(addressee + "-421202").facts();
        assertEquals(words(owned), allowed(signed(owner + "-421202-li"), facts));
        assertEquals(words(addressed), allowed(signed(addressee + "-421202-li"), facts));
    }

    /** 公安机关办理刑事案件程序规定 art. 179. */
    @Test
    void thePoliceAboveReviewARefusedFiling() {
        for (String reviewer : Set.of("POLICE-421200", "POLICE-421202")) {
            RecordFacts facts = Situation.of("filing", "POLICE-421202", "filingType=CRIMINAL", "stage=REVIEW")
                    .addressedTo(reviewer)
                    .facts();
            boolean above = reviewer.equals("POLICE-421200");
            assertEquals(
                    above ? words("reverse uphold") : Set.of(), allowedOf("uphold reverse", reviewer, facts), reviewer);
        }
        RecordFacts city = Situation.of("filing", "POLICE-421200", "filingType=CRIMINAL", "stage=REVIEW")
                .addressedTo("POLICE-421200")
                .facts();
        assertEquals(Set.of(), allowedOf("uphold reverse", "POLICE-421200", city), "nobody reviews himself");
        RecordFacts first = Situation.filing("CRIMINAL", "POLICE-421202")
                .addressedTo("POLICE-421200")
                .facts();
        assertEquals(Set.of(), allowed(signed("POLICE-421200-li"), first));
    }

    @Test
    void everyCaseUnitAsksAndAnswers() {
        for (String agency : Set.of("COURT", "PROC", "POLICE", "MSA", "IPO", "COPYRIGHT")) {
            String asked = agency.equals("COURT") ? "MSA-421202" : "COURT-421202";
            RecordFacts facts = Situation.of("request", agency + "-421202", "stage=SENT", "asks=UNITS")
                    .addressedTo(asked)
                    .facts();
            RecordFacts consultation = Situation.of("request", agency + "-421202", "stage=SENT", "asks=PROCURATORATE")
                    .addressedTo(asked)
                    .facts();
            assertFalse(allowed(signed(asked + "-li"), consultation).contains("receive"), agency);
            assertEquals(
                    words("amend ask relabel review-label send withdraw"),
                    allowed(signed(agency + "-421202-li"), facts),
                    agency);
            assertEquals(words("answer answer-in-part receive refuse"), allowed(signed(asked + "-li"), facts), agency);
            assertEquals(words("receive"), allowed(attended(asked), facts), "without his own key: " + agency);
            assertEquals(words("amend relabel"), allowed(attended(agency + "-421202"), facts), agency);
        }
        for (String agency : Set.of("MED", "AUD")) {
            RecordFacts facts = Situation.of("request", "MSA-421202", "stage=SENT")
                    .addressedTo(agency + "-421202")
                    .facts();
            assertEquals(Set.of(), allowed(signed(agency + "-421202-li"), facts), agency);
        }
    }

    @Test
    void refusesWritingToTheSisterAgencyAndToTheSupervisor() {
        RecordFacts facts = Situation.clueOf("MSA-421202").facts();
        assertEquals(Set.of(), allowed(signed("IPO-421202-li"), facts));
        assertEquals(Set.of(), allowed(signed("PROC-421202-li"), facts));
        assertEquals(Set.of(), allowed(signed("AUD-421202-li"), facts));
    }

    @Test
    void refusesTheSameAgencysOtherUnit() {
        assertEquals(
                Set.of(),
                allowed(
                        signed("MSA-421200-li"),
                        Situation.clueOf("MSA-421202").in("MSA-421200").facts()));
    }

    @Test
    void asksForTheOfficersOwnKeyToReviewALabel() {
        RecordFacts facts = Situation.clueOf("MSA-421202").facts();
        assertInstanceOf(
                ActDecision.SignatureNeeded.class,
                engine.mayAct(attended("MSA-421202"), "clue", Map.of(), "review-label", Optional.of(facts)));
    }

    @Test
    void refusesAnActOfAnotherFilingType() {
        RecordFacts facts = Situation.filing("CRIMINAL", "POLICE-421202").facts();
        assertInstanceOf(
                ActDecision.Refused.class,
                engine.mayAct(attended("POLICE-421202"), "filing", facts.attributes(), "close", Optional.of(facts)));
    }

    @Test
    void refusesCreatingWhatIsThereAndActingOnWhatIsNot() {
        RecordFacts facts = Situation.clueOf("MSA-421202").facts();
        Viewer owner = signed("MSA-421202-li");
        assertInstanceOf(
                ActDecision.Refused.class, engine.mayAct(owner, "clue", Map.of(), "create", Optional.of(facts)));
        assertInstanceOf(ActDecision.Refused.class, engine.mayAct(owner, "clue", Map.of(), "amend", Optional.empty()));
    }

    @Test
    void refusesASuspendedUnit() {
        PolicyEngine suspended = new PolicyEngine(policy, Situation.units(Set.of("MSA-421202")), Situation::unitOf);
        assertEquals(
                "unit-unknown",
                suspended
                        .mayAct(attended("MSA-421202"), "clue", Map.of(), "create", Optional.empty())
                        .rule());
    }

    @Test
    void namesRuleBasisAndVersion() {
        ActDecision.Allowed allowed = assertInstanceOf(
                ActDecision.Allowed.class,
                engine.mayAct(
                        attended("POLICE-421202"),
                        "filing",
                        Map.of("filingType", "CRIMINAL"),
                        "create",
                        Optional.empty()));
        assertEquals("POLICE-CRIMINAL-CREATE", allowed.rule());
        assertEquals("第一百一十二条", allowed.basis().article());
        assertEquals(policy.version(), allowed.policyVersion());
    }

    /** Those of the acts that the unit's officer may do. */
    private Set<String> allowedOf(String acts, String unit, RecordFacts facts) {
        Set<String> allowed = new TreeSet<>(allowed(signed(unit + "-li"), facts));
        allowed.retainAll(words(acts));
        return allowed;
    }

    private Set<String> allowed(Viewer viewer, RecordFacts facts) {
        return policy.vocabulary().kind(facts.kind()).orElseThrow().acts().stream()
                .filter(act -> engine.mayAct(viewer, facts.kind(), facts.attributes(), act, Optional.of(facts))
                        instanceof ActDecision.Allowed)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(String text) {
        return text == null ? Set.of() : new TreeSet<>(Set.of(text.trim().split(" ")));
    }
}
