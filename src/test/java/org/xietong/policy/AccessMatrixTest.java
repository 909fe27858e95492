package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.policy.Situation.COUNTY;
import static org.xietong.policy.Situation.attended;
import static org.xietong.policy.Situation.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.label.Caveat;

/** The start matrix of the domain, section 6, line by line: what an attended reader of each agency's county unit sees. */
class AccessMatrixTest {
    private static final List<String> AGENCIES =
            List.of("COURT", "PROC", "POLICE", "MSA", "IPO", "COPYRIGHT", "MED", "AUD");
    private final PolicyEngine engine = Situation.engine();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            clue of COURT                                      | F | F | S | S | S | S | – | M
            clue of COURT, addressed to POLICE                 | F | F | F | S | S | S | – | M
            clue of MSA                                        | – | F | S | F | F | S | – | M
            clue of MSA, addressed to POLICE                   | – | F | F | F | F | S | – | M
            clue of MSA, addressed to COURT                    | F | F | S | F | F | S | – | M
            clue of IPO                                        | – | F | S | F | F | S | – | M
            clue of COPYRIGHT                                  | – | F | S | S | S | F | – | M
            clue of MED                                        | – | F | S | S | S | S | F | M
            CRIMINAL filing of POLICE                          | – | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, sent by MSA             | – | F | F | S | – | – | – | M
            CRIMINAL filing of POLICE, sent by COPYRIGHT       | – | F | F | – | – | S | – | M
            CRIMINAL filing of POLICE, after CUSTODY           | – | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, after ARRESTED          | – | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, after COERCION_NOTIFIED | – | F | F | M | M | M | – | M
            CRIMINAL filing of POLICE, sent by IPO, after COERCION_NOTIFIED | – | F | F | M | S | M | – | M
            CRIMINAL filing of POLICE, after INDICTED          | F | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, after FILED             | – | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, in it COURT             | – | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, in it COURT, after JUDGED | – | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, appealed to COURT, after JUDGED | F | F | F | – | – | – | – | M
            CRIMINAL filing of POLICE, appealed to MSA, after JUDGED | – | F | F | – | – | – | – | M
            ADMINISTRATIVE filing of MSA                       | S | F | S | F | F | – | – | M
            ADMINISTRATIVE filing of IPO                       | S | F | S | F | F | – | – | M
            ADMINISTRATIVE filing of COPYRIGHT                 | S | F | S | – | – | F | – | M
            ADMINISTRATIVE filing of MSA, after LAWSUIT        | F | F | S | F | F | – | – | M
            ADMINISTRATIVE filing of MSA, after TRANSFERRED    | S | F | F | F | F | – | – | M
            CIVIL filing of COURT                              | F | F | – | – | – | – | – | M
            CIVIL filing of COURT, in it POLICE                | F | F | S | – | – | – | – | M
            CIVIL filing of COURT, in it MSA                   | F | F | – | S | – | – | – | M
            CIVIL filing of COURT, in it COPYRIGHT             | F | F | – | – | – | S | – | M
            CIVIL filing of COURT, addressed to MED            | F | F | – | – | – | – | S | M
            penalty of MSA                                     | S | F | S | F | F | – | – | M
            penalty of IPO                                     | S | F | S | F | F | – | – | M
            penalty of COPYRIGHT                               | S | F | S | – | – | F | – | M
            penalty of MSA, after LAWSUIT                      | F | F | S | F | F | – | – | M
            penalty of MSA, after TRANSFERRED                  | S | F | F | F | F | – | – | M
            penalty of MSA, addressed to POLICE                | S | F | F | F | F | – | – | M
            penalty of MSA, in it POLICE                       | S | F | S | F | F | – | – | M
            EARLY investigation of POLICE                      | – | S | F | – | – | – | – | –
            EARLY investigation of POLICE, after COERCION_NOTIFIED | – | S | F | – | – | – | – | –
            EARLY investigation of POLICE, in it MSA           | – | S | F | – | – | – | – | –
            EARLY investigation of POLICE, sent by MSA         | – | S | F | – | – | – | – | –
            EXECUTED investigation of POLICE                   | – | S | F | – | – | – | – | M
            EXECUTED investigation of POLICE, in it MSA        | – | S | F | – | – | – | – | M
            EXECUTED investigation of POLICE, after CUSTODY    | – | S | F | – | – | – | – | M
            EXECUTED investigation of POLICE, after COERCION_NOTIFIED | – | S | F | M | M | M | – | M
            EXECUTED investigation of POLICE, after ARREST_REQUESTED     | – | F | F | – | – | – | – | M
            EXECUTED investigation of POLICE, after SENT_FOR_PROSECUTION | – | F | F | – | – | – | – | M
            EARLY investigation of POLICE, after EARLY_PARTICIPATION     | – | F | F | – | – | – | – | –
            EARLY investigation of POLICE, after SUPERVISED    | – | F | F | – | – | – | – | –
            EXECUTED investigation of POLICE, after INDICTED   | F | S | F | – | – | – | – | M
            arrest of POLICE                                   | – | – | F | – | – | – | – | –
            arrest of POLICE, sent by MSA                      | – | – | F | – | – | – | – | –
            arrest of POLICE, after ARREST_REQUESTED           | – | F | F | – | – | – | – | –
            arrest of POLICE, after CUSTODY                    | – | – | F | – | – | – | – | –
            arrest of POLICE, after ARRESTED                   | – | – | F | – | – | – | – | M
            arrest of POLICE, after COERCION_NOTIFIED          | – | – | F | – | – | – | – | –
            arrest of POLICE, after ARRESTED, after COERCION_NOTIFIED | – | – | F | M | M | M | – | M
            arrest of POLICE, sent by MSA, after ARRESTED      | – | – | F | S | – | – | – | M
            arrest of POLICE, after INDICTED                   | F | – | F | – | – | – | – | –
            prosecution of PROC                                | M | F | – | S | S | S | – | M
            prosecution of PROC, sent by POLICE                | M | F | F | S | S | S | – | M
            prosecution of PROC, addressed to POLICE           | M | F | F | S | S | S | – | M
            prosecution of PROC, after INDICTED                | F | F | – | S | S | S | – | M
            prosecution of PROC, addressed to MSA              | M | F | – | F | S | S | – | M
            prosecution of PROC, addressed to COURT            | M | F | – | S | S | S | – | M
            PENDING judgment of COURT                          | F | F | – | – | – | – | – | M
            PENDING judgment of COURT, after CUSTODY           | F | F | – | – | – | – | – | M
            PENDING judgment of COURT, in it MSA               | F | F | – | – | – | – | – | M
            PRONOUNCED judgment of COURT                       | F | F | – | S | S | S | – | M
            PRONOUNCED judgment of COURT, after CUSTODY, after JUDGED | F | F | S | S | S | S | – | M
            PRONOUNCED judgment of COURT, after JUDGED         | F | F | – | S | S | S | – | M
            EFFECTIVE judgment of COURT                        | F | F | S | S | S | S | – | M
            EFFECTIVE judgment of COURT, in it COPYRIGHT       | F | F | S | S | S | S | – | M
            EFFECTIVE judgment of COURT, sent by MSA           | F | F | S | F | S | S | – | M
            EFFECTIVE judgment of COURT, referred by MSA       | F | F | S | F | S | S | – | M
            EFFECTIVE judgment of COURT, addressed to COPYRIGHT | F | F | S | S | S | F | – | M
            PRONOUNCED judgment of COURT, addressed to MSA     | F | F | – | S | S | S | – | M
            PRONOUNCED judgment of COURT, referred by COPYRIGHT | F | F | – | S | S | S | – | M
            arrest of POLICE, referred by MSA                  | – | – | F | – | – | – | – | –
            prosecution of PROC, referred by MSA               | M | F | – | S | S | S | – | M
            SERVED supervision of PROC, referred by MSA        | – | F | – | – | – | – | – | M
            enforcement of COURT                               | F | F | S | S | S | S | – | M
            enforcement of COURT, addressed to POLICE          | F | F | F | S | S | S | – | M
            patent-referral of MSA                             | – | S | – | F | F | – | – | M
            patent-referral of MSA, addressed to COURT         | F | S | – | F | F | – | – | M
            UNSERVED supervision of PROC                       | – | F | – | – | – | – | – | –
            UNSERVED supervision of PROC, addressed to POLICE  | – | F | – | – | – | – | – | –
            UNSERVED supervision of PROC, sent by MSA          | – | F | – | – | – | – | – | –
            SERVED supervision of PROC                         | – | F | – | – | – | – | – | M
            SERVED supervision of PROC, addressed to POLICE    | – | F | F | – | – | – | – | M
            SERVED supervision of PROC, addressed to MSA       | – | F | – | F | – | – | – | M
            SERVED supervision of PROC, addressed to COURT     | F | F | – | – | – | – | – | M
            SERVED supervision of PROC, sent by IPO            | – | F | – | – | S | – | – | M
            UNSERVED/FILING supervision of PROC, complained by MSA | – | F | – | – | – | – | – | –
            SERVED/FILING supervision of PROC, complained by MSA | – | F | – | S | – | – | – | M
            SERVED/FILING supervision of PROC, complained by IPO | – | F | – | – | S | – | – | M
            SERVED/FILING supervision of PROC, complained by COPYRIGHT | – | F | – | – | – | S | – | M
            SERVED/FILING supervision of PROC, complained by COURT | S | F | – | – | – | – | – | M
            SERVED/FILING supervision of PROC, complained by POLICE | – | F | – | – | – | – | – | M
            SERVED/NON_TRANSFER supervision of PROC, complained by MSA | – | F | – | – | – | – | – | M
            ENDED/NON_TRANSFER supervision of PROC, complained by MSA | – | F | – | – | – | – | – | –
            SERVED/WRONG_FILING supervision of PROC, complained by MSA | – | F | – | – | – | – | – | M
            ENDED supervision of PROC                          | – | F | – | – | – | – | – | –
            ENDED/FILING supervision of PROC, complained by MSA | – | F | – | S | – | – | – | –
            ENDED/FILING supervision of PROC, complained by COURT | S | F | – | – | – | – | – | –
            ENDED supervision of PROC, addressed to POLICE     | – | F | – | – | – | – | – | –
            UNSERVED supervision of POLICE                     | – | – | F | – | – | – | – | –
            UNSERVED supervision of POLICE, addressed to PROC  | – | – | F | – | – | – | – | –
            SERVED supervision of POLICE, addressed to PROC    | – | F | F | – | – | – | – | M
            SERVED supervision of POLICE, sent by MSA          | – | – | F | S | – | – | – | M
            transfer of MSA                                    | – | F | – | F | F | – | – | M
            transfer of MSA, addressed to POLICE               | – | F | F | F | F | – | – | M
            transfer of COPYRIGHT                              | – | F | – | – | – | F | – | M
            transfer of COURT, addressed to POLICE             | F | F | F | – | – | – | – | M
            transfer of POLICE, addressed to MSA               | – | F | F | F | – | – | – | M
            transfer of POLICE, addressed to COPYRIGHT         | – | F | F | – | – | F | – | M
            transfer of PROC, addressed to MSA                 | – | F | – | F | – | – | – | M
            UNSENT request of MSA                              | – | – | – | F | – | – | – | –
            UNSENT request of MSA, addressed to POLICE         | – | – | – | F | – | – | – | –
            UNSENT request of MSA, in it POLICE                | – | – | – | F | – | – | – | –
            SENT request of MSA, addressed to POLICE           | – | – | F | F | – | – | – | M
            SENT request of MSA, addressed to POLICE, in it COURT | – | – | F | F | – | – | – | M
            SENT request of MSA, addressed to POLICE, sent by COPYRIGHT | – | – | F | F | – | – | – | M
            SENT request of MSA, addressed to POLICE, after TRANSFERRED | – | – | F | F | – | – | – | M
            SENT request of IPO, addressed to MSA              | – | – | – | F | F | – | – | M
            SENT request of COURT, addressed to PROC           | F | F | – | – | – | – | – | M
            SENT request of PROC, addressed to COURT           | F | F | – | – | – | – | – | M
            SENT request of POLICE, addressed to COPYRIGHT     | – | – | F | – | – | F | – | M
            SENT request of COPYRIGHT, addressed to IPO        | – | – | – | – | F | F | – | M
            SENT/SUPPORT request of MSA, addressed to MED      | – | – | – | F | – | – | – | M
            transfer of MSA, in it POLICE                      | – | F | – | F | F | – | – | M
            """)
    void showsEachAgencyWhatTheMatrixSays(
            String situation,
            String court,
            String proc,
            String police,
            String msa,
            String ipo,
            String copyright,
            String med,
            String aud) {
        RecordFacts facts = situation(situation).facts();
        List<String> expected = List.of(court, proc, police, msa, ipo, copyright, med, aud);
        List<String> seen = AGENCIES.stream()
                .map(agency -> letter(engine.decide(attended(agency + "-" + COUNTY), facts)))
                .toList();
        assertEquals(expected, seen);
    }

    /** The ruling of the court above, once it is in effect, returns to who handled the case below. */
    @Test
    void returnsTheEffectiveRulingOfSecondInstanceToWhoHandledTheCase() {
        Map<String, String> cells = Map.of("POLICE", "S", "PROC", "F", "COURT", "F", "MSA", "–");
        cells.forEach((agency, cell) -> {
            String below = agency + "-" + COUNTY;
            for (String stage : List.of("PENDING", "PRONOUNCED", "EFFECTIVE")) {
                Situation ruling = Situation.of("judgment", "COURT-" + Situation.CITY, "stage=" + stage)
                        .handledBy(below);
                assertEquals(
                        stage.equals("EFFECTIVE") ? cell : "–",
                        letter(engine.decide(attended(below), ruling.facts())),
                        agency + " " + stage);
            }
        });
    }

    /** Once the case was sent up to them and the first instance has judged the participant; never before. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            CRIMINAL filing of POLICE
            EXECUTED investigation of POLICE
            arrest of POLICE
            prosecution of PROC
            PRONOUNCED judgment of COURT
            """)
    void showsTheStagesToTheCourtAndProcuratorateOfSecondInstance(String stage) {
        for (String agency : List.of("COURT", "PROC")) {
            String higher = agency + "-" + Situation.CITY;
            assertEquals(
                    "F",
                    letter(engine.decide(
                            attended(higher),
                            situation(stage).appealedTo(higher).after("JUDGED").facts())));
            assertEquals(
                    "–",
                    letter(engine.decide(
                            attended(higher),
                            situation(stage)
                                    .appealedTo(higher)
                                    .after("INDICTED")
                                    .facts())));
            assertEquals(
                    "–",
                    letter(engine.decide(
                            attended(higher), situation(stage).after("JUDGED").facts())));
        }
    }

    @Test
    void showsNothingToUnitsOfAnotherLevel() {
        for (Situation situation : List.of(
                Situation.clueOf("MSA-421202"),
                Situation.filing("CRIMINAL", "POLICE-421202")
                        .after("COERCION_NOTIFIED")
                        .after("INDICTED"),
                Situation.filing("ADMINISTRATIVE", "MSA-421202")
                        .after("LAWSUIT")
                        .after("TRANSFERRED"),
                Situation.filing("CIVIL", "COURT-421202"),
                Situation.of("penalty", "MSA-421202").after("LAWSUIT"),
                Situation.of("investigation", "POLICE-421202", "stage=EXECUTED")
                        .after("COERCION_NOTIFIED")
                        .after("ARREST_REQUESTED")
                        .after("INDICTED"),
                Situation.of("arrest", "POLICE-421202")
                        .after("ARREST_REQUESTED")
                        .after("ARRESTED")
                        .after("COERCION_NOTIFIED")
                        .after("INDICTED"),
                Situation.of("prosecution", "PROC-421202").after("INDICTED"),
                Situation.of("judgment", "COURT-421202", "stage=EFFECTIVE")
                        .after("CUSTODY")
                        .after("JUDGED"),
                Situation.of("enforcement", "COURT-421202"),
                Situation.of("patent-referral", "MSA-421202"),
                Situation.of("supervision", "PROC-421202", "stage=SERVED"),
                Situation.of("request", "MSA-421202", "stage=SENT"))) {
            for (String agency : AGENCIES) {
                assertInstanceOf(Decision.Denied.class, engine.decide(attended(agency + "-421200"), situation.facts()));
            }
        }
    }

    @Test
    void showsAForwardedCaseToThePoliceOfAnotherLevelOnceTransferred() {
        Situation forwarded = Situation.filing("ADMINISTRATIVE", "MSA-421202").addressedTo("POLICE-421200");
        assertEquals(Optional.empty(), view(engine.decide(attended("POLICE-421200"), forwarded.facts())));
        forwarded.after("TRANSFERRED");
        assertEquals(Optional.of(View.FULL), view(engine.decide(attended("POLICE-421200"), forwarded.facts())));
    }

    @Test
    void opensNothingByAMilestoneOfSomebodyWhomTheRecordDoesNotConcern() {
        RecordFacts facts = Situation.filing("CRIMINAL", "POLICE-421202")
                .after("INDICTED", Situation.OTHER, Situation.FILING)
                .facts();
        assertEquals(Optional.empty(), view(engine.decide(attended("COURT-421202"), facts)));
    }

    @Test
    void limitsTheCourtToTheIndicted() {
        RecordFacts facts = Situation.filing("CRIMINAL", "POLICE-421202")
                .after("INDICTED")
                .facts(Set.of(Situation.SUSPECT, Situation.OTHER));
        assertEquals(
                Optional.of(Set.<UUID>of(Situation.SUSPECT)),
                permitted("COURT-421202", facts).participants());
        assertEquals(Optional.empty(), permitted("PROC-421202", facts).participants());
    }

    @Test
    void hidesUnitAndDayOfACriminalFilingFromWhoDidNotSendIt() {
        RecordFacts facts = Situation.filing("CRIMINAL", "POLICE-421202")
                .sentBy("IPO-421202")
                .after("COERCION_NOTIFIED")
                .facts();
        assertEquals(
                Set.of("unit", "day", "filedOn"), permitted("MSA-421202", facts).hidden());
        assertEquals(Set.of(), permitted("IPO-421202", facts).hidden());
    }

    @Test
    void opensTheInformantToTheOwnerOnly() {
        RecordFacts facts =
                Situation.clueOf("MSA-421202").addressedTo("POLICE-421202").facts();
        for (String agency : AGENCIES) {
            Decision decision = engine.decide(attended(agency + "-421202"), facts);
            boolean opened =
                    decision instanceof Decision.Permitted p && p.opened().contains(Caveat.INFORMANT);
            assertEquals(agency.equals("MSA"), opened, agency);
        }
    }

    @Test
    void calledStatutoryIsWhatTheProcuratorateSupervises() {
        assertTrue(
                permitted("PROC-421202", Situation.clueOf("MSA-421202").facts()).statutory());
    }

    private Decision.Permitted permitted(String unit, RecordFacts facts) {
        return assertInstanceOf(Decision.Permitted.class, engine.decide(attended(unit), facts));
    }

    /** "KIND of OWNER, addressed to X, sent by X, referred by X, complained by X, appealed to X, in it X, after MILESTONE". */
    private static Situation situation(String text) {
        String[] parts = text.split(", ");
        String owner = unit(parts[0]);
        Situation situation = of(parts[0].split(" of ")[0].split(" "), owner);
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith("addressed to ")) {
                situation.addressedTo(unit(parts[i]));
            } else if (parts[i].startsWith("sent by ")) {
                situation.sentBy(unit(parts[i]));
            } else if (parts[i].startsWith("complained by ")) {
                situation.complainedBy(unit(parts[i]));
            } else if (parts[i].startsWith("referred by ")) {
                situation.referredBy(unit(parts[i]));
            } else if (parts[i].startsWith("appealed to ")) {
                situation.appealedTo(unit(parts[i]));
            } else if (parts[i].startsWith("in it ")) {
                situation.in(unit(parts[i]));
            } else {
                situation.after(parts[i].substring("after ".length()));
            }
        }
        return situation;
    }

    /** A kind, before it the filing's type, or the stage and after a slash the supervision's type. */
    private static Situation of(String[] words, String owner) {
        if (words.length == 1) {
            return Situation.of(words[0], owner);
        }
        return words[1].equals("filing")
                ? Situation.filing(words[0], owner)
                : Situation.of(words[1], owner, ("stage=" + words[0].replace("/", " type=")).split(" "));
    }

    private static String unit(String phrase) {
        return phrase.substring(phrase.lastIndexOf(' ') + 1) + "-" + COUNTY;
    }

    private static String letter(Decision decision) {
        return view(decision).map(v -> v.name().substring(0, 1)).orElse("–");
    }
}
