package org.xietong.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xietong.identifier.Verified;
import org.xietong.label.Caveat;
import org.xietong.label.LegalBasis;

class RedactorTest {
    static final UUID ONE = new UUID(0, 1);
    static final UUID TWO = new UUID(0, 2);

    record Person(UUID participantId, String name, @Nullable String number) implements Maskable<Person>, OfParticipant {
        @Override
        public Person masked(Set<Caveat> opened) {
            return new Person(
                    participantId,
                    opened.contains(Caveat.PI) ? name : name.charAt(0) + "某",
                    opened.contains(Caveat.SENSITIVE_PI) ? number : null);
        }
    }

    record Measure(UUID participantId, String kind) implements OfParticipant {}

    record Witness(String name) implements Maskable<Witness> {
        @Override
        public Witness masked(Set<Caveat> opened) {
            return opened.contains(Caveat.PI) ? this : new Witness("某某");
        }
    }

    record Story(
            @Shown(View.METADATA) String type,
            @Shown(View.SUMMARY) String title,
            @Shown(View.FULL) String facts,

            @Shown(value = View.FULL, caveats = Caveat.INFORMANT)
            String informant,

            @Shown(value = View.SUMMARY, caveats = Caveat.PI)
            List<Person> persons,

            @Shown(View.SUMMARY) List<Measure> measures,

            @Shown(value = View.SUMMARY, caveats = Caveat.PI)
            Witness witness) {}

    static final Story FULL_STORY = new Story(
            "TRADEMARK",
            "假冒酒标",
            "……",
            "举报人",
            List.of(new Person(ONE, "张三", "110"), new Person(TWO, "李四", null)),
            List.of(new Measure(ONE, "拘留"), new Measure(TWO, "取保候审")),
            new Witness("王五"));
    static final Story EMPTY_STORY = (Story) build(Story.class);

    private final Redactor redactor = new Redactor(List.of(Story.class));

    @Test
    void showsEverythingToTheOwner() {
        Decision.Permitted owner = permitted(View.FULL, EnumSet.allOf(Caveat.class));
        assertEquals(FULL_STORY, redactor.redact(FULL_STORY, owner));
        assertEquals(List.of(), redactor.maskedFields(Story.class, owner));
    }

    @Test
    void hidesWhatTheViewDoesNotReach() {
        Story shown = redactor.redact(FULL_STORY, permitted(View.METADATA, Set.of()));
        assertEquals(new Story("TRADEMARK", null, null, null, null, null, null), shown);
    }

    @Test
    void masksPersonsWherePersonalDataIsNotOpened() {
        Story shown = redactor.redact(FULL_STORY, permitted(View.SUMMARY, Set.of()));
        assertEquals(List.of(new Person(ONE, "张某", null), new Person(TWO, "李某", null)), shown.persons());
        assertEquals(new Witness("某某"), shown.witness());
    }

    @Test
    void masksWithinAnOpenedFieldWhatAFurtherCaveatCloses() {
        Story shown = redactor.redact(FULL_STORY, permitted(View.FULL, Set.of(Caveat.PI)));
        assertEquals(new Person(ONE, "张三", null), shown.persons().getFirst());
        assertTrue(redactor.maskedFields(Story.class, permitted(View.FULL, Set.of(Caveat.PI)))
                .contains("persons"));
    }

    @Test
    void hidesAPlainFieldWhoseCaveatIsNotOpened() {
        Decision.Permitted read = permitted(View.FULL, Set.of(Caveat.PI, Caveat.SENSITIVE_PI, Caveat.MINOR));
        assertNull(redactor.redact(FULL_STORY, read).informant());
        assertEquals(List.of("informant"), redactor.maskedFields(Story.class, read));
    }

    @Test
    void hidesWhatTheRuleHides() {
        Decision.Permitted read = new Decision.Permitted(
                "R",
                "v",
                View.SUMMARY,
                Set.of(),
                Set.of("title", "unit"),
                Optional.empty(),
                Optional.empty(),
                false,
                basis(),
                List.of());
        assertNull(redactor.redact(FULL_STORY, read).title());
        assertEquals(
                List.of("facts", "informant", "persons", "title", "unit", "witness"),
                redactor.maskedFields(Story.class, read));
    }

    @Test
    void showsOnlyParticipantsWhoReachedTheMilestone() {
        Decision.Permitted read = new Decision.Permitted(
                "R",
                "v",
                View.FULL,
                EnumSet.allOf(Caveat.class),
                Set.of(),
                Optional.of(Set.of(TWO)),
                Optional.empty(),
                false,
                basis(),
                List.of());
        Story shown = redactor.redact(FULL_STORY, read);
        assertEquals(List.of(new Person(TWO, "李四", null)), shown.persons());
        assertEquals(List.of(new Measure(TWO, "取保候审")), shown.measures());
        assertEquals(new Witness("某某"), shown.witness(), "a person of no known participant stays masked");
        assertEquals(List.of("measures", "persons", "witness"), redactor.maskedFields(Story.class, read));
    }

