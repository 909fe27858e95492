package org.xietong.identifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.label.Caveat;
import org.xietong.label.Level;
import org.xietong.label.Milestone;
import org.xietong.matter.ParticipantType;
import org.xietong.matter.Precision;
import org.xietong.policy.View;
import org.xietong.record.OriginalForm;

class CodeListsTest {
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

    private void assertSame(String list, Enum<?>[] constants) {
        List<String> names = Arrays.stream(constants).map(Enum::name).toList();
        assertEquals(
                names, lists.list(list).entries().stream().map(CodeEntry::code).toList(), list);
    }
}
