package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;

/**
 * {@code kill -9} of the service, of PostgreSQL, and of both at once, under load, first with one replica and then with two: no
 * answered exchange is lost, positions have no gap, no key takes effect twice, and no two checkpoints contradict each
 * other. {@code -Dxietong.kills=400} for a longer run.
 */
class LedgerKillsIT {
    private static final int CYCLES = Integer.getInteger("xietong.kills", 30);
    private static final int CLIENTS = 4;
    /** Far longer than the merge delay that is promised: what is lost never comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PROVEN_EACH_CYCLE = 5;

    /** What is killed; the replica is one of two, once there are two. */
    private enum Kill {
        SERVICE,
        DATABASE,
        BOTH
    }

    /** Most are of the database: it is up again soonest. */
    private static final List<Kill> KILLS =
            List.of(Kill.DATABASE, Kill.SERVICE, Kill.DATABASE, Kill.BOTH, Kill.DATABASE);

    private final Random random = new Random(20260);
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final List<String> answered = new ArrayList<>();
    /** Those that answer now, with the city as it calls each. */
    private final List<Replica> replicas = new CopyOnWriteArrayList<>();

    private Map<String, String> configuration;
    private City city;
    private Stored stored;
    private LogFollower follower;
    private int proofs;
    private long slowest;
    private volatile boolean ending;

    private record Replica(ServiceProcess process, City city) {}

    @BeforeEach
    void start() throws IOException {
        configuration = new CityResource().start();
        configuration.put("xietong.exchange.requests-per-second", "1000000");
        ServiceProcess first = ServiceProcess.start(configuration);
        city = City.at(first.base(), configuration);
        stored = city.stored();
        replicas.add(new Replica(first, city));
        follower = new LogFollower(city);
    }

    @AfterEach
    void stop() {
        ending = true;
        replicas.forEach(replica -> replica.process().close());
    }

