package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.app.DatabaseRole;
import org.xietong.crypto.Digests;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.testing.TestDatabase;

/** What a reader must hold, from the feed's table as of his place; and the watch's look, by index however many there are. */
class HeldRecordsTest {
    private static final String UNIT = "COURT-421200";
    private static final String PERSON = "COURT-421200-001";
    private static final int MANY = 25_000;

    private static final SightRebuild CURRENT = new SightRebuild(null, null, null, null) {
        @Override
        boolean isCurrent() {
            return true;
        }
    };

    private DataSource store;
    private DataSource superuser;

    @BeforeEach
    void migrate() throws SQLException {
        TestDatabase server = TestDatabase.get();
        String database = server.fresh();
        server.migrate(database);
        store = server.as(DatabaseRole.APP, database);
        superuser = server.superuser(database);
    }

    @Test
    void isReadInPagesByIndex() throws SQLException, IOException {
        sql("""
                INSERT INTO xietong.sight_change (viewer, record_id, slot, kind, gone, position)
                SELECT v.unit, gen_random_uuid(), 'SIGHT', 'clue', i %% 5 = 0, i * 2 + v.place
                    FROM generate_series(1, %d) AS i, (VALUES ('COURT-421200', 0), ('PROC-421200', 1)) AS v (unit, place)
                """.formatted(MANY));
        sql("VACUUM (ANALYZE) xietong.sight_change");
        SentStatements sent = new SentStatements(store);
        ChangeRows rows = new ChangeRows(sent.recording());
        List<ChangeHeld> held =
                new HeldRecords(rows, CURRENT).of(from(2L * MANY)).orElseThrow();
        List<UUID> ids = new ArrayList<>();
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT record_id FROM xietong.sight_change"
                        + " WHERE viewer = 'COURT-421200' AND NOT gone ORDER BY record_id::text COLLATE \"C\"")) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        assertEquals(List.of(new ChangeHeld("clue", MANY * 4 / 5, sum(ids))), held);
        for (SentStatements.Plan plan : sent.explain(true)) {
            assertEquals(List.of(), plan.readWhole(), plan::toString);
        }
        sent.clear();
        assertEquals(
                Set.of(1),
                rows.told(List.of(
                        from(2L * MANY),
                        List.of(new ChangeRows.From(UNIT, 2L * MANY), new ChangeRows.From("PROC-421200", 7)))));
        for (SentStatements.Plan plan : sent.explain(true)) {
            assertEquals(List.of(), plan.readWhole(), plan::toString);
            assertTrue(plan.rowsRead() <= 20, plan::toString);
        }
    }

    /** As of a place in the past: what came later is not in it, what went later still is, and then nothing is certain. */
    @Test
    void isAsOfThePlaceThatTheReaderHasReached() throws SQLException {
        UUID stays = UUID.randomUUID();
        UUID comes = UUID.randomUUID();
        UUID goes = UUID.randomUUID();
        row(UNIT, stays, false, "10", "NULL");
        row(UNIT, comes, false, "30", "NULL");
        row(UNIT, goes, true, "20", "NULL");
        assertEquals(Optional.of(List.of(new ChangeHeld("clue", 1, sum(List.of(stays))))), held(25));
        assertEquals(Optional.of(List.of(new ChangeHeld("clue", 2, sum(sorted(stays, comes))))), held(35));
        row(UNIT, UUID.randomUUID(), false, "NULL", "NULL");
        assertEquals(2, held(35).orElseThrow().getFirst().records(), "what was never told yet changes nothing");
        row(UNIT, UUID.randomUUID(), true, "NULL", "12");
        assertEquals(Optional.empty(), held(35), "he knows it, and is about to be told that it went");
        assertEquals(1, held(11).orElseThrow().getFirst().records());
    }

    /** The engine shows no longer what the feed's table has not heard of yet. */
    @Test
    void isNotToldWhileSightIsBehindPolicyOrClock() throws SQLException {
        row(UNIT, UUID.randomUUID(), false, "10", "NULL");
        assertEquals(1, held(35).orElseThrow().size());
        SightRebuild behind = new SightRebuild(null, null, null, null) {
            @Override
            boolean isCurrent() {
                return false;
            }
        };
        assertEquals(Optional.empty(), new HeldRecords(new ChangeRows(store), behind).of(from(35)));
        sql("INSERT INTO xietong.record_sight (viewer, id, kind, at, matter_id, state, view, until)"
                + " VALUES ('COURT-421200', gen_random_uuid(), 'clue', now(), gen_random_uuid(), 'S', 'FULL', now())");
        assertEquals(Optional.empty(), held(35));
    }

    @Test
    void countsOnceWhatUnitAndPersonSee() throws SQLException {
        UUID both = UUID.randomUUID();
        row(UNIT, both, false, "10", "NULL");
        row(PERSON, both, false, "11", "NULL");
        List<ChangeRows.From> viewers = List.of(new ChangeRows.From(UNIT, 50), new ChangeRows.From(PERSON, 50));
        assertEquals(
                Optional.of(List.of(new ChangeHeld("clue", 1, sum(List.of(both))))),
                new HeldRecords(new ChangeRows(store), CURRENT).of(viewers));
    }

    /** It costs what the unit sees in all: one such question of each unit at a time. */
    @Test
    void isRefusedToAUnitThatAsksAlready() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        HeldRecords held = new HeldRecords(
                new ChangeRows(store) {
                    @Override
                    boolean isEnding(List<From> viewers) {
                        return false;
                    }

                    @Override
                    List<Known> known(List<From> viewers, UUID after, int limit) {
                        if (viewers.getFirst().viewer().equals(UNIT)) {
                            asked.countDown();
                            await(answered);
                        }
                        return List.of();
                    }
                },
                CURRENT);
        CompletableFuture<Optional<List<ChangeHeld>>> first = CompletableFuture.supplyAsync(() -> held.of(from(1)));
        await(asked);
        ProblemException refused = assertThrows(ProblemException.class, () -> held.of(from(1)));
        assertEquals(ProblemType.RATE_LIMITED, refused.type());
        assertEquals(Optional.of(List.of()), held.of(List.of(new ChangeRows.From("PROC-421200", 1))));
        answered.countDown();
        assertEquals(Optional.of(List.of()), first.get());
        assertEquals(Optional.of(List.of()), held.of(from(1)));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<List<ChangeHeld>> held(long position) {
        return new HeldRecords(new ChangeRows(store), CURRENT).of(from(position));
    }

    private static List<ChangeRows.From> from(long position) {
        return List.of(new ChangeRows.From(UNIT, position));
    }

    private static List<UUID> sorted(UUID... ids) {
        return List.of(ids).stream()
                .sorted((one, other) -> one.toString().compareTo(other.toString()))
                .toList();
    }

    private static String sum(List<UUID> ids) {
        StringBuilder lines = new StringBuilder();
        ids.forEach(id -> lines.append(id).append('\n'));
        return Digests.hex(Digests.sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private void row(String viewer, UUID record, boolean gone, String position, String since) throws SQLException {
        sql("INSERT INTO xietong.sight_change (viewer, record_id, slot, kind, gone, position, since) VALUES ('" + viewer
                + "', '" + record + "', 'SIGHT', 'clue', " + gone + ", " + position + ", " + since + ")");
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
