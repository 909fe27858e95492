package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.xietong.policy.Situation.attended;
import static org.xietong.policy.Situation.signed;
import static org.xietong.policy.Situation.unattended;
import static org.xietong.policy.Situation.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xietong.agency.AgencyCode;
import org.xietong.agency.Unit;
import org.xietong.label.Caveat;
import org.xietong.label.Label;
import org.xietong.label.Level;
import org.xietong.label.Scope;

/**
 * Lists and feeds read materialised sight; reads by id ask the engine. The two agree over every combination of the conditions
 * that occur in rows, with every level, scope, caveat and pair of caveats (I1, I4).
 */
class SightAgreementTest {
    private static final Map<String, List<String>> OWNERS = Map.of(
            "clue", List.of("COURT", "MSA", "IPO", "COPYRIGHT", "MED"),
            "CRIMINAL", List.of("POLICE"),
            "ADMINISTRATIVE", List.of("MSA", "IPO", "COPYRIGHT"),
            "CIVIL", List.of("COURT"));

    /** Kinds with each value of the attribute that their rows ask for. */
    private static final Map<String, List<String>> STAGES = Map.ofEntries(
            Map.entry("penalty MSA", List.of("")),
            Map.entry("penalty COPYRIGHT", List.of("")),
            Map.entry("investigation POLICE", List.of("stage=EARLY", "stage=EXECUTED")),
            Map.entry("arrest POLICE", List.of("")),
            Map.entry("prosecution PROC", List.of("")),
            Map.entry("judgment COURT", List.of("stage=PENDING", "stage=PRONOUNCED", "stage=EFFECTIVE")),
            Map.entry("enforcement COURT", List.of("")),
            Map.entry("supervision PROC", List.of("stage=UNSERVED", "stage=SERVED", "stage=ENDED")),
            Map.entry("supervision POLICE", List.of("stage=UNSERVED", "stage=SERVED")),
            Map.entry("transfer MSA", List.of("direction=AGENCY_TO_POLICE")),
            Map.entry("patent-referral MSA", List.of("")),
            Map.entry("request MSA", List.of("stage=UNSENT", "stage=SENT")));

    private final PolicySet policy = PolicySet.load();
    private final PolicyEngine engine = Situation.engine();
    private long compared;

