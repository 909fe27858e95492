package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The watch over what lies outside the database: what somebody cut comes back whatever came in between, and failing is no "nothing". */
class OutsideWatchTest {
    @TempDir
    Path folder;

    private final Erased erased = new Erased();

    @Test
    void whatWasCutComesBackThoughTheNextErasureCameFirst() throws IOException {
        Path file = folder.resolve("erasures.log");
        OutsideErasures outside = new OutsideErasures(Optional.of(new ErasureLog(file)), erased);
        outside.keep(erased.one());
        outside.watch();
        Files.writeString(file, "");
        outside.keep(erased.one());
        outside.watch();
        assertEquals(erased.ids(), ids(file));
        assertEquals(0, outside.behind());
    }

    /** The disk takes the repair only at the second try. */
    @Test
    void whatWasCutComesBackThoughTheFirstRepairFailed() throws IOException {
        Path file = folder.resolve("new/erasures.log");
        OutsideErasures outside = new OutsideErasures(Optional.of(new ErasureLog(file)), erased);
        outside.keep(erased.one());
        outside.watch();
        Files.delete(file);
        Files.delete(file.getParent());
        Files.createFile(file.getParent());
        outside.watch();
        assertEquals(1, outside.behind());
        Files.delete(file.getParent());
        outside.watch();
        assertEquals(erased.ids(), ids(file));
        assertEquals(0, outside.behind());
    }

    @Test
    void aWatchThatCannotLookAlarms() {
        OutsideErasures outside =
                new OutsideErasures(Optional.of(new ErasureLog(folder.resolve("erasures.log"))), erased);
        erased.unreadable = true;
        outside.watch();
        assertEquals(1, outside.behind());
    }

    private static List<UUID> ids(Path file) throws IOException {
        return new ErasureLog(file)
                .read().stream().map(OutsideLine::id).sorted().toList();
    }

    /** Long ago, all of them: only who compares anew asks for them. */
    private static final class Erased extends ErasureRows {
        private final List<OutsideLine> lines = new ArrayList<>();
        private boolean unreadable;

        Erased() {
            super(new PGSimpleDataSource());
        }

        OutsideLine one() {
            lines.add(ErasureLogTest.erasure());
            return lines.getLast();
        }

        List<UUID> ids() {
            return lines.stream().map(OutsideLine::id).sorted().toList();
        }

        @Override
        List<OutsideLine> outside(Instant since) {
            if (unreadable) {
                throw new IllegalStateException("the database is away");
            }
            return lines.stream().filter(line -> !line.at().isBefore(since)).toList();
        }
    }
}
