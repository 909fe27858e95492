package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.Race;
import org.xietong.testing.TestDatabase;

/** Positions of the feed: complete and in order under concurrent writers, late commits and several sequencers. */
class ChangeSequencerTest {
    private static final String READER = "MSA-421200";
    private static final int WRITERS = 6;
    private static final int EACH = 40;
    private static final int LIMIT = 50;
    private static final Duration TAKE_OVER = Duration.ofSeconds(5);

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
    void aReaderMissesNothingOfManyWritersAndOfTwoSequencersAtOnce() throws Exception {
        AtomicInteger writing = new AtomicInteger(WRITERS);
        Set<UUID> written = new HashSet<>();
        List<List<UUID>> plans = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            List<UUID> plan = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                plan.add(UUID.randomUUID());
            }
            plans.add(plan);
            written.addAll(plan);
        }
        List<Callable<List<ChangeRows.Row>>> all = new ArrayList<>();
        for (List<UUID> plan : plans) {
            all.add(() -> {
                write(plan);
                writing.decrementAndGet();
                return List.of();
            });
        }
        for (int s = 0; s < 2; s++) {
            ChangeSequencer sequencer = new ChangeSequencer(store);
            all.add(() -> {
                while (writing.get() > 0 || pending() > 0) {
                    expireLease();
                    sequencer.sequence();
                }
                return List.of();
            });
        }
        all.add(() -> poll(writing));
        List<ChangeRows.Row> read = Race.run(all).getLast();

        assertEquals(written.size(), read.size());
        assertEquals(
                written, new HashSet<>(read.stream().map(ChangeRows.Row::record).toList()));
        assertEquals(
                read.stream().map(ChangeRows.Row::position).sorted().distinct().toList(),
                read.stream().map(ChangeRows.Row::position).toList());
    }

    /** Two sequencers whose lease both take for expired: no position is given twice, no change stays without one. */
    @Test
    void twoAtOnceGiveEachChangeOnePosition() throws Exception {
        List<UUID> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(UUID.randomUUID());
        }
        appear(store, records);
        Race.run(4, () -> {
            ChangeSequencer sequencer = new ChangeSequencer(store);
            while (pending() > 0) {
                expireLease();
                sequencer.sequence();
            }
            return 0;
        });
        assertEquals(500, new ChangeRows(store).after(from(0), 1_000).size());
    }

    @Test
    void anotherTakesOverWithinFiveSeconds() throws Exception {
        ChangeSequencer first = new ChangeSequencer(store);
        ChangeSequencer second = new ChangeSequencer(store);
        appear(store, List.of(UUID.randomUUID()));
        assertEquals(1, first.sequence());
        appear(store, List.of(UUID.randomUUID()));
        assertEquals(0, second.sequence(), "the first one holds the lease");
        Instant stopped = Instant.now();
        while (second.sequence() == 0) {
            assertTrue(Instant.now().isBefore(stopped.plus(TAKE_OVER)), "nobody took over");
            Thread.onSpinWait();
        }
        appear(store, List.of(UUID.randomUUID()));
        assertEquals(0, first.sequence(), "the second one holds it now");
    }

    /** The holder died, and then the database's clock was set back: its lease would last for an hour. */
    @Test
    void aLeaseFromAClockThatWasSetBackIsNoLease() throws Exception {
        ChangeSequencer first = new ChangeSequencer(store);
        appear(store, List.of(UUID.randomUUID()));
        assertEquals(1, first.sequence());
        sql("UPDATE xietong.change_sequencer SET until = clock_timestamp() + interval '1 hour'");
        appear(store, List.of(UUID.randomUUID()));
        assertEquals(1, new ChangeSequencer(store).sequence());
    }

    /** With 100,000 entries: what a page costs depends on the page. */
    @Test
    void aPageIsReadByIndex() throws SQLException, IOException {
        sql("""
                INSERT INTO xietong.sight_change (viewer, record_id, slot, kind, gone, position)
                SELECT v.unit, gen_random_uuid(), 'SIGHT', 'clue', false, i * 3 + v.place
                    FROM generate_series(1, 33000) AS i,
                        (VALUES ('MSA-421200', 0), ('PROC-421200', 1), ('PROC-421200-001', 2)) AS v (unit, place)
                """);
        sql("VACUUM (ANALYZE) xietong.sight_change");
        SentStatements sent = new SentStatements(store);
        ChangeRows rows = new ChangeRows(sent.recording());
        for (long depth : List.of(0L, 50_000L, 98_000L)) {
            for (List<ChangeRows.From> viewers : List.of(
                    from(depth),
                    List.of(
                            new ChangeRows.From("PROC-421200", depth),
                            new ChangeRows.From("PROC-421200-001", depth / 2)))) {
                sent.clear();
                int read = rows.after(viewers, LIMIT).size();
                assertEquals(LIMIT, read);
                List<SentStatements.Plan> plans = new ArrayList<>(sent.explain(false));
                plans.addAll(sent.explain(true));
                for (SentStatements.Plan plan : plans) {
                    assertEquals(List.of(), plan.readWhole(), plan::toString);
                    assertTrue(plan.rowsRead() <= 2L * LIMIT, plan::toString);
                }
            }
        }
    }

    /** Transactions that lie open for a while, so that what began first is not what commits first. */
    private void write(List<UUID> plan) throws SQLException {
        for (UUID record : plan) {
            try (Connection connection = store.getConnection()) {
                connection.setAutoCommit(false);
                appear(within(connection), List.of(record));
                long until = System.nanoTime() + ThreadLocalRandom.current().nextLong(20_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                connection.commit();
            }
        }
    }

    private List<ChangeRows.Row> poll(AtomicInteger writing) throws SQLException {
        ChangeRows rows = new ChangeRows(store);
        List<ChangeRows.Row> read = new ArrayList<>();
        while (true) {
            boolean done = writing.get() == 0 && pending() == 0;
            long last = read.isEmpty() ? 0 : read.getLast().position();
            List<ChangeRows.Row> next = rows.after(from(last), 7);
            read.addAll(next);
            if (done && next.isEmpty()) {
                return read;
            }
        }
    }

    private static List<ChangeRows.From> from(long position) {
        return List.of(new ChangeRows.From(READER, position));
    }

    private static void appear(DataSource at, List<UUID> records) {
        UUID matter = UUID.randomUUID();
        List<SightRows.Row> wanted = records.stream()
                .map(id -> new SightRows.Row(READER, id, "clue", Instant.now(), matter, "REGISTERED", "FULL", null, 1))
                .toList();
        new SightRows(at).replace(records, wanted);
    }

    /** A data source of this one connection, which whoever takes it does not close. */
    private static DataSource within(Connection connection) {
        Connection kept = (Connection) Proxy.newProxyInstance(
                ChangeSequencerTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, args) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                ChangeSequencerTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> kept);
    }

    private int pending() throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM xietong.sight_change WHERE position IS NULL")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void expireLease() throws SQLException {
        sql("UPDATE xietong.change_sequencer SET until = timestamptz '1970-01-01' WHERE random() < 0.2");
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