    @Test
    void sightIsWhatTheEngineGivesAnAttendedReader() {
        List<String> others = new ArrayList<>();
        for (AgencyCode agency : AgencyCode.values()) {
            others.add(agency + "-421200");
            others.add(agency + "-421202");
        }
        String[] all = others.toArray(String[]::new);
        OWNERS.forEach((what, owners) -> {
            for (String owner : owners) {
                for (Set<String> milestones : subsets(milestonesInRows(what))) {
                    for (int relations : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 16, 20}) {
                        Situation situation = what.equals("clue")
                                ? Situation.clueOf(owner + "-421202")
                                : Situation.filing(what, owner + "-421202");
                        milestones.forEach(situation::after);
                        related(situation, relations);
                        labels().forEach(
                                        label -> agree(situation.labelled(label).facts()));
                    }
                }
            }
        });
        assertTrue(compared > 100_000, "compared " + compared);
    }

    /** The same of the stages of a case; labels one at a time. */
    @Test
    void sightOfEveryStageIsWhatTheEngineGivesAnAttendedReader() {
        List<Label> labels = List.of(
                Label.of(Level.INTERNAL),
                Labels.reviewed(Level.WORK_SECRET, Scope.EVERYONE),
                Labels.reviewed(Level.WORK_SECRET_LIMITED, Labels.units("POLICE-421202", "MSA-421202")),
                Labels.with(Caveat.SEALED_RECORD, Caveat.MINOR));
        STAGES.forEach((what, attributes) -> {
            String kind = what.split(" ")[0];
            String owner = what.split(" ")[1] + "-421202";
            for (String attribute : attributes) {
                for (Set<String> milestones : subsets(milestonesInRows(kind))) {
                    for (int relations = 0; relations < (kind.equals("supervision") ? 128 : 64); relations++) {
                        Situation situation =
                                attribute.isEmpty() ? Situation.of(kind, owner) : Situation.of(kind, owner, attribute);
                        milestones.forEach(situation::after);
                        related(situation, relations);
                        labels.forEach(label -> agree(situation.labelled(label).facts()));
                    }
                }
            }
        });
        assertTrue(compared > 10_000, "compared " + compared);
    }

    private static void related(Situation situation, int relations) {
        String[] all = Situation.units().all().stream().map(Unit::id).toArray(String[]::new);
        if ((relations & 1) != 0) {
            situation.addressedTo(all);
        }
        if ((relations & 2) != 0) {
            situation.sentBy(all);
        }
        if ((relations & 4) != 0) {
            situation.in(all);
        }
        if ((relations & 8) != 0) {
            situation.referredBy(all);
        }
        if ((relations & 16) != 0) {
            situation.appealedTo(all);
        }
        if ((relations & 32) != 0) {
            situation.handledBy(all);
        }
        if ((relations & 64) != 0) {
            situation.complainedBy(all);
        }
    }

    @Test
    void givesNoRowToASuspendedUnit() {
        PolicyEngine suspended = new PolicyEngine(policy, Situation.units(Set.of("POLICE-421202")), Situation::unitOf);
        RecordFacts facts = Situation.clueOf("MSA-421202").facts();
        assertTrue(engine.sight(facts).stream().anyMatch(r -> r.viewer().equals("POLICE-421202")));
        assertTrue(suspended.sight(facts).stream().noneMatch(r -> r.viewer().equals("POLICE-421202")));
    }

    @Test
    void keysThePersonsOfAScopeByOfficer() {
        RecordFacts facts = Situation.clueOf("MSA-421202")
                .labelled(Labels.reviewed(
                        Level.WORK_SECRET_LIMITED,
                        new Scope(
                                Set.of("POLICE-421202"),
                                Set.of("POLICE-421202-li", "COPYRIGHT-421202-xu", "MED-421202-he", "unknown"))))
                .facts();
        Map<String, View> sight =
                engine.sight(facts).stream().collect(Collectors.toMap(SightRow::viewer, SightRow::view));
        assertEquals(
                Map.of(
                        "MSA-421202", View.FULL,
                        "PROC-421202", View.FULL,
                        "POLICE-421202", View.SUMMARY,
                        "COPYRIGHT-421202-xu", View.SUMMARY),
                sight);
    }

    @Test
    void carriesWhatIsHidden() {
        RecordFacts facts = Situation.filing("CRIMINAL", "POLICE-421202")
                .after("COERCION_NOTIFIED")
                .facts();
        SightRow row = engine.sight(facts).stream()
                .filter(r -> r.viewer().equals("MSA-421202"))
                .findFirst()
                .orElseThrow();
        assertEquals(new SightRow("MSA-421202", false, View.METADATA, Set.of("unit", "day", "filedOn")), row);
    }

    private void agree(RecordFacts facts) {
        List<SightRow> rows = engine.sight(facts);
        Map<String, View> sight = rows.stream().collect(Collectors.toMap(SightRow::viewer, SightRow::view));
        for (Unit unit : Situation.units().all()) {
            Optional<View> seen = Optional.ofNullable(sight.get(unit.id()));
            assertEquals(view(engine.decide(attended(unit.id()), facts)), seen, () -> unit.id() + " " + facts);
            Optional<View> alone = view(engine.decide(unattended(unit.id()), facts));
            assertTrue(alone.isEmpty() || seen.orElseThrow().shows(alone.get()), () -> unit.id() + " " + facts);
            assertEquals(alone.isPresent(), seen.isPresent(), () -> unit.id() + " " + facts);
            compared++;
        }
        for (String officer : facts.label().scope().persons()) {
            Optional<View> seen = Optional.ofNullable(sight.get(officer))
                    .or(() -> Optional.ofNullable(
                            sight.get(Situation.unitOf(officer).orElseThrow())));
            assertEquals(view(engine.decide(signed(officer), facts)), seen, () -> officer + " " + facts);
        }
    }

    /** Milestones that open anything of a clue, or of a filing of this type. */
    private Set<String> milestonesInRows(String what) {
        return Arrays.stream(AgencyCode.values())
                .flatMap(agency ->
                        policy
                                .views(OWNERS.containsKey(what) && !what.equals("clue") ? "filing" : what, agency)
                                .stream())
                .filter(row -> !row.kind().equals("filing")
                        || row.where().isEmpty()
                        || row.where().containsValue(what))
                .flatMap(row -> row.when().stream())
                .flatMap(condition -> switch (condition) {
                    case Condition.Relation relation -> Stream.<String>empty();
                    case Condition.After after -> Stream.of(after.milestone().name());
                    case Condition.Supervised supervised -> Stream.of(Condition.Supervised.FACT);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Set<String>> subsets(Set<String> words) {
        List<Set<String>> subsets = new ArrayList<>(List.of(Set.of()));
        for (String word : words) {
            for (Set<String> each : List.copyOf(subsets)) {
                Set<String> more = new TreeSet<>(each);
                more.add(word);
                subsets.add(more);
            }
        }
        return subsets;
    }

    private static List<Label> labels() {
        List<Label> labels = new ArrayList<>();
        Scope persons = Labels.persons("POLICE-421202-li", "MSA-421200-xu", "COURT-421202-ma");
        for (Level level : Level.values()) {
            for (Scope scope : List.of(Scope.EVERYONE, Labels.units("POLICE-421202", "COPYRIGHT-421202"), persons)) {
                labels.add(Labels.reviewed(level, scope));
                labels.add(Labels.reviewed(level, scope, Caveat.INFORMANT));
            }
        }
        labels.add(Labels.pending(Level.WORK_SECRET, persons));
        for (Caveat one : Caveat.values()) {
            for (Caveat other : Caveat.values()) {
                if (one.compareTo(other) <= 0) {
                    labels.add(Labels.with(one, other));
                }
            }
        }
        return labels;
    }
}
