package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every call of the sequencer and of the publisher to the store, failed and not done, failed but done, with the
 * connection or without it; the same goes on, or it dies and another takes over: the log is whole each time.
 */
class EveryWriteFailsTest {
    private static final int BEFORE = 200;
    private static final int EACH = 3;

    private final List<UUID> acknowledged = new ArrayList<>();
    private final TreeSet<String> failed = new TreeSet<>();
    private final LogSigners signers = TestLog.signers();

    private JournalDatabase database;
    private AgroalDataSource sequencing;
    private Journal journal;
    private Connection superuser;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("ledger"), 0);
        database.prepare();
        superuser = database.connect("postgres");
        sequencing = database.pool("xietong_sequencer");
        journal = new Journal(database.pool("xietong_app"), Records.CONFIG, new SimpleMeterRegistry());
        append(BEFORE);
        goOn(new Replica());
    }

    @AfterEach
    void stop() throws Exception {
        journal.close();
        superuser.close();
        database.close();
    }

    /** A replica: what sequences and what publishes, over one store. */
    private final class Replica {
        private final FaultyStore store;
        private final Sequencer sequencer;
        private final CheckpointPublisher publisher;

        Replica() {
            store = new FaultyStore(sequencing);
            sequencer = new Sequencer(store, 256);
            publisher = new CheckpointPublisher(store, signers, sequencer.self());
        }

        void round() throws Exception {
            sequencer.sequence();
            publisher.publish();
        }
    }

    @Test
    void theLogIsWholeWhateverFailsOfARound() throws Exception {
        int scenarios = 0;
        for (boolean warm : new boolean[] {false, true}) {
            for (boolean goesOn : new boolean[] {false, true}) {
                for (boolean lost : new boolean[] {false, true}) {
                    for (FaultyStore.Effect effect : FaultyStore.Effect.values()) {
                        int at = 1;
                        while (failsAt(at, warm, goesOn, lost, effect)) {
                            at++;
                        }
                        assertTrue(at > 8, "only " + at + " calls reached the store");
                        scenarios += at - 1;
                    }
                }
            }
        }
        assertTrue(scenarios > 150, scenarios + " scenarios only");
        WholeLedger.check(database, acknowledged, signers);
        assertEquals(acknowledged.size(), newestCheckpoint());
        for (String call : List.of(
                "getConnection",
                "commit",
                "UPDATE ledger_head SET holder",
                "DELETE FROM journal_pending",
                "INSERT INTO ledger_leaf",
                "INSERT INTO ledger_tile",
                "UPDATE ledger_head SET size",
                "INSERT INTO ledger_checkpoint")) {
            assertTrue(failed.stream().anyMatch(at -> at.contains(call)), () -> "never failed: " + call);
        }
    }

    /** One scenario; false where a round makes fewer calls than that. */
    private boolean failsAt(int at, boolean warm, boolean goesOn, boolean lost, FaultyStore.Effect effect)
            throws Exception {
        Replica replica = new Replica();
        expire();
        if (warm) {
            append(1);
            goOn(replica);
        }
        append(EACH);
        FaultyStore faulty = replica.store;
        faulty.failOnce(at, effect, lost);
        try {
            replica.round();
        } catch (SQLException injected) {
            assertEquals("injected", injected.getMessage(), () -> "at " + at + " " + faulty.failedAt());
        }
        faulty.failNoMore();
        if (!goesOn) {
            expire();
        }
        goOn(goesOn ? replica : new Replica());
        String scenario = "at " + at + " " + faulty.failedAt() + " warm " + warm + " goes on " + goesOn + " lost "
                + lost + " " + effect;
        assertEquals(acknowledged.size(), number("SELECT count(*) FROM xietong.ledger_leaf"), () -> scenario);
        assertEquals(acknowledged.size(), newestCheckpoint(), () -> scenario);
        if (faulty.failedAt() == null) {
            return false;
        }
        failed.add(faulty.failedAt().replaceAll("\\s+", " "));
        return true;
    }

    /** Reading ahead is for time alone: what fails of it is read again, and nothing is lost or placed twice. */
    @Test
    void theLogIsWholeWhateverFailsWhileTheNextAreReadAhead() throws Exception {
        TreeSet<String> calls = new TreeSet<>();
        for (FaultyStore.Effect effect : FaultyStore.Effect.values()) {
            for (int at = 1; at <= 24; at++) {
                FaultyStore store = new FaultyStore(sequencing);
                Sequencer sequencer = new Sequencer(store, 2);
                expire();
                append(7);
                store.failOnce(at, effect, at % 2 == 0);
                int sequenced = 0;
                for (int round = 0; round < 12; round++) {
                    try {
                        sequenced += sequencer.sequence();
                    } catch (SQLException injected) {
                        assertEquals("injected", injected.getMessage());
                    }
                }
                String scenario = "at " + at + " " + store.failedAt();
                assertEquals(acknowledged.size(), number("SELECT count(*) FROM xietong.ledger_leaf"), () -> scenario);
                assertEquals(acknowledged.size(), number("SELECT size FROM xietong.ledger_head"), () -> scenario);
                assertTrue(sequenced <= 7, () -> scenario);
                calls.add(String.valueOf(store.failedAt()).replaceAll("\\s+", " "));
            }
        }
        assertTrue(calls.stream().anyMatch(call -> call.contains("FROM journal_pending p WHERE")), calls::toString);
        new CheckpointPublisher(sequencing, signers, holder()).publish();
        WholeLedger.check(database, acknowledged, signers);
    }

    private UUID holder() throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery("SELECT holder FROM xietong.ledger_head")) {
            result.next();
            return result.getObject(1, UUID.class);
        }
    }

    private static void goOn(Replica replica) throws Exception {
        do {
            replica.round();
        } while (replica.sequencer.sequence() > 0);
    }

    private void append(int entries) {
        for (int i = 0; i < entries; i++) {
            ExchangeRecord record = Records.any();
            journal.appendGrouped(record);
            acknowledged.add(record.id());
        }
    }

    private void expire() throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute("UPDATE xietong.ledger_head SET until = clock_timestamp() - interval '1 s'");
        }
    }

    private long newestCheckpoint() throws SQLException {
        return number("SELECT max(size) FROM xietong.ledger_checkpoint");
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
