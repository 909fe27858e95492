package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copy of the newest checkpoint outside the database. */
class OutsideCheckpointTest {
    private final LogSigners signers = TestLog.signers();

    @TempDir
    Path folder;

    @Test
    void isNeverReplacedByASmallerOneInTheLifeOfAProcess() throws IOException {
        OutsideCheckpoint outside = new OutsideCheckpoint(folder);
        assertTrue(outside.read().isEmpty());
        outside.keep(head(7));
        outside.keep(head(5));
        assertEquals(7, outside.kept());
        assertEquals(7, outside.read().orElseThrow().checkpoint().size());
    }

    /** After a decision the log goes on from where the older database ended. */
    @Test
    void isReplacedByASmallerOneOnceItWasGivenUp() throws IOException {
        OutsideCheckpoint outside = new OutsideCheckpoint(folder);
        outside.keep(head(7));
        outside.giveUp();
        outside.keep(head(5));
        assertEquals(5, outside.read().orElseThrow().checkpoint().size());
    }

    @Test
    void staysWhereTheDiskTakesNoNewOneAndIsReplacedOnceItDoes() throws IOException {
        OutsideCheckpoint outside = new OutsideCheckpoint(folder);
        outside.keep(head(7));
        Path inTheWay = Files.createDirectories(folder.resolve("checkpoint.next"));
        assertThrows(IOException.class, () -> outside.keep(head(8)));
        assertEquals(7, outside.read().orElseThrow().checkpoint().size());
        Files.delete(inTheWay);
        outside.keep(head(8));
        assertEquals(8, outside.read().orElseThrow().checkpoint().size());
    }

    @Test
    void saysSoWhereItIsNoCheckpoint() throws IOException {
        OutsideCheckpoint outside = new OutsideCheckpoint(folder);
        Files.writeString(outside.file(), "no note");
        IOException refused = assertThrows(IOException.class, outside::read);
        assertTrue(String.valueOf(refused.getMessage()).startsWith("不是检查点"), refused.getMessage());
    }

    private SignedHead head(long size) {
        return signers.sign(new LedgerHead(1, size, new byte[32], new byte[32]));
    }
}