    /** What is told in full and of nobody by name may be about those of whom nothing may show. */
    @Test
    void hidesTheCommonFactsWhereNothingShowsOfTheOthers() {
        Decision.Permitted read = limited(Set.of("state", "version"), Optional.empty(), false);
        assertNull(redactor.redact(FULL_STORY, read).facts());
        assertEquals("TRADEMARK", redactor.redact(FULL_STORY, read).type());
        assertTrue(redactor.maskedFields(Story.class, read).contains("facts"));
        assertTrue(redactor.reasons(Story.class, read).stream()
                .anyMatch(masked -> masked.field().equals("facts") && masked.reason() == Masked.Reason.PARTICIPANT));
    }

    @Test
    void hidesTheCommonFactsWhereAGrantShowsASummaryOfTheOthers() {
        Decision.Permitted read =
                limited(Set.of("version"), Optional.of(new Decision.Others(View.SUMMARY, Set.of(), Set.of())), false);
        assertNull(redactor.redact(FULL_STORY, read).facts());
        assertTrue(redactor.maskedFields(Story.class, read).contains("facts"));
    }

    @Test
    void showsTheOthersBesideAsTheStatutorySummaryDoes() {
        Decision.Permitted read = limited(
                Set.of("version"), Optional.of(new Decision.Others(View.SUMMARY, Set.of(), Set.of("measures"))), true);
        Story shown = redactor.redact(FULL_STORY, read);
        assertEquals(List.of(new Person(ONE, "张某", null), new Person(TWO, "李四", null)), shown.persons());
        assertEquals(List.of(new Measure(TWO, "取保候审")), shown.measures());
        assertEquals(FULL_STORY.facts(), shown.facts());
        assertEquals(List.of("measures", "persons", "version", "witness"), redactor.maskedFields(Story.class, read));
    }

    private static Decision.Permitted limited(Set<String> hidden, Optional<Decision.Others> others, boolean statutory) {
        return new Decision.Permitted(
                "R",
                "v",
                View.FULL,
                EnumSet.allOf(Caveat.class),
                hidden,
                Optional.of(Set.of(TWO)),
                others,
                statutory,
                basis(),
                List.of());
    }

    @Test
    void namesTheSameFieldsForAnEmptyContent() {
        Decision.Permitted read = permitted(View.SUMMARY, Set.of());
        redactor.redact(EMPTY_STORY, read);
        assertEquals(List.of("facts", "informant", "persons", "witness"), redactor.maskedFields(Story.class, read));
    }

    @Test
    void refusesAContentWithAFieldThatDeclaresNoView() {
        record Loose(@Shown(View.FULL) String facts, String secret) {}
        assertRefused(Loose.class, "Loose.secret");
    }

    @Test
    void refusesAContentWithAPrimitiveField() {
        record Counted(@Shown(View.FULL) int copies) {}
        assertRefused(Counted.class, "Counted.copies");
    }

    @Test
    void refusesAContentWhoseConstructorRefusesHiddenFields() {
        assertRefused(Stubborn.class, "Stubborn");
    }

    @Test
    void refusesAContentThatWasNotRegistered() {
        record Stranger(@Shown(View.FULL) String facts) {}
        assertThrows(
                IllegalArgumentException.class,
                () -> redactor.redact(new Stranger("x"), permitted(View.FULL, Set.of())));
    }

    @Test
    void refusesAVocabularyWithAFieldThatTheContentLacks() {
        PolicyException refused = assertThrows(
                PolicyException.class,
                () -> PolicySet.load().vocabulary().confirm("clue", ContentShape.of(Story.class)));
        assertTrue(refused.getMessage().contains("rightType"), refused.getMessage());
    }

    record Stubborn(@Shown(View.FULL) String facts) {
        Stubborn {
            Objects.requireNonNull(facts);
        }
    }

    private static void assertRefused(Class<? extends Record> content, String name) {
        PolicyException refused = assertThrows(PolicyException.class, () -> new Redactor(List.of(content)));
        assertTrue(refused.getMessage().startsWith(name), refused.getMessage());
    }

    private static Record build(Class<? extends Record> type) {
        ContentShape shape = ContentShape.of(type);
        Object[] nothing = new Object[shape.fields().size()];
        Arrays.fill(nothing, null);
        return shape.build(nothing);
    }

    private static Decision.Permitted permitted(View view, Set<Caveat> opened) {
        return new Decision.Permitted(
                "R", "v", view, opened, Set.of(), Optional.empty(), Optional.empty(), false, basis(), List.of());
    }

    private static LegalBasis basis() {
        return new LegalBasis("l", "a", "t", Verified.NONE);
    }
}
