package org.xietong.evidence.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.crypto.TestParties;

/** An auditor's export of some entries, held against the log's public side alone. */
class StretchCheckTest {
    private static final int SIZE = 700;
    private static final Trust TRUST = new Trust(TestLog.keys(), TestLog.trusted(), 2, List.of(), TestParties.NOW);

    private final TestLog log = TestLog.of(SIZE);

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws Exception {
        TreeMap<String, byte[]> files = log.served();
        files.keySet().removeIf(path -> path.startsWith("tile/entries/"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve("log").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,700", "0,1", "255,2", "300,400", "699,1"})
    void acceptsWhatStandsThere(int from, int count) throws Exception {
        Report report = check(lines(from, count), from);
        assertEquals(Optional.empty(), report.fault());
        assertEquals(count, report.checked(Checked.ENTRIES));
        assertEquals(2 * count, report.checked(Checked.PROOFS));
    }

    @Test
    void namesTheLineAfterOneThatIsLeftOut() throws Exception {
        List<byte[]> lines = lines(100, 50);
        lines.remove(20);
        refuses(check(lines, 100), Fault.INCLUSION, "entries.ndjson:21");
    }

    @Test
    void namesWhatWasChangedMovedOrAdded() throws Exception {
        List<byte[]> lines = lines(100, 50);
        lines.set(7, TestLog.entry(107, "COURT-421200"));
        refuses(check(lines, 100), Fault.INCLUSION, "entries.ndjson:8");
        lines = lines(100, 50);
        Collections.swap(lines, 30, 31);
        refuses(check(lines, 100), Fault.INCLUSION, "entries.ndjson:31");
        lines = lines(680, 20);
        lines.add(TestLog.entry(SIZE, "COURT-421200"));
        refuses(check(lines, 680), Fault.BEYOND_THE_LOG, "entries.ndjson:21");
        refuses(check(lines(100, 50), 101), Fault.INCLUSION, "entries.ndjson:1");
    }

    @Test
    void missesTheEndWhereItIsToldWhereThatIs() throws Exception {
        assertTrue(check(lines(100, 50), 100, OptionalLong.of(150)).accepted());
        refuses(check(lines(100, 49), 100, OptionalLong.of(150)), Fault.ENTRIES_MISSING, "entries.ndjson:50");
        refuses(check(List.of(), 100, OptionalLong.of(150)), Fault.ENTRIES_MISSING, "entries.ndjson:1");
    }

    @Test
    void refusesWhatIsNoEntryAndNothingAtAll() throws Exception {
        refuses(check(List.of(), 0), Fault.NOTHING, "entries.ndjson");
        refuses(check(List.of("{}".getBytes(StandardCharsets.UTF_8)), 0), Fault.ENTRY_FORM, "entries.ndjson:1");
        Path cut = folder.resolve("entries.ndjson");
        Files.write(cut, TestLog.entry(0, "POLICE-421200"));
        refuses(
                StretchCheck.check(folder.resolve("log"), TRUST, cut, 0, OptionalLong.empty()),
                Fault.MALFORMED,
                "entries.ndjson:1");
    }

    /** The tiles are the operator's too: what they say counts for nothing without the signed root. */
    @Test
    void doesNotBelieveTheTiles() throws Exception {
        Path tile = folder.resolve("log/sm3/tile/0/000");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[40] ^= 1;
        Files.write(tile, bytes);
        refuses(check(lines(0, 5), 0), Fault.INCLUSION, "entries.ndjson:1");
        Files.delete(tile);
        refuses(check(lines(0, 5), 0), Fault.FILE_MISSING, "sm3/tile/0/000");
    }

    private List<byte[]> lines(int from, int count) {
        return new ArrayList<>(log.entries.subList(from, from + count));
    }

    private Report check(List<byte[]> lines, long from) throws Exception {
        return check(lines, from, OptionalLong.empty());
    }

    private Report check(List<byte[]> lines, long from, OptionalLong until) throws Exception {
        Path file = folder.resolve("entries.ndjson");
        StringBuilder text = new StringBuilder();
        lines.forEach(
                line -> text.append(new String(line, StandardCharsets.UTF_8)).append('\n'));
        Files.writeString(file, text);
        return StretchCheck.check(folder.resolve("log"), TRUST, file, from, until);
    }

    private static void refuses(Report report, Fault fault, String file) {
        assertTrue(report.fault().isPresent(), "accepted");
        assertEquals(
                fault + " " + file,
                report.fault().get().fault() + " " + report.fault().get().file());
    }
}
