package org.xietong.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.agency.AgencyCode;
import org.xietong.kind.CaseClass;
import org.xietong.kind.FilingType;
import org.xietong.label.Caveat;
import org.xietong.label.LabelBases;
import org.xietong.label.Level;
import org.xietong.label.Milestone;
import org.xietong.matter.LinkType;
import org.xietong.matter.ParticipantType;
import org.xietong.matter.Precision;
import org.xietong.policy.View;
import org.xietong.record.Origin;
import org.xietong.record.OriginalForm;

class CodeListsTest {
    /** Lists whose states look alike to people, and are told apart by what leads to them. */
    private static final Set<String> SHARED = Set.of("states", "acts");

    private final CodeLists lists = CodeLists.standard();

    @Test
    void servesEveryFileOfTheFolder() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/law/codes"))) {
            Set<String> named = files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .filter(name -> !name.equals("index"))
                    .collect(Collectors.toSet());
            assertEquals(named, lists.all().stream().map(CodeList::id).collect(Collectors.toSet()));
        }
    }

    @Test
    void aCodeIsInForceWithinItsDates() {
        assertTrue(lists.contains("crimes", "CL_219_1"));
        assertFalse(lists.contains("crimes", "CL_219_1", LocalDate.of(2021, 2, 28)));
        assertTrue(lists.contains("crimes", "CL_219_1", LocalDate.of(2021, 3, 1)));
        assertFalse(lists.contains("crimes", "CL_999"));
        assertFalse(lists.contains("no-such-list", "CL_213"));
    }

    @Test
    void theListsAgreeWithTheEnumerationsOfTheCode() {
        assertSame("caveats", Caveat.values());
        assertSame("levels", Level.values());
        assertSame("milestones", Milestone.values());
        assertSame("views", View.values());
        assertSame("precision", Precision.values());
        assertSame("original-form", OriginalForm.values());
        assertSame("participant-type", ParticipantType.values());
        assertSame("identifier-types", IdentifierType.values());
        assertSame("agencies", AgencyCode.values());
        assertSame("case-classes", CaseClass.values());
        assertSame("filing-type", FilingType.values());
        assertSame("link-types", LinkType.values());
        assertSame("origins", Origin.values());
    }

    @Test
    void theNamesAreThoseOfTheCode() {
        for (IdentifierType type : IdentifierType.values()) {
            CodeEntry entry = lists.entry("identifier-types", type.name()).orElseThrow();
            assertEquals(List.of(type.zh(), type.en()), List.of(entry.zh(), entry.en()));
        }
        for (AgencyCode agency : AgencyCode.values()) {
            CodeEntry entry = lists.entry("agencies", agency.name()).orElseThrow();
            assertEquals(List.of(agency.zh(), agency.en()), List.of(entry.zh(), entry.en()));
        }
    }

    /** What a label may name is law data of its own; the list that callers read says the same of it. */
    @Test
    void theBasesOfLabelsAreServedAsTheyAreChecked() {
        assertEquals(
                LabelBases.load().all().stream()
                        .map(basis ->
                                List.of(basis.code(), basis.zh(), basis.basis().verified()))
                        .toList(),
                lists.list("label-bases").entries().stream()
                        .map(entry -> List.of(entry.code(), entry.zh(), Objects.requireNonNull(entry.verified())))
                        .toList());
    }

    @Test
    void namesAreInTheirLanguageAndToldApart() {
        for (CodeList list : lists.all()) {
            Set<String> zh = new HashSet<>();
            Set<String> en = new HashSet<>();
            for (CodeEntry entry : list.entries()) {
                String at = list.id() + " " + entry.code();
                assertTrue(isChinese(entry.zh()), at);
                assertFalse(isChinese(entry.en()), at);
                if (!SHARED.contains(list.id())) {
                    assertTrue(zh.add(entry.zh()) && en.add(entry.en()), at + " is called like another");
                }
            }
        }
    }

    /** One of the causes that the revision in force from 1 January 2026 added; those without days run through the versions. */
    @Test
    void causesAreVersioned() {
        assertFalse(lists.contains("causes", "CIVIL_SEP", LocalDate.of(2025, 12, 31)));
        assertTrue(lists.contains("causes", "CIVIL_SEP", LocalDate.of(2026, 1, 1)));
        assertTrue(lists.contains("causes", "CIVIL_TRADEMARK", LocalDate.of(2023, 1, 12)));
    }

    /** 刑法 213–220 with 219-1, as the law names them; and two of the same chapter that counts of one case may need. */
    @Test
    void crimesAreTheArticlesOfTheSection() {
        List<String> articles = lists.list("crimes").entries().stream()
                .map(entry -> entry.code() + " " + entry.basis())
                .toList();
        assertEquals(
                List.of(
                        "CL_213 刑法第二百一十三条",
                        "CL_214 刑法第二百一十四条",
                        "CL_215 刑法第二百一十五条",
                        "CL_216 刑法第二百一十六条",
                        "CL_217 刑法第二百一十七条",
                        "CL_218 刑法第二百一十八条",
                        "CL_219 刑法第二百一十九条",
                        "CL_219_1 刑法第二百一十九条之一",
                        "CL_220 刑法第二百二十条",
                        "CL_140 刑法第一百四十条",
                        "CL_225 刑法第二百二十五条"),
                articles);
    }

    /** 附条件不起诉 (刑事诉讼法 art. 282) is not for crimes of chapter three, to which all of {@code crimes} belong. */
    @Test
    void conditionalNonProsecutionIsNoneOfIntellectualProperty() {
        assertFalse(lists.contains("non-prosecution-kinds", "CONDITIONAL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"duplicate-code", "unknown-field", "no-basis", "dates", "other-id", "missing", "twice", "key"})
    void refusesToStartOnAnUnsoundList(String folder) {
        assertThrows(IllegalStateException.class, () -> CodeListFiles.load("faulty-codes/" + folder));
    }

    @Test
    void loadsASoundList() {
        assertEquals(
                1,
                CodeListFiles.load("faulty-codes/sound")
                        .list("a-list")
                        .entries()
                        .size());
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(Character::isIdeographic);
    }

    private void assertSame(String list, Enum<?>[] constants) {
        List<String> names = Arrays.stream(constants).map(Enum::name).toList();
        assertEquals(
                names, lists.list(list).entries().stream().map(CodeEntry::code).toList(), list);
    }
}
