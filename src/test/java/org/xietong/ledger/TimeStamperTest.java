package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.ImprintHash;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TimeStampAuthority;
import org.xietong.crypto.TimeStampToken;
import org.xietong.evidence.TreeHash;

/** Checkpoints get their time from whoever answers, one replica at a time; whoever does not answer stops nothing. As the sequencer's role. */
class TimeStamperTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final Duration YEARS = Duration.ofDays(3 * 365);
    private static final Duration TOLERANCE = Duration.ofSeconds(30);
    private static final DemonstrationAuthority ROOT = DemonstrationAuthority.create(
            Suite.INTL, NOW.minus(YEARS.multipliedBy(2)), NOW.plus(YEARS.multipliedBy(2)));

    private static JournalDatabase database;
    private static TimeStampRows rows;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean down = new AtomicBoolean();

    @BeforeAll
    static void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("stamps"), 0);
        database.prepare();
        rows = new TimeStampRows(database.pool("xietong_sequencer"));
    }

    @AfterAll
    static void stop() throws Exception {
        database.close();
    }

    @BeforeEach
    void empty() throws Exception {
        superuser(
                "SET session_replication_role = replica",
                "ALTER TABLE xietong.ledger_timestamp DISABLE TRIGGER append_only",
                "ALTER TABLE xietong.ledger_checkpoint DISABLE TRIGGER append_only",
                "ALTER TABLE xietong.ledger_cosignature DISABLE TRIGGER append_only",
                "ALTER TABLE xietong.ledger_vouched DISABLE TRIGGER append_only",
                "TRUNCATE xietong.ledger_timestamp, xietong.ledger_checkpoint, xietong.ledger_cosignature, xietong.ledger_vouched",
                "ALTER TABLE xietong.ledger_vouched ENABLE ALWAYS TRIGGER append_only",
                "ALTER TABLE xietong.ledger_cosignature ENABLE ALWAYS TRIGGER append_only",
                "ALTER TABLE xietong.ledger_timestamp ENABLE ALWAYS TRIGGER append_only",
                "ALTER TABLE xietong.ledger_checkpoint ENABLE ALWAYS TRIGGER append_only");
        ready();
    }

    @Test
    void timesBothNotesOfTheNewestCheckpoint() throws Exception {
        publish(3);
        publish(7);
        TimeStamper.Turn turn = stamper(authority("a", NOW)).turn().orElseThrow();
        assertEquals(new TimeStamper.Turn(7, true, List.of(), Duration.ZERO), turn);
        for (TreeHash tree : TreeHash.values()) {
            TimeStampToken token = token(7, tree);
            token.verify(note(7, tree), List.of(ROOT.root()));
            assertEquals(NOW, token.time());
            assertEquals(tree == TreeHash.SM3 ? ImprintHash.SM3 : ImprintHash.SHA_256, token.hash());
        }
        assertEquals(Duration.ZERO, rows.waiting());
    }

    @Test
    void prefersTheNewestCheckpointThatTheQuorumHasCosigned() throws Exception {
        TimeStamper stamper = waiting(Duration.ofMinutes(1), authority("a", NOW));
        publish(3);
        assertEquals(Optional.empty(), stamper.turn(), "its quorum may still come");
        vouch(3);
        publish(7);
        assertEquals(3, stamper.turn().orElseThrow().size());
        assertEquals(
                1,
                database.number(
                        "SELECT count(*) FROM xietong.ledger_vouched WHERE by_whom = 'QUORUM_AND_TIME' AND size = 3"));
        ready();
        assertEquals(Optional.empty(), stamper.turn(), "3 is timed, and 7 waits for its quorum");
        vouch(7);
        assertEquals(7, stamper.turn().orElseThrow().size());
    }

    /** An outage of witnesses makes no checkpoint untimed. */
    @Test
    void timesTheNewestWhereTheQuorumIsLongInComing() throws Exception {
        TimeStamper stamper = waiting(Duration.ofMinutes(1), authority("a", NOW));
        publish(3);
        vouch(3);
        publish(5, "2 minutes");
        publish(7);
        assertEquals(7, stamper.turn().orElseThrow().size());
        assertEquals(0, database.number("SELECT count(*) FROM xietong.ledger_vouched WHERE by_whom <> 'QUORUM'"));
        ready();
        vouch(7);
        assertEquals(Optional.empty(), stamper.turn());
    }

    /** As after the database's clock was set back: what was signed in the future waits for nobody. */
    @Test
    void timesTheNewestWhereTheClockSaysNothing() throws Exception {
        publish(5, "-1 days");
        assertEquals(
                5,
                waiting(Duration.ofMinutes(1), authority("a", NOW))
                        .turn()
                        .orElseThrow()
                        .size());
    }

    @Test
    void anAuthorityThatKnowsNoSm3IsAskedWithSha256() throws Exception {
        publish(1);
        TimeAuthority old = new TimeAuthority(
                "old", List.of(ROOT.root()), false, authority("old", NOW).road());
        assertTrue(stamper(old).turn().orElseThrow().timed());
        assertEquals(ImprintHash.SHA_256, token(1, TreeHash.SM3).hash());
    }

    @Test
    void asksForNothingWhereNothingIsNew() throws Exception {
        TimeStamper stamper = stamper(authority("a", NOW));
        assertEquals(Optional.empty(), stamper.turn(), "no checkpoint");
        publish(1);
        assertTrue(stamper.turn().isPresent());
        ready();
        assertEquals(Optional.empty(), stamper.turn(), "it is timed");
        assertEquals(2, asked.get());
    }

    @Test
    void asksOncePerPauseHoweverManyCheckpointsCome() throws Exception {
        TimeStamper stamper = stamper(authority("a", NOW));
        publish(1);
        assertTrue(stamper.turn().isPresent());
        publish(2);
        assertEquals(Optional.empty(), stamper.turn());
        ready();
        publish(3);
        assertEquals(3, stamper.turn().orElseThrow().size());
        assertEquals(4, asked.get());
        assertEquals(0, database.number("SELECT count(*) FROM xietong.ledger_timestamp WHERE size = 2"));
    }

    @Test
    void replicasDoNotMultiplyTheRequests() throws Exception {
        TimeAuthority authority = authority("a", NOW);
        publish(5);
        AtomicInteger turns = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> replicas = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TimeStamper replica = stamper(authority);
                Callable<Void> many = () -> {
                    for (int t = 0; t < 20; t++) {
                        replica.turn().ifPresent(turn -> turns.incrementAndGet());
                    }
                    return null;
                };
                replicas.add(threads.submit(many));
            }
            for (Future<?> replica : replicas) {
                replica.get();
            }
        }
        assertEquals(1, turns.get());
        assertEquals(2, asked.get());
        assertEquals(2, database.number("SELECT count(*) FROM xietong.ledger_timestamp"));
    }

    /** As after the death of the replica whose turn it was: its successor's turn comes with the next pause. */
    @Test
    void aTurnThatCameToNothingIsTakenByAnotherReplica() throws Exception {
        publish(5);
        assertTrue(rows.takeTurn(Duration.ofHours(1), Duration.ZERO).isPresent());
        TimeStamper other = stamper(authority("a", NOW));
        assertEquals(Optional.empty(), other.turn());
        ready();
        assertTrue(other.turn().orElseThrow().timed());
    }

    @Test
    void anOutageLeavesTheCheckpointUntimedAndSaysWhoFailed() throws Exception {
        publish(4);
        down.set(true);
        TimeStamper.Turn turn = stamper(authority("a", NOW)).turn().orElseThrow();
        assertEquals(new TimeStamper.Turn(4, false, List.of("a: IOException", "a: IOException"), Duration.ZERO), turn);
        assertEquals(0, database.number("SELECT count(*) FROM xietong.ledger_timestamp"));
        superuser("SELECT pg_sleep(0.01)");
        assertTrue(rows.waiting().toMillis() > 0);
    }

    @Test
    void recoversWithAnEmptyQueue() throws Exception {
        publish(4);
        TimeStamper stamper = stamper(authority("a", NOW));
        down.set(true);
        assertTrue(!stamper.turn().orElseThrow().timed());
        down.set(false);
        ready();
        assertEquals(4, stamper.turn().orElseThrow().size(), "no new entry was needed");
        assertEquals(Duration.ZERO, rows.waiting());
    }

    @Test
    void anAnswerToOneNoteIsKeptAndOnlyTheOtherAskedFor() throws Exception {
        publish(4);
        TimeAuthority honest = authority("a", NOW);
        TimeAuthority dies = new TimeAuthority("a", honest.trusted(), true, request -> {
            byte[] answer = honest.road().ask(request);
            down.set(true);
            return answer;
        });
        assertTrue(!stamper(dies).turn().orElseThrow().timed());
        assertEquals(1, database.number("SELECT count(*) FROM xietong.ledger_timestamp"));
        assertTrue(rows.waiting().compareTo(Duration.ZERO) >= 0);
        down.set(false);
        asked.set(0);
        ready();
        assertTrue(stamper(honest).turn().orElseThrow().timed());
        assertEquals(1, asked.get());
        token(4, TreeHash.SM3).verify(note(4, TreeHash.SM3), List.of(ROOT.root()));
    }

    @Test
    void theNextAuthorityAnswersForOneThatDoesNotOrLies() throws Exception {
        publish(4);
        DemonstrationAuthority stranger = DemonstrationAuthority.create(Suite.INTL, NOW.minus(YEARS), NOW.plus(YEARS));
        KeyFile key = stranger.issueForTimeStamping("liar", NOW.minus(YEARS), NOW.plus(YEARS));
        TimeAuthority liar = new TimeAuthority(
                "liar", List.of(ROOT.root()), true, new TimeStampAuthority(key.signer(), at(NOW))::answer);
        TimeAuthority silent = new TimeAuthority("silent", List.of(ROOT.root()), true, request -> {
            throw new IOException("no answer");
        });
        TimeStamper.Turn turn =
                stamper(silent, liar, authority("third", NOW)).turn().orElseThrow();
        assertTrue(turn.timed());
        assertEquals(
                List.of("silent: IOException", "liar: UNTRUSTED", "silent: IOException", "liar: UNTRUSTED"),
                turn.failures());
        assertEquals(2, database.number("SELECT count(*) FROM xietong.ledger_timestamp WHERE authority = 'third'"));
    }

    @Test
    void ourWrongClockStopsNothing() throws Exception {
        for (Duration wrong : List.of(YEARS, YEARS.negated())) {
            empty();
            publish(4);
            TimeStamper.Turn turn = new TimeStamper(
                            rows,
                            () -> List.of(authority("a", NOW)),
                            Duration.ofHours(1),
                            Duration.ZERO,
                            TOLERANCE,
                            at(NOW.plus(wrong)))
                    .turn()
                    .orElseThrow();
            assertTrue(turn.timed());
            assertEquals(wrong.negated(), turn.difference(), "and is an alarm");
            assertEquals(NOW, token(4, TreeHash.SHA_256).time(), "the authority's time counts");
        }
    }

    @Test
    void twoAuthoritiesThatAgreeOverruleOurClock() throws Exception {
        publish(4);
        TimeStamper.Turn turn = new TimeStamper(
                        rows,
                        () -> List.of(authority("a", NOW), authority("b", NOW.plusSeconds(1))),
                        Duration.ofHours(1),
                        Duration.ZERO,
                        TOLERANCE,
                        at(NOW.plus(YEARS)))
                .turn()
                .orElseThrow();
        assertTrue(turn.timed());
        assertEquals(NOW.plusSeconds(1), token(4, TreeHash.SM3).time());
        assertEquals(YEARS.negated(), turn.difference());
    }

    @Test
    void anAbsurdTimeIsNotTakenWhereAnotherCanBeAsked() throws Exception {
        publish(4);
        TimeStamper.Turn turn = stamper(authority("mad", NOW.plus(YEARS)), authority("sane", NOW))
                .turn()
                .orElseThrow();
        assertTrue(turn.timed());
        assertEquals(NOW, token(4, TreeHash.SHA_256).time());
        assertEquals(List.of("mad: CLOCK", "mad: CLOCK"), turn.failures());
        assertEquals(YEARS, turn.difference(), "and is an alarm");
    }

    @Test
    void whereNoTwoClocksAgreeNoTimeIsTaken() throws Exception {
        publish(4);
        TimeStamper.Turn turn = stamper(authority("mad", NOW.plus(YEARS)), authority("late", NOW.minus(YEARS)))
                .turn()
                .orElseThrow();
        assertTrue(!turn.timed());
        assertEquals(0, database.number("SELECT count(*) FROM xietong.ledger_timestamp"));
    }

    /** The turn was set by a clock that ran ahead; without this the wait would be as long as it was wrong. */
    @Test
    void aDatabaseClockThatIsSetBackStopsNothing() throws Exception {
        publish(4);
        superuser("UPDATE xietong.ledger_timestamp_turn SET next_at = clock_timestamp() + interval '400 days'");
        assertTrue(stamper(authority("a", NOW)).turn().orElseThrow().timed());
    }

    @Test
    void nobodyTakesATimeStampBack() throws Exception {
        publish(4);
        stamper(authority("a", NOW)).turn();
        for (String role : List.of("postgres", "xietong_owner")) {
            for (String sql : List.of(
                    "UPDATE xietong.ledger_timestamp SET gen_time = now()",
                    "DELETE FROM xietong.ledger_timestamp",
                    "TRUNCATE xietong.ledger_timestamp")) {
                assertEquals("55000", failure(role, sql));
            }
        }
        for (String role : List.of("xietong_app", "xietong_eraser", "xietong_auditor")) {
            assertTrue(
                    List.of("42501", "25006")
                            .contains(
                                    failure(
                                            role,
                                            "INSERT INTO xietong.ledger_timestamp (size, tree, authority, token, gen_time) VALUES (9, 'SM3', 'a', '\\x00', now())")));
        }
    }

    private TimeAuthority authority(String name, Instant time) {
        KeyFile key =
                ROOT.issueForTimeStamping(name, NOW.minus(YEARS.multipliedBy(2)), NOW.plus(YEARS.multipliedBy(2)));
        TimeStampAuthority authority = new TimeStampAuthority(key.signer(), at(time));
        return new TimeAuthority(name, List.of(ROOT.root()), true, request -> {
            asked.incrementAndGet();
            if (down.get()) {
                throw new IOException("down");
            }
            return authority.answer(request);
        });
    }

    private static TimeStamper stamper(TimeAuthority... authorities) {
        return waiting(Duration.ZERO, authorities);
    }

    private static TimeStamper waiting(Duration patience, TimeAuthority... authorities) {
        return new TimeStamper(rows, () -> List.of(authorities), Duration.ofHours(1), patience, TOLERANCE, at(NOW));
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }

    /** The pause is over. */
    private static void ready() throws SQLException {
        superuser("UPDATE xietong.ledger_timestamp_turn SET next_at = clock_timestamp() - interval '1 s'");
    }

    private static void vouch(long size) throws SQLException {
        try (Connection connection = database.connect("xietong_sequencer");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO ledger_vouched (by_whom, size) VALUES ('QUORUM', " + size + ")");
        }
    }

    private static void publish(long size) throws SQLException {
        publish(size, "0 s");
    }

    private static void publish(long size, String ago) throws SQLException {
        try (Connection connection = database.connect("xietong_sequencer");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO ledger_checkpoint (size, sha256, sm3, signed_at) VALUES (?, ?, ?, clock_timestamp() - ?::interval)")) {
            insert.setLong(1, size);
            insert.setString(2, "example/log\n" + size + "\nAAAA\n\n— example/log BBBB\n");
            insert.setString(3, "example/log/sm3\n" + size + "\nCCCC\n\n— example/log/sm3 DDDD\n");
            insert.setString(4, ago);
            insert.executeUpdate();
        }
    }

    private static byte[] note(long size, TreeHash tree) throws SQLException {
        String column = tree == TreeHash.SM3 ? "sm3" : "sha256";
        return one("SELECT convert_to(" + column + ", 'UTF8') FROM xietong.ledger_checkpoint WHERE size = " + size);
    }

    private static TimeStampToken token(long size, TreeHash tree) throws Exception {
        return TimeStampToken.parse(
                one("SELECT token FROM xietong.ledger_timestamp WHERE size = " + size + " AND tree = '" + tree + "'"));
    }

    private static byte[] one(String sql) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertTrue(row.next(), sql);
            return row.getBytes(1);
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

    private static String failure(String role, String sql) throws SQLException {
        try (Connection connection = database.connect(role);
                Statement statement = connection.createStatement()) {
            return assertThrows(SQLException.class, () -> statement.execute(sql))
                    .getSQLState();
        }
    }
}
