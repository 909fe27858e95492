package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.crypto.Digests;

/** docs/guides/feed.md: its example of a tally is right, and its script finds what it says that it finds. */
class FeedGuideTest {
    private static final String CLUE = "61cf3a3c-5e0e-4d6b-9d53-0f6f4f0c2a11";
    private static final String NONE = "0".repeat(64);

    @TempDir
    Path folder;

    @Test
    void countsItsExampleRight() throws IOException {
        List<String> lines = Files.readString(Path.of("docs/guides/feed.md"))
                .split("```\n")[2]
                .lines()
                .toList();
        assertEquals(5, lines.size());
        for (int i = 0; i + 2 < lines.size(); i += 2) {
            assertEquals(lines.get(i + 2), sha256(lines.get(i) + ' ' + lines.get(i + 1)));
        }
    }

    @Test
    void checksPagesThatFollowOneAnother() throws Exception {
        String first = page(NONE, "APPEARED clue " + CLUE, "");
        String to = sha256(NONE + " APPEARED clue " + CLUE);
        String second = page(to, "CHANGED clue " + CLUE, held(sha256(CLUE + '\n')));
        assertEquals("2 entries", checked(first, second));
        assertTrue(checked(second, first).contains("a page is missing"));
        assertTrue(checked(first.replace("APPEARED", "CHANGED"), second).contains("entries are missing or altered"));
        assertTrue(checked(first, page(to, "GONE clue " + CLUE, held(sha256(CLUE + '\n'))))
                .contains("other records of kind clue"));
    }

    private String checked(String... pages) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "docs/guides/check-feed.sh"));
        for (int i = 0; i < pages.length; i++) {
            command.add(Files.writeString(folder.resolve(i + ".json"), pages[i]).toString());
        }
        Process script = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        script.waitFor();
        return said.strip();
    }

    private static String page(String from, String line, String held) {
        String[] part = line.split(" ");
        return """
                {"items": [{"type": "%s", "kind": "%s", "id": "%s"}], %s
                 "window": {"from": {"entries": 0, "sha256": "%s"}, "to": {"entries": 1, "sha256": "%s"}}}
                """.formatted(part[0], part[1], part[2], held, from, sha256(from + ' ' + line));
    }

    private static String held(String sha256) {
        return "\"held\": [{\"kind\": \"clue\", \"records\": 1, \"sha256\": \"" + sha256 + "\"}],";
    }

    private static String sha256(String text) {
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}
