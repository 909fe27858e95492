package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.xietong.agency.AgencyCode;
import org.xietong.identifier.Verified;
import org.xietong.label.Caveat;
import org.xietong.label.Label;
import org.xietong.label.LegalBasis;
import org.xietong.label.Level;
import org.xietong.label.Scope;

/** What holds for every policy, label and reader, not for the shipped rows alone. */
class PolicyPropertiesTest {
    private static final LegalBasis BASIS = new LegalBasis("l", "a", "t", Verified.NONE);
    private static final CaveatCeiling CEILING = PolicySet.load().ceiling();

    /** Rows that could never be shipped together; the arithmetic must hold for them as well. */
    @Property(tries = 2000)
    void aLabelNeverShowsMore(
            @ForAll("rows") List<ViewRow> rows, @ForAll("labels") Label label, @ForAll boolean signed) {
        RecordFacts facts = new RecordFacts(
                "clue",
                Map.of(),
                "MSA-421202",
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                label);
        Viewer viewer = new Viewer("POLICE-421202", signed ? "POLICE-421202-li" : null, true);
        List<LabelCeiling.Left> whole =
                matches(rows).stream().map(LabelCeiling.Left::whole).toList();
        LabelCeiling ceiling = new LabelCeiling(CEILING);
        List<LabelCeiling.Left> left = matches(rows).stream()
                .map(match -> ceiling.of(match, viewer, facts))
                .toList();
        Outcome without = Outcome.of(whole).orElseThrow();
        Outcome.of(left).map(o -> o.within(without)).ifPresent(with -> assertWithin(with, without));
    }

    @Property
    void anUnattendedReaderNeverSeesMore(@ForAll("rows") List<ViewRow> rows) {
        Outcome outcome = Outcome.of(
                        matches(rows).stream().map(LabelCeiling.Left::whole).toList())
                .orElseThrow();
        Outcome unattended = outcome.unattended();
        assertWithin(unattended, outcome);
        assertTrue(View.SUMMARY.shows(unattended.view()));
        assertTrue(unattended.opened().stream().noneMatch(Set.of(Caveat.PI, Caveat.SENSITIVE_PI)::contains));
    }

    @Property
    void theOrderOfRowsDecidesNothing(@ForAll("rows") List<ViewRow> rows) {
        List<LabelCeiling.Left> forth =
                matches(rows).stream().map(LabelCeiling.Left::whole).toList();
        assertEquals(Outcome.of(forth), Outcome.of(forth.reversed()));
    }

    @Property
    void theHighestViewWins(@ForAll("rows") List<ViewRow> rows) {
        View highest = rows.stream().map(ViewRow::view).max(View::compareTo).orElseThrow();
        assertEquals(
                Optional.of(highest),
                Outcome.of(matches(rows).stream().map(LabelCeiling.Left::whole).toList())
                        .map(Outcome::view));
    }

    private static void assertWithin(Outcome small, Outcome large) {
        assertTrue(large.view().shows(small.view()));
        assertTrue(large.opened().containsAll(small.opened()), "opened");
        assertTrue(small.hidden().containsAll(large.hidden()), "hidden");
        large.participants()
                .ifPresent(
                        all -> assertTrue(all.containsAll(small.participants().orElseThrow()), "participants"));
        assertTrue(small.participants().isPresent() || small.others().isEmpty(), "others beside everybody");
        small.others().ifPresent(some -> {
            Decision.Others most = large.participants().isEmpty()
                    ? new Decision.Others(large.view(), large.opened(), large.hidden())
                    : large.others().orElseThrow();
            assertTrue(most.view().shows(some.view()), "view of the others");
            assertTrue(most.opened().containsAll(some.opened()), "opened of the others");
            assertTrue(some.hidden().containsAll(most.hidden()), "hidden of the others");
        });
    }

    /** A step taken upon one takes nothing from what statute shows of all. */
    @Property
    void whatStatuteShowsOfEverybodyStaysBesideAGreaterViewOfSome(@ForAll("rows") List<ViewRow> rows) {
        List<LabelCeiling.Left> all =
                matches(rows).stream().map(LabelCeiling.Left::whole).toList();
        Outcome outcome = Outcome.of(all).orElseThrow();
        Optional<View> statutory = all.stream()
                .filter(left -> left.match().row().statutory()
                        && left.match().participants().isEmpty())
                .map(left -> left.match().row().view())
                .max(View::compareTo);
        if (outcome.participants().isPresent()) {
            statutory.ifPresent(
                    view -> assertTrue(outcome.others().orElseThrow().view().shows(view)));
        }
    }

