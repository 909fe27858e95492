package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasures outside the database: whole lines only, each once, whatever a crash left. */
class ErasureLogTest {
    @TempDir
    Path folder;

    @Test
    void keepsEachErasureOnceAndInOrder() throws IOException {
        Path file = folder.resolve("new/erasures.log");
        OutsideLine first = erasure();
        OutsideLine second = erasure();
        ErasureLog log = new ErasureLog(file);
        assertEquals(List.of(), log.read());
        log.append(List.of(first));
        log.append(List.of(first, second));
        List<OutsideLine> lines = new ErasureLog(file).read();
        assertEquals(2, lines.size());
        assertEquals(first.id(), lines.getFirst().id());
        assertEquals(second.id(), lines.getLast().id());
        assertTrue(lines.getFirst().text().contains("\"basis\":\"PIPL_47\""));
    }

    @Test
    void takesOffALineThatACrashLeftUnfinished() throws IOException {
        Path file = folder.resolve("erasures.log");
        ErasureLog log = new ErasureLog(file);
        OutsideLine first = erasure();
        log.append(List.of(first));
        Files.writeString(file, "{\"id\":\"" + UUID.randomUUID() + "\",\"ki", StandardOpenOption.APPEND);
        ErasureLog after = new ErasureLog(file);
        assertEquals(1, after.read().size());
        OutsideLine second = erasure();
        after.append(List.of(second));
        assertEquals(2, new ErasureLog(file).read().size());
    }

    @Test
    void refusesALineThatIsNone() throws IOException {
        Path file = folder.resolve("erasures.log");
        Files.writeString(file, "nonsense\n");
        assertThrows(IOException.class, () -> new ErasureLog(file).read());
    }

    /** Lines of the same length: what was appended to what somebody cut must not look like what we left. */
    @Test
    void aFileThatSomebodyCutStaysInDoubtThoughItIsAppendedTo() throws IOException {
        Path file = folder.resolve("erasures.log");
        ErasureLog log = new ErasureLog(file);
        log.append(List.of(erasure()));
        Files.writeString(file, "");
        log.append(List.of(erasure()));
        assertFalse(log.isAsLeft());
        log.read();
        assertTrue(log.isAsLeft());
    }

    @Test
    void noLineIsAppendedToHalfOfAnother() throws IOException {
        Path file = folder.resolve("erasures.log");
        ErasureLog log = new ErasureLog(file);
        OutsideLine first = erasure();
        OutsideLine second = erasure();
        log.append(List.of(first));
        Files.writeString(file, first.text().substring(0, 20));
        log.append(List.of(second));
        assertEquals(
                List.of(second.id()),
                new ErasureLog(file).read().stream().map(OutsideLine::id).toList());
    }

    static OutsideLine erasure() {
        Instant at = Instant.parse("2026-01-02T03:04:05Z");
        return OutsideLine.of(new Erasure(
                UUID.randomUUID(),
                Erasure.Kind.RECORD,
                UUID.randomUUID(),
                "MSA-421200",
                false,
                "PIPL_47",
                "咸市监删〔2026〕1号",
                "本人申请",
                "00",
                "MSA-421200-001",
                "k1",
                at,
                UUID.randomUUID(),
                at.plusSeconds(60),
                new Erasure.Approval("MSA-421200-002", "k2", at.plusSeconds(1), UUID.randomUUID())));
    }
}
