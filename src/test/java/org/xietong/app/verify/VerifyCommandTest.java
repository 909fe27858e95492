package org.xietong.app.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.Pem;
import org.xietong.evidence.check.TestBundle;
import picocli.CommandLine;

/** The verb {@code verify}: exit codes, and what it prints. */
class VerifyCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void endsWith0AndSaysWhomItTrusted() throws Exception {
        Path bundle = Files.write(folder.resolve("bundle.zip"), new TestBundle().zip());
        assertEquals(0, run(bundle.toString()));
        assertTrue(out.toString().contains("核验通过 / verified"), out.toString());
        assertTrue(out.toString().contains("[KEYS_FROM_EVIDENCE]"), out.toString());
    }

    @Test
    void knowsThePlatformByItsCertificates() throws Exception {
        Path bundle = Files.write(folder.resolve("bundle.zip"), new TestBundle().zip());
        assertEquals(0, run(bundle.toString()));
        assertTrue(out.toString().contains("[PLATFORM_NOT_GIVEN]"), out.toString());
        Path sm2 = Files.writeString(
                folder.resolve("sm2.pem"),
                Pem.ofCertificate(TestBundle.platform().getLast()));
        assertEquals(1, run("--platform", sm2.toString(), bundle.toString()));
        assertTrue(out.toString().contains("[NOT_THE_PLATFORM]"), out.toString());
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(sm2) + Pem.ofCertificate(TestBundle.platform().getFirst()));
        out.getBuffer().setLength(0);
        assertEquals(0, run("--platform", both.toString(), bundle.toString()));
        assertFalse(out.toString().contains("PLATFORM"), out.toString());
        Path nobody = Files.writeString(folder.resolve("nobody.pem"), "");
        assertEquals(2, run("--platform", nobody.toString(), bundle.toString()));
    }

    @Test
    void endsWith1AndNamesTheFirstFault() throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.remove("README.txt");
        Path bundle = Files.write(folder.resolve("bundle.zip"), TestBundle.repack(files));
        assertEquals(1, run("--json", bundle.toString()));
        assertTrue(out.toString().contains("\"fault\":{\"code\":\"FILE_MISSING\""), out.toString());
        assertTrue(out.toString().contains("\"file\":\"README.txt\""), out.toString());
        assertTrue(out.toString().contains("\"ok\":false"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--key=nonsense .",
                "--quorum=1 .",
                "--trust=nowhere.pem .",
                "nowhere.zip",
                "--since=nowhere ."
            })
    void endsWith2ForAUsageError(String arguments) {
        assertEquals(2, arguments.isEmpty() ? run() : run(arguments.split(" ")));
    }

    private int run(String... arguments) {
        CommandLine line = new CommandLine(new VerifyCommand());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        return line.execute(arguments);
    }
}
