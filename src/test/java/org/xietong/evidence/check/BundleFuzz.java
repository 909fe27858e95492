package org.xietong.evidence.check;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xietong.crypto.TestParties;
import org.xietong.testing.Mutations;

/**
 * Bundles of foreign bytes: the whole zip, or one file of a bundle under a manifest that was signed over it, so that each
 * parser behind the digests is met. The check names a fault of its own, and is never surprised.
 */
class BundleFuzz {
    private static final TestBundle BUNDLE = new TestBundle();
    private static final Path FILE = file();

    @Test
    @Timeout(120)
    void generated() {
        Mutations.of(BundleFuzz.class, "bundle", 400, BundleFuzz::check);
    }

    @FuzzTest(maxDuration = "3m")
    void bundle(byte[] bytes) {
        check(bytes);
    }

    /** The first byte says which file the others are; beyond the files it is the zip itself. */
    private static void check(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        int place = bytes[0] & 0xff;
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        Report report = check(FILE, place < BUNDLE.files.size() ? with(place, rest) : rest);
        assertFalse(
                report.fault()
                        .filter(fault -> fault.fault() == Fault.MALFORMED
                                && fault.file().equals(FILE.getFileName().toString()))
                        .isPresent(),
                "an exception that was not foreseen");
        report.json();
        report.lines();
    }

    private static byte[] with(int place, byte[] content) {
        String name = BUNDLE.files.keySet().stream().skip(place).findFirst().orElseThrow();
        byte[] former = BUNDLE.files.put(name, content);
        try {
            return BUNDLE.zip();
        } finally {
            BUNDLE.files.put(name, former);
        }
    }

    private static Report check(Path file, byte[] zip) {
        try {
            Files.write(file, zip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return BundleCheck.check(file, Trust.none(TestParties.NOW));
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("bundle", ".zip");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
