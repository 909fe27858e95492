package org.xietong.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.testing.OpenApiContract;

/** The administrators' guide is one shell script, and calls nothing that is not there. {@code AdministrationGuideIT} runs it. */
class AdministrationGuideTest {
    private static final Path GUIDE = Path.of("docs", "guides", "administration.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sh\n(.*?)^```$", Pattern.DOTALL);

    /** A collection, and perhaps a subject and an act: by_two units, "systems/$unit-cms/certificates", … */
    private static final Pattern CALLED =
            Pattern.compile("(?:by_two \"?|/v1/admin/)([a-z]+)(/[^/\\s\"']+)?(/[a-z-]+)?(?=[\\s\"'?])");

    @TempDir
    Path folder;

    @Test
    void isOneShellScript() throws Exception {
        Path script = Files.writeString(folder.resolve("guide.sh"), script());
        Process process = new ProcessBuilder(List.of("sh", "-n", script.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void callsWhatIsThere() throws IOException {
        Set<String> called = CALLED.matcher(script())
                .results()
                .map(AdministrationGuideTest::path)
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(called.size() >= 8, called.toString());
        Set<String> there = new TreeSet<>();
        new YAMLMapper()
                .readTree(Files.readString(OpenApiContract.COMMITTED))
                .get("paths")
                .fieldNames()
                .forEachRemaining(path -> there.add(path.replaceAll("\\{[^}]*}", "{}")));
        assertEquals(
                List.of(), called.stream().filter(path -> !there.contains(path)).toList());
    }

    private static String path(MatchResult call) {
        return "/v1/admin/" + call.group(1) + (call.group(2) == null ? "" : "/{}")
                + (call.group(3) == null ? "" : call.group(3));
    }

    private static String script() throws IOException {
        return BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
    }
}