    /** What is opened of some, by whichever row, opens nothing of the others. */
    @Property
    void ofOthersNothingShowsButByARowThatIsOfEverybody(@ForAll("rows") List<ViewRow> rows) {
        List<LabelCeiling.Left> all =
                matches(rows).stream().map(LabelCeiling.Left::whole).toList();
        Outcome outcome = Outcome.of(all).orElseThrow();
        Optional<Decision.Others> others = outcome.participants().isEmpty()
                ? Optional.of(new Decision.Others(outcome.view(), outcome.opened(), outcome.hidden()))
                : outcome.others();
        others.ifPresent(some -> {
            List<ViewRow> ofEverybody = all.stream()
                    .map(LabelCeiling.Left::match)
                    .filter(match -> match.participants().isEmpty())
                    .map(Match::row)
                    .filter(row -> row.view() == some.view())
                    .toList();
            assertTrue(!ofEverybody.isEmpty(), "view");
            for (Caveat caveat : some.opened()) {
                assertTrue(ofEverybody.stream().anyMatch(row -> row.opens().contains(caveat)), caveat::name);
            }
        });
    }

    private static List<Match> matches(List<ViewRow> rows) {
        return rows.stream()
                .map(row -> new Match(
                        row,
                        row.hide().contains("facts")
                                ? Optional.of(Set.of(new UUID(0, row.id().length())))
                                : Optional.empty()))
                .toList();
    }

    @Provide
    Arbitrary<List<ViewRow>> rows() {
        Arbitrary<List<Condition>> when = Arbitraries.<Condition>of(Condition.Relation.values())
                .set()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(List::copyOf);
        Arbitrary<ViewRow> row = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('A', 'E')
                                .ofMinLength(1)
                                .ofMaxLength(4),
                        when,
                        Arbitraries.of(View.class),
                        Arbitraries.of(Caveat.class).set().ofMaxSize(4),
                        Arbitraries.of("facts", "title", "unit").set(),
                        Arbitraries.integers().between(0, 5))
                .as((id, conditions, view, opens, hide, statutory) -> new ViewRow(
                        id, AgencyCode.POLICE, "clue", Map.of(), conditions, view, opens, hide, statutory == 0, BASIS));
        return row.list().ofMinSize(1).ofMaxSize(5).uniqueElements(ViewRow::id);
    }

    @Provide
    Arbitrary<Label> labels() {
        Arbitrary<Scope> scopes = Arbitraries.of(
                Scope.EVERYONE,
                Labels.units("POLICE-421202"),
                Labels.units("COURT-421202"),
                Labels.persons("POLICE-421202-li"));
        return Combinators.combine(
                        Arbitraries.of(Level.class),
                        Arbitraries.of(Caveat.class).set().ofMaxSize(3),
                        scopes,
                        Arbitraries.of(true, true, false))
                .as((level, caveats, scope, reviewed) -> reviewed
                        ? Labels.reviewed(level, scope, new HashSet<>(caveats).toArray(Caveat[]::new))
                        : new Label(level, caveats, scope, null, null, "a", null));
    }

    @Property
    void namesOfRedactedFieldsDependOnTheDecisionAlone(
            @ForAll("decisions") Decision.Permitted permitted, @ForAll boolean filled) {
        Redactor redactor = new Redactor(List.of(RedactorTest.Story.class));
        RedactorTest.Story story = filled ? RedactorTest.FULL_STORY : RedactorTest.EMPTY_STORY;
        RedactorTest.Story shown = redactor.redact(story, permitted);
        Set<String> masked = Set.copyOf(redactor.maskedFields(RedactorTest.Story.class, permitted));
        Set<String> named = redactor.reasons(RedactorTest.Story.class, permitted).stream()
                .map(Masked::field)
                .collect(Collectors.toSet());
        assertEquals(masked, named);
        ContentShape shape = redactor.shape(RedactorTest.Story.class);
        for (ContentShape.Field field : shape.fields()) {
            if (!masked.contains(field.name())) {
                assertEquals(shape.read(field, story), shape.read(field, shown), field.name());
            } else if (!field.maskable() && !field.ofParticipant()) {
                assertEquals(null, shape.read(field, shown), field.name());
            }
        }
    }

    @Provide
    Arbitrary<Decision.Permitted> decisions() {
        return Combinators.combine(
                        Arbitraries.of(View.class),
                        Arbitraries.of(Caveat.class).set(),
                        Arbitraries.of("title", "facts", "unit").set(),
                        Arbitraries.of(RedactorTest.ONE, RedactorTest.TWO).set().optional())
                .as((view, opened, hidden, participants) -> new Decision.Permitted(
                        "R", "v", view, opened, hidden, participants, Optional.empty(), false, BASIS, List.of()));
    }
}
