package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Download;

/** What waits to be sent is whole, digested as it is sent, of bounded number, and leaves nothing behind. */
class SpoolTest {
    private static final String MARK = "spooled-4212-";

    private final Spool spool = new Spool();

    @Test
    void sendsWhatWasWrittenUnderItsDigests() throws Exception {
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) '协');
        Download download = spool.write("s", "text/plain", "a.txt", out -> {
            out.write(content, 0, 1);
            out.write(content, 1, content.length - 1);
        });
        assertArrayEquals(
                MessageDigest.getInstance("SHA-256").digest(content),
                download.digest().sha256());
        assertEquals("300000", download.headers().get("Content-Length"));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        download.writeTo(sent);
        assertArrayEquals(content, sent.toByteArray());
    }

    @Test
    void aSystemHoldsFourAndOthersTheirOwn() throws Exception {
        List<Download> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            held.add(some("one"));
        }
        ProblemException refused = assertThrows(ProblemException.class, () -> some("one"));
        assertEquals(ProblemType.RATE_LIMITED, refused.type());
        some("other").discard();
        held.get(0).writeTo(new ByteArrayOutputStream());
        held.get(1).discard();
        some("one").discard();
        some("one").discard();
        held.get(2).discard();
        held.get(3).discard();
    }

    @Test
    void whatCannotBeWrittenTakesNoPlace() {
        for (int i = 0; i < 9; i++) {
            ProblemException failed = assertThrows(
                    ProblemException.class,
                    () -> spool.write("s", "text/plain", "a.txt", out -> {
                        throw new IOException("disk full");
                    }));
            assertEquals(ProblemType.UNAVAILABLE, failed.type());
            assertThrows(
                    IllegalStateException.class,
                    () -> spool.write("s", "text/plain", "a.txt", out -> {
                        throw new IllegalStateException();
                    }));
        }
        some("s").discard();
    }

    @Test
    void noFileBearsANameWhileItWaits() throws Exception {
        Download waiting = some("s");
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path file : files.filter(f -> f.getFileName().toString().endsWith(".spool"))
                    .toList()) {
                assertTrue(!Files.isReadable(file) || !Files.readString(file).contains(MARK), file.toString());
            }
        } finally {
            waiting.discard();
        }
    }

    private Download some(String system) {
        return spool.write(system, "text/plain", "a.txt", out -> out.write(MARK.getBytes(StandardCharsets.UTF_8)));
    }
}