    @Test
    void noKillLosesRepeatsOrForksAnything() throws Exception {
        Thread following = Thread.ofPlatform().start(this::follow);
        Set<String> keys;
        try (KeepingClients clients = new KeepingClients(
                CLIENTS, () -> replicas.stream().map(Replica::city).toList())) {
            keys = clients.keys();
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                if (cycle == CYCLES / 2) {
                    serve();
                }
                clients.awaitAnswers(20 + random.nextInt(40));
                kill(KILLS.get(cycle % KILLS.size()));
                clients.awaitAnswers(10);
                assertNothingLost(clients.takeAnswered());
                System.out.printf(
                        "%tT kill %d of %d: %d answered, %d in checkpoints, %d consistency proofs, log behind %d ms at most %s%n",
                        System.currentTimeMillis(),
                        cycle + 1,
                        CYCLES,
                        answered.size(),
                        follower.covered(),
                        proofs,
                        slowest,
                        clients.told());
            }
            clients.close();
            assertNothingLost(clients.takeAnswered());
            assertEachKeyTookEffectOnce(clients);
        }
        ending = true;
        following.join();
        assertTrue(faults.isEmpty(), () -> "the follower: " + faults);
        assertEquals(keys.size(), stored.count("record"));
        assertRecomputed();
    }

    private void kill(Kill kill) {
        if (kill == Kill.DATABASE) {
            TestDatabase.get().kill();
            TestDatabase.get().start();
            return;
        }
        Replica victim = replicas.get(random.nextInt(replicas.size()));
        if (kill == Kill.BOTH) {
            TestDatabase.get().kill();
        }
        victim.process().kill();
        if (kill == Kill.BOTH) {
            TestDatabase.get().start();
        }
        serve();
        replicas.remove(victim);
    }

    private void serve() {
        ServiceProcess process = ServiceProcess.start(configuration);
        replicas.add(new Replica(process, city.at(process.base())));
    }

    private URI anyone() {
        return replicas.getLast().process().base();
    }

    private void follow() {
        while (!ending) {
            try {
                for (Replica replica : replicas) {
                    follower.look(replica.process().base());
                }
            } catch (Throwable fork) {
                faults.add(fork);
            }
            LockSupport.parkNanos(150_000_000);
        }
    }

    /** At once in the journal; once the log has caught up, at its place, below a checkpoint that was published. */
    private void assertNothingLost(List<String> ids) throws Exception {
        assertTrue(!ids.isEmpty(), "nobody was answered");
        answered.addAll(ids);
        Object all = ids.toArray(String[]::new);
        assertEquals(
                0,
                stored.number(
                        "SELECT count(*) FROM unnest(?::uuid[]) AS a (id)"
                                + " WHERE NOT EXISTS (SELECT 1 FROM xietong.journal_entry e WHERE e.id = a.id)",
                        all),
                "an answered exchange has no entry");
        long begun = System.nanoTime();
        Stored.await(
                "all that was answered is in published checkpoints",
                PATIENCE,
                () -> stored.number(
                                "SELECT count(*) FROM unnest(?::uuid[]) AS a (id) WHERE NOT EXISTS"
                                        + " (SELECT 1 FROM xietong.ledger_leaf l WHERE l.entry_id = a.id AND l.position < ?)",
                                all,
                                follower.covered())
                        == 0);
        slowest = Math.max(slowest, (System.nanoTime() - begun) / 1_000_000);
        assertTrue(faults.isEmpty(), () -> "the follower: " + faults);
        assertEquals(
                "t",
                stored.text("SELECT (SELECT size FROM xietong.ledger_head) = count(*)"
                        + " AND coalesce(min(position), 0) = 0 AND coalesce(max(position) + 1, 0) = count(*)"
                        + " FROM xietong.ledger_leaf"),
                "positions have a gap");
        assertEquals(
                0,
                stored.number("SELECT count(*) FROM xietong.journal_entry e"
                        + " LEFT JOIN xietong.ledger_leaf l ON l.entry_id = e.id"
                        + " LEFT JOIN xietong.journal_pending p ON p.entry_id = e.id"
                        + " WHERE (l.entry_id IS NULL) = (p.entry_id IS NULL)"),
                "an entry neither waits nor stands in the log, or does both");
        proofs += follower.prove(anyone());
        for (int i = 0; i < PROVEN_EACH_CYCLE; i++) {
            String id = ids.get(random.nextInt(ids.size()));
            follower.proveInclusion(
                    anyone(),
                    stored.number("SELECT position FROM xietong.ledger_leaf WHERE entry_id = ?::uuid", id),
                    stored.bytes("SELECT bytes FROM xietong.journal_entry WHERE id = ?::uuid", id));
        }
    }

    private void assertEachKeyTookEffectOnce(KeepingClients clients) {
        assertEquals(clients.keys(), clients.records().keySet(), "every write was answered in the end");
        assertEquals(clients.keys().size(), new HashSet<>(clients.records().values()).size(), "two keys, one record");
        assertEquals(
                0,
                stored.number("SELECT count(*) FROM xietong.record r WHERE 1 <> (SELECT count(*)"
                        + " FROM xietong.exchange_touched t JOIN xietong.journal_entry e ON e.id = t.entry_id"
                        + " WHERE t.subject = r.id AND t.changed)"),
                "every record has the one entry that made it");
    }

    /** Everything derived again from the entries: each root that was ever published, and each tile that is served. */
    private void assertRecomputed() throws Exception {
        Set<String> logged = new HashSet<>();
        List<byte[]> entries = new ArrayList<>();
        try (Connection connection = stored.connect();
                PreparedStatement select = connection.prepareStatement("SELECT e.id, e.bytes FROM xietong.ledger_leaf l"
                        + " JOIN xietong.journal_entry e ON e.id = l.entry_id ORDER BY l.position");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                assertTrue(logged.add(row.getString(1)), "an entry stands in the log twice");
                entries.add(row.getBytes(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertTrue(logged.containsAll(answered), "all that was answered is in the log");
        assertEquals(answered.size(), new HashSet<>(answered).size(), "one exchange, one id");
        for (TreeHash tree : TreeHash.values()) {
            RecomputedLog log = new RecomputedLog(tree, entries);
            follower.checkpoints(tree).values().forEach(log::assertMakes);
            Checkpoint newest = follower.newest(tree).orElseThrow();
            log.assertTiles(newest.size(), follower.tiles(anyone(), tree));
        }
        System.out.printf(
                "kills: %d cycles, %d exchanges answered, %d entries, %d and %d checkpoints fetched%n",
                CYCLES,
                answered.size(),
                entries.size(),
                follower.checkpoints(TreeHash.SHA_256).size(),
                follower.checkpoints(TreeHash.SM3).size());
    }
}
