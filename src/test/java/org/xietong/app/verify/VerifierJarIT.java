package org.xietong.app.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xietong.evidence.check.TestBundle;

/** {@code target/xietong-verify.jar}: what is in it, and that it runs alone. */
class VerifierJarIT {
    private static final Path JAR = Path.of("target", "xietong-verify.jar");
    private static final Pattern ALLOWED = Pattern.compile(
            "(META-INF/versions/[0-9]+/)?("
                    + "org/xietong/(evidence|crypto|app/verify)/|org/bouncycastle/|com/fasterxml/jackson/core/"
                    + "|com/fasterxml/jackson/(databind|annotation)/|org/greenbytes/http/|org/erdtman/|picocli/|org/jspecify/).*");

    @TempDir
    Path folder;

    @Test
    void holdsNothingOfTheService() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> names = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> !name.endsWith("/"))
                    .toList();
            assertTrue(names.contains("org/xietong/evidence/check/BundleCheck.class"));
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name -> name.endsWith(".class"))
                            .filter(name -> !ALLOWED.matcher(name).matches())
                            .toList());
            assertEquals(
                    List.of(),
                    names.stream()
                            .filter(name ->
                                    name.matches("(policy|law|db|openapi|database)/.*|application\\.properties"))
                            .toList());
        }
    }

    @Test
    void runsAlone() throws Exception {
        byte[] zip = new TestBundle().zip();
        Path bundle = Files.write(folder.resolve("bundle.zip"), zip);
        assertEquals(0, run(bundle.toString(), "0"));
        TreeMap<String, byte[]> files = TestBundle.unzip(zip);
        files.remove("README.txt");
        Files.write(bundle, TestBundle.repack(files));
        assertEquals(1, run(bundle.toString(), "1"));
        assertEquals(2, run("--nonsense", "2"));
    }

    private int run(String argument, String log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString(), argument));
        Path output = folder.resolve(log);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertTrue(!text.contains("\tat "), text);
        return code;
    }
}
