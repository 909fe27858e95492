package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell launcher, in a copy of the project with a JDK and a Maven that only say what they were asked. */
class LauncherTest {
    @TempDir
    Path temporary;

    private Path project;
    private Path jdk;
    private Path tools;

    private record Outcome(int code, String text) {}

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(temporary.resolve("a project"));
        Files.createDirectories(project.resolve("src/main"));
        Files.writeString(project.resolve("pom.xml"), "<maven-for-dev.version>3.9.16</maven-for-dev.version>\n");
        Files.copy(Path.of("xietong"), project.resolve("xietong")).toFile().setExecutable(true);
        jdk = jdk("jdk 21", "21.0.4");
        tools = Files.createDirectories(temporary.resolve("tools"));
        script(tools.resolve("mvn"), """
                echo "built with $JAVA_HOME: $*" >>'%1$s/built'
                sleep 1
                mkdir -p '%1$s/target/quarkus-app' && touch '%1$s/target/quarkus-app/quarkus-run.jar'
                """.formatted(project));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "--nonsense"})
    void tellsAUsageErrorInOneLineAndEndsWith2(String verb) throws Exception {
        Outcome outcome = verb.isEmpty() ? run() : run(verb);
        assertEquals(2, outcome.code());
        assertEquals(1, outcome.text().lines().count(), outcome.text());
    }

    @Test
    void helpsWithoutBuilding() throws Exception {
        Outcome outcome = run("help");
        assertEquals(0, outcome.code());
        assertTrue(outcome.text().contains("serve"), outcome.text());
        assertEquals(0, builds());
    }

    @Test
    void buildsOnceThenHandsOver() throws Exception {
        Outcome first = run("keygen", "--name", "two words");
        assertEquals(0, first.code(), first.text());
        assertTrue(
                first.text().contains("[" + project.resolve("target/quarkus-app/quarkus-run.jar") + "]"), first.text());
        assertTrue(first.text().contains("[keygen][--name][two words]"), first.text());
        run("keygen");
        assertEquals(1, builds());
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        run("keygen");
        Path stamp = project.resolve("target/xietong-build.stamp");
        Path source = Files.writeString(project.resolve("src/main/New.java"), "");
        Files.setLastModifiedTime(
                source,
                FileTime.from(Files.getLastModifiedTime(stamp).toInstant().plusSeconds(5)));
        run("keygen");
        assertEquals(2, builds());
    }

    @Test
    void buildsOnceWhenStartedTwiceAtOnce() throws Exception {
        Process other = start("keygen");
        Outcome mine = run("keygen");
        assertEquals(0, mine.code(), mine.text());
        assertEquals(0, other.waitFor());
        assertEquals(1, builds());
    }

    @Test
    void takesOverTheLockOfADeadBuild() throws Exception {
        Path lock = Files.createDirectories(project.resolve("target/xietong-build.lock"));
        Files.writeString(lock.resolve("pid"), "99999999");
        Outcome outcome = run("keygen");
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(Files.notExists(lock));
    }

    @Test
    void showsTheLogOfAFailedBuild() throws Exception {
        script(tools.resolve("mvn"), "echo the reason; exit 1\n");
        Outcome outcome = run("serve");
        assertEquals(1, outcome.code());
        assertTrue(outcome.text().contains("the reason"), outcome.text());
        assertTrue(Files.notExists(project.resolve("target/xietong-build.lock")));
    }

    @Test
    void letsMavenSpeakWhenItTests() throws Exception {
        script(tools.resolve("mvn"), "echo \"$*\"; echo BUILD SUCCESS\n");
        Outcome outcome = run("test");
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("verify") && outcome.text().contains("BUILD SUCCESS"), outcome.text());
        script(tools.resolve("mvn"), "echo BUILD FAILURE; exit 1\n");
        assertEquals(1, run("test").code());
    }

    @ParameterizedTest
    @CsvSource({"21.0.4, true", "25, true", "17.0.12, false", "1.8.0_402, false"})
    void takesTheGivenJdkOnlyIfItIsNewEnough(String version, boolean taken) throws Exception {
        jdk = jdk("given " + version, version);
        Outcome outcome = run("keygen");
        String built = Files.exists(project.resolve("built")) ? Files.readString(project.resolve("built")) : "";
        assertEquals(taken, built.contains("built with " + jdk + ":"), outcome.text() + built);
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), project.resolve("xietong"));
        Process process = start(link, "keygen");
        assertTrue(text(process).contains("[keygen]"));
        assertEquals(0, process.waitFor());
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = temporary.resolve(name);
        Path bin = Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(bin.resolve("javac"), "exit 0\n");
        script(bin.resolve("java"), "for argument do printf '[%s]' \"$argument\"; done\n");
        return home;
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
    }

    private int builds() throws IOException {
        Path built = project.resolve("built");
        return Files.exists(built) ? Files.readAllLines(built).size() : 0;
    }

    private Outcome run(String... arguments) throws Exception {
        Process process = start(arguments);
        String text = text(process);
        return new Outcome(process.waitFor(), text);
    }

    private Process start(String... arguments) throws IOException {
        return start(project.resolve("xietong"), arguments);
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(temporary.toFile());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().keySet().removeAll(List.of("MAVEN_HOME", "M2_HOME", "XIETONG_JAVA_OPTS"));
        return builder.start();
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
