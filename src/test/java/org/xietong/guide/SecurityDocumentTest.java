package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SECURITY.md names tests; a promise whose test was renamed or removed is found here. */
class SecurityDocumentTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Fuzz))\\.(\\w+)`");
    private static final Pattern ANNOTATION =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\\b");
    private static final Path TESTS = Path.of("src", "test", "java");

    @Test
    void namesTestsThatExist() throws IOException {
        Map<String, String> sources = sources();
        List<String> missing = named(Files.readString(Path.of("SECURITY.md")))
                .filter(test -> !exists(sources, test.group(1), test.group(2)))
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void noticesATestThatDoesNotExist() throws IOException {
        Map<String, String> sources = sources();
        assertTrue(exists(sources, "SecurityDocumentTest", "namesTestsThatExist"));
        assertFalse(exists(sources, "SecurityDocumentTest", "namesTests"));
        assertFalse(exists(sources, "SecurityDocumentTest", "sources"));
        assertFalse(exists(sources, "NoSuchTest", "namesTestsThatExist"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void namesATestOfEachInvariant(int number) throws IOException {
        String row = Files.readString(Path.of("SECURITY.md"))
                .lines()
                .filter(line -> line.startsWith("| **I" + number + "** |"))
                .findFirst()
                .orElseThrow();
        assertTrue(named(row).findAny().isPresent(), row);
    }

    private static Stream<MatchResult> named(String text) {
        return NAMED.matcher(text).results();
    }

    /** Whether an annotation of a test stands between the method before and this one. */
    private static boolean exists(Map<String, String> sources, String type, String method) {
        String source = sources.getOrDefault(type, "");
        int at = source.indexOf(" void " + method + "(");
        return at >= 0
                && ANNOTATION
                        .matcher(source.substring(Math.max(0, source.lastIndexOf(" void ", at - 1)), at))
                        .find();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(TESTS)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                String name = file.getFileName().toString();
                sources.merge(name.substring(0, name.length() - 5), read(file), String::concat);
            });
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
