package org.xietong.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.Crypto;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path temporary;

    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void install() {
        Crypto.install();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "serve --nonsense",
                "serve --port many",
                "keygen",
                "keygen --out x --algorithm rsa",
                "keygen --out x --name a --suite gm --algorithm p256",
                "keygen --out x",
                "call",
                "call /v1/clues --key k.p12",
                "call /v1/clues --authority a --platform p --key k --officer nobody",
                "call /v1/clues --authority a --platform p --key k --officer-key o.p12",
            })
    void tellsAUsageErrorInOneLineAndEndsWith2(String line) {
        assertEquals(2, run(line.isEmpty() ? new String[0] : line.split(" ")));
        assertEquals(1, errors.toString().lines().count(), errors.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "keygen --help", "call --help", "help"})
    void helps(String line) {
        assertEquals(0, run(line.split(" ")));
        assertEquals("", errors.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SM2", "P256", "ED25519"})
    void makesAKeyThatOpensAndIsAskedFor(KeyAlgorithm algorithm) throws Exception {
        Path folder = temporary.resolve("key");
        assertEquals(0, keygen(folder, algorithm, "某系统"), errors.toString());
        KeyFile key = KeyFile.open(folder.resolve("key.p12"), "correct horse".toCharArray());
        assertEquals(algorithm, key.signer().algorithm());
        assertEquals(key.certificate(), Pem.certificate(Files.readString(folder.resolve("certificate.pem"))));
        assertEquals(
                "某系统",
                Pem.request(Files.readString(folder.resolve("request.pem"))).commonName());
        assertEquals(Pem.ofPublicKey(key.certificate()), Files.readString(folder.resolve("public.pem")));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.p12"))));
    }

    @Test
    void neverOverwritesAKey() throws Exception {
        Path folder = temporary.resolve("key");
        assertEquals(0, keygen(folder, KeyAlgorithm.SM2, "first"));
        byte[] before = Files.readAllBytes(folder.resolve("key.p12"));
        assertEquals(1, keygen(folder, KeyAlgorithm.SM2, "second"));
        assertEquals(
                Pem.request(Files.readString(folder.resolve("request.pem"))).commonName(), "first");
        assertEquals(Arrays.toString(before), Arrays.toString(Files.readAllBytes(folder.resolve("key.p12"))));
    }

    @Test
    void putsTheIssuedCertificateToItsKeyOnly() throws Exception {
        Path mine = temporary.resolve("mine");
        Path other = temporary.resolve("other");
        keygen(mine, KeyAlgorithm.SM2, "mine");
        keygen(other, KeyAlgorithm.SM2, "other");
        String foreign = other.resolve("certificate.pem").toString();
        assertEquals(
                1,
                run("keygen", "--out", mine.toString(), "--certificate", foreign, "--password-file", passwordFile()));
        String own = mine.resolve("certificate.pem").toString();
        assertEquals(
                0, run("keygen", "--out", mine.toString(), "--certificate", own, "--password-file", passwordFile()));
    }

    @Test
    void tellsThatThereIsNoPlatform() throws Exception {
        assertEquals(1, callNobody());
        assertTrue(errors.toString().contains("no answer"), errors.toString());
    }

    @Test
    void takesAFileAsBodyAndNotAsArguments() throws Exception {
        Path body = Files.writeString(temporary.resolve("body.json"), "{\"title\": \"a b\"} --unknown");
        assertEquals(1, callNobody("--data", "@" + body));
        assertTrue(errors.toString().contains("no answer"), errors.toString());
    }

    private int callNobody(String... more) throws Exception {
        Path folder = temporary.resolve("key");
        keygen(folder, KeyAlgorithm.SM2, "caller");
        List<String> arguments = new ArrayList<>(List.of("call", "/v1/clues", "--url", "http://127.0.0.1:1"));
        arguments.addAll(List.of("--authority", "xietong.example"));
        arguments.addAll(List.of("--platform", folder.resolve("certificate.pem").toString()));
        arguments.addAll(List.of("--key", folder.resolve("key.p12").toString(), "--password-file", passwordFile()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int keygen(Path folder, KeyAlgorithm algorithm, String name) throws Exception {
        return run(
                "keygen",
                "--suite",
                algorithm.suite().name().toLowerCase(Locale.ROOT),
                "--algorithm",
                algorithm.name().toLowerCase(Locale.ROOT),
                "--name",
                name,
                "--out",
                folder.toString(),
                "--password-file",
                passwordFile());
    }

    private String passwordFile() throws Exception {
        return Files.writeString(temporary.resolve("password"), "correct horse\n")
                .toString();
    }

    private int run(String... arguments) {
        CommandLine line = Xietong.commandLine();
        line.setErr(new PrintWriter(errors, true));
        line.setOut(new PrintWriter(new StringWriter()));
        return line.execute(arguments);
    }
}
