package org.xietong.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.crypto.MalformedSignatureException;
import org.xietong.crypto.SignatureCheck;
import org.xietong.identifier.CodeEntry;
import org.xietong.identifier.CodeLists;

/** What callers read when something is refused: every code and every rule has its text in both languages. */
class ProblemTextsTest {
    private static final Path SOURCES = Path.of("src/main/java/org/xietong");

    /** How a rule is named in the code: as the last argument of a fault, of a refusal, or as a constraint's message. */
    private static final Pattern RULE =
            Pattern.compile("\\b(?:FieldFault|fault|refuse|refused|faults\\.add|Optional\\.of)\\("
                    + "[^;{}]*?\"([A-Z][A-Z_]+)\"\\s*\\)"
                    + "|String message\\(\\) default \"([A-Z_]+)\"");

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void everyCodeHasATitleInBothLanguages(ProblemType type) {
        assertTrue(isChinese(type.zh()), type.zh());
        assertFalse(isChinese(type.en()), type.en());
        assertTrue(type.en().matches("[A-Z].*[a-z;]"), type.en());
        assertFalse((type.zh() + type.en()).contains("%"), "titles are fixed");
    }

    @Test
    void titlesAreToldApart() {
        Set<String> titles = new HashSet<>();
        for (ProblemType type : ProblemType.values()) {
            assertTrue(titles.add(type.zh()) && titles.add(type.en()), type.name());
        }
    }

    @Test
    void everyRuleHasATextInBothLanguages() throws IOException {
        Set<String> texts = new TreeSet<>();
        CodeLists.standard().list("rules").entries().stream()
                .map(CodeEntry::code)
                .forEach(texts::add);
        Set<String> rules = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            sources.filter(source -> source.toString().endsWith(".java")).forEach(source -> addRules(source, rules));
        }
        Arrays.stream(SignatureCheck.Reason.values()).map(Enum::name).forEach(rules::add);
        Arrays.stream(MalformedSignatureException.Fault.values())
                .map(Enum::name)
                .forEach(rules::add);
        assertTrue(rules.containsAll(Set.of("REQUIRED", "UNKNOWN_CODE", "NOT_IN_FORCE", "CHECK_DIGIT", "COMPONENTS")));
        rules.removeAll(texts);
        assertEquals(Set.of(), rules);
    }

    private static void addRules(Path source, Set<String> rules) {
        try {
            String text = Files.readString(source);
            RULE.matcher(text).results().map(ProblemTextsTest::named).forEach(rules::add);
            if (source.endsWith("identifier/Reading.java")) {
                Pattern.compile("String [A-Z_]+ = \"([A-Z_]+)\"")
                        .matcher(text)
                        .results()
                        .forEach(rule -> rules.add(rule.group(1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String named(MatchResult match) {
        return match.group(1) == null ? match.group(2) : match.group(1);
    }

    private static boolean isChinese(String text) {
        return text.codePoints().anyMatch(Character::isIdeographic);
    }
}
