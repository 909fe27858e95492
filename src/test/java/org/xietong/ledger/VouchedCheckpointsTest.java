package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.Signer;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.TreeHash;

/** By which checkpoint an entry is proved: the best vouched for that holds it, found by one step in an index however long the log is. */
class VouchedCheckpointsTest {
    private static final int CHECKPOINTS = 60_000;
    private static final URI ANYWHERE = URI.create("http://127.0.0.1:1");

    private static JournalDatabase database;

    /** As it would be after years: most are cosigned, few are timed, and of late nobody vouched. */
    @BeforeAll
    static void aLongLog() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("vouched"), 0);
        database.prepare();
        superuser(
                "INSERT INTO xietong.ledger_checkpoint SELECT 10 * i, 'a', 'b', now() FROM generate_series(1, "
                        + CHECKPOINTS + ") i",
                "INSERT INTO xietong.ledger_vouched (by_whom, size) SELECT 'QUORUM', 10 * i FROM generate_series(10, 40000) i",
                "INSERT INTO xietong.ledger_vouched (by_whom, size) SELECT 'QUORUM_AND_TIME', 600 * i FROM generate_series(1, 500) i",
                "INSERT INTO xietong.ledger_timestamp (size, tree, authority, token, gen_time) SELECT 600 * i, tree, 'a', '\\x00', now()"
                        + " FROM generate_series(1, 1000) i, (VALUES ('SHA_256'), ('SM3')) t (tree)",
                "ANALYZE");
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @Test
    void prefersQuorumAndTimeThenTheQuorumThenTheNewest() throws Exception {
        assertEquals(300_000, best(0), "the newest that both vouch for");
        assertEquals(300_000, best(299_999));
        assertEquals(400_000, best(300_000), "no timed one holds that place");
        assertEquals(400_000, best(399_999));
        assertEquals(600_000, best(400_000), "nobody has vouched for any that holds it");
        assertEquals(600_000, best(700_000), "who asks sees that it does not hold the place");
    }

    @Test
    void isFoundByIndexHoweverLongTheLogIs() throws Exception {
        for (String place : new String[] {"0", "350000", "590000"}) {
            JsonNode plan = explained(
                    "xietong_app",
                    "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE it(" + place + ", " + place + ")",
                    VouchedCheckpoints.BEST,
                    "bigint, bigint");
            assertFalse(plan.toString().contains("Seq Scan"), plan.toString());
            JsonNode top = plan.get(0).get("Plan");
            long blocks = top.get("Shared Hit Blocks").asLong()
                    + top.get("Shared Read Blocks").asLong();
            assertTrue(blocks < 30, blocks + " blocks: " + plan);
        }
    }

    @Test
    void aTurnOfTheTimeStamperScansNoCheckpoints() throws Exception {
        JsonNode plan = explained(
                "xietong_sequencer",
                "EXPLAIN (FORMAT JSON) EXECUTE it(1, 2, 3)",
                TimeStampRows.TURN,
                "bigint, bigint, bigint");
        for (JsonNode scan : plan.findParents("Relation Name")) {
            assertTrue(
                    scan.get("Relation Name").asText().equals("ledger_timestamp_turn")
                            || scan.get("Node Type").asText().startsWith("Index"),
                    scan.toString());
        }
    }

    @Test
    void theQuorumVouchesOnceItsAgenciesHaveCosignedBothTrees() throws Exception {
        Witnesses witnesses = WitnessRoundTest.witnesses(Map.of("proc", ANYWHERE, "court", ANYWHERE, "own", ANYWHERE));
        long size = 10;
        for (String agency : new String[] {"proc", "own", "court"}) {
            for (TreeHash tree : TreeHash.values()) {
                assertEquals(0, vouched(size), agency + " " + tree);
                cosign(size, tree, agency);
                settle(size, witnesses);
            }
        }
        assertEquals(1, vouched(size), "the procuratorate's and another than the operator's");
        settle(size, witnesses);
        assertEquals(1, vouched(size));
    }

    /** Whichever comes last writes it down. */
    @Test
    void timeAndQuorumComeInEitherOrder() throws Exception {
        Witnesses witnesses = WitnessRoundTest.witnesses(Map.of("proc", ANYWHERE, "court", ANYWHERE));
        long timedFirst = 20;
        stamp(timedFirst);
        for (TreeHash tree : TreeHash.values()) {
            cosign(timedFirst, tree, "proc");
            cosign(timedFirst, tree, "court");
        }
        settle(timedFirst, witnesses);
        assertEquals(2, vouched(timedFirst));
        long cosignedFirst = 30;
        for (TreeHash tree : TreeHash.values()) {
            cosign(cosignedFirst, tree, "proc");
            cosign(cosignedFirst, tree, "court");
        }
        settle(cosignedFirst, witnesses);
        assertEquals(1, vouched(cosignedFirst));
        stamp(cosignedFirst);
        assertEquals(2, vouched(cosignedFirst));
        try (Connection sequencer = database.connect("xietong_sequencer");
                Statement statement = sequencer.createStatement()) {
            statement.execute("DELETE FROM ledger_vouched");
        } catch (SQLException e) {
            assertEquals("42501", e.getSQLState());
        }
    }

    private static long best(long place) throws SQLException {
        try (Connection app = database.connect("xietong_app")) {
            return VouchedCheckpoints.best(app, place, Optional.empty())
                    .orElseThrow()
                    .size();
        }
    }

    private static long vouched(long size) throws SQLException {
        return database.number("SELECT count(*) FROM xietong.ledger_vouched WHERE size = " + size);
    }

    private static void settle(long size, Witnesses witnesses) throws SQLException {
        try (Connection sequencer = database.connect("xietong_sequencer")) {
            VouchedCheckpoints.cosigned(sequencer, size, witnesses);
        }
    }

    private static void cosign(long size, TreeHash tree, String name) throws SQLException {
        Signer key = switch (name) {
            case "proc" -> WitnessRoundTest.PROC;
            case "court" -> WitnessRoundTest.COURT;
            default -> WitnessRoundTest.OWN;
        };
        cosign(size, tree, name, key);
    }

    private static void cosign(long size, TreeHash tree, String name, Signer key) throws SQLException {
        String line = WitnessRoundTest.cosigner(name, key)
                .cosign(new Checkpoint("log.example/log", size, new byte[32]), 1_800_000_000L)
                .line();
        superuser("INSERT INTO xietong.ledger_cosignature (size, tree, witness, line) VALUES (" + size + ", '" + tree
                + "', '" + name + ".example/witness', '" + line + "')");
    }

    /** Both notes, as the time-stamper stores them. */
    private static void stamp(long size) throws SQLException {
        try (Connection sequencer = database.connect("xietong_sequencer");
                Statement statement = sequencer.createStatement()) {
            for (TreeHash tree : TreeHash.values()) {
                statement.execute("INSERT INTO ledger_timestamp (size, tree, authority, token, gen_time) VALUES ("
                        + size + ", '" + tree + "', 'a', '\\x00', now())");
                VouchedCheckpoints.timed(sequencer, size);
            }
        }
    }

    private static JsonNode explained(String role, String explain, String sql, String types) throws Exception {
        String text = sql;
        for (int i = 1; text.contains("?"); i++) {
            text = text.replaceFirst("\\?", "\\$" + i);
        }
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE it(" + types + ") AS " + text);
            try (ResultSet plan = statement.executeQuery(explain)) {
                plan.next();
                return new ObjectMapper().readTree(plan.getString(1));
            }
        }
    }

    private static void superuser(String... statements) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
