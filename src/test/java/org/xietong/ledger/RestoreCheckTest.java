package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.TreeHash;

/** A database that was set back is one that does not hold a checkpoint which was published. */
class RestoreCheckTest {
    private static JournalDatabase database;
    private static final List<Checkpoint> heads = new ArrayList<>();

    /** More than a tile, so that older roots are cut from tiles which have grown since. */
    @BeforeAll
    static void growALog() throws Exception {
        database = JournalDatabase.start(java.nio.file.Files.createTempDirectory("restore"), 0);
        database.prepare();
        try (AgroalDataSource writing = database.pool("xietong_app");
                AgroalDataSource sequencing = database.pool("xietong_sequencer");
                Journal journal = new Journal(writing, Records.CONFIG, new SimpleMeterRegistry())) {
            Sequencer sequencer = new Sequencer(sequencing, 50);
            for (int i = 0; i < 300; i++) {
                journal.appendGrouped(Records.any());
                if (i % 37 == 0) {
                    sequencer.sequence();
                    heads.add(head());
                }
            }
            while (sequencer.sequence() > 0) {
                heads.add(head());
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void findsEveryCheckpointOfItsPast() throws SQLException {
        assertTrue(heads.size() > 5);
        try (Connection connection = database.connect("xietong_sequencer")) {
            for (Checkpoint past : heads) {
                assertTrue(RestoreCheck.holds(connection, TreeHash.SHA_256, past), () -> "size " + past.size());
            }
        }
    }

    @Test
    void recognisesALogThatWasLonger() throws SQLException {
        Checkpoint last = heads.getLast();
        try (Connection connection = database.connect("xietong_sequencer")) {
            assertFalse(RestoreCheck.holds(
                    connection, TreeHash.SHA_256, new Checkpoint(last.origin(), last.size() + 1, last.root())));
        }
    }

    @Test
    void recognisesAnotherLogOfTheSameSize() throws SQLException {
        try (Connection connection = database.connect("xietong_sequencer")) {
            for (Checkpoint past : heads) {
                byte[] other = past.root();
                other[31] ^= 1;
                assertFalse(RestoreCheck.holds(
                        connection, TreeHash.SHA_256, new Checkpoint(past.origin(), past.size(), other)));
            }
        }
    }

    private static Checkpoint head() throws SQLException {
        try (Connection connection = database.connect("xietong_sequencer");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT size, sha256 FROM ledger_head")) {
            row.next();
            return new Checkpoint("test/log", row.getLong(1), row.getBytes(2));
        }
    }
}
