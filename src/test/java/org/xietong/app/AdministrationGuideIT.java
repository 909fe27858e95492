package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The administrators' guide, run line by line as an operator would: from an empty service to six agencies that call it. Only
 * {@code ./xietong} is another: it hands the verbs to one process, since a hundred starts of Java take long.
 */
class AdministrationGuideIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("(?m)^```sh\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern TAKES_PART =
            Pattern.compile("\"code\":\"(COURT|PROC|POLICE|MSA|IPO|COPYRIGHT)\"[^}]*\"active\":true");

    @TempDir
    Path folder;

    private Process verbs;

    @BeforeEach
    void start() throws IOException {
        List<String> path = List.of(
                TARGET.resolve("classes").toString(),
                TARGET.resolve("test-classes").toString(),
                TARGET.resolve("quarkus-app/lib/main") + "/*",
                TARGET.resolve("quarkus-app/lib/boot") + "/*");
        verbs = new ProcessBuilder(JAVA, "-cp", String.join(":", path), VerbServer.class.getName())
                .directory(folder.toFile())
                .redirectError(folder.resolve("verbs.log").toFile())
                .start();
        BufferedReader said = verbs.inputReader(StandardCharsets.UTF_8);
        Path launcher = Files.writeString(folder.resolve("xietong"), """
                #!/bin/sh
                [ "$1" = serve ] && exec %s -jar %s "$@"
                status=$(printf '%%s\\0' "$@" | curl -s -o answer.$$ -w '%%{http_code}' --data-binary @- http://127.0.0.1:%s/)
                if [ -f answer.$$ ]; then cat answer.$$; rm answer.$$; fi
                exit $((status - 200))
                """.formatted(
                        JAVA, TARGET.resolve("quarkus-app/quarkus-run.jar"), said.readLine()));
        assertTrue(launcher.toFile().setExecutable(true));
    }

    @AfterEach
    void stop() {
        verbs.destroy();
    }

    @Test
    void takesAnEmptyServiceToSixAgencies() throws Exception {
        Path script = Files.writeString(folder.resolve("guide.sh"), script());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process guide = new ProcessBuilder("sh", "-eu", script.toString())
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = guide.waitFor(10, TimeUnit.MINUTES);
        guide.destroy();
        String told = Files.readString(err) + Files.readString(folder.resolve("verbs.log"));
        assertTrue(ended, told);
        assertEquals(0, guide.exitValue(), told);
        assertEquals(6, TAKES_PART.matcher(Files.readString(out)).results().count());
    }

    /** All blocks as one script, on a free port; whatever becomes of it, the service ends. */
    private static String script() throws IOException {
        String blocks = BLOCK.matcher(Files.readString(Path.of("docs", "guides", "administration.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining());
        try (ServerSocket free = new ServerSocket(0)) {
            return "service=\ntrap '[ -z \"$service\" ] || kill \"$service\" 2>/dev/null || true' EXIT TERM\n"
                    + blocks.replace("8080", String.valueOf(free.getLocalPort()));
        }
    }
}
