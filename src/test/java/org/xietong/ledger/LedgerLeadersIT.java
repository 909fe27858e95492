package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.client.PreparedRequest;
import org.xietong.client.SignedAnswer;
import org.xietong.evidence.TreeHash;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;

/**
 * Two replicas; the leader is halted inside the transaction in which it puts an entry into the trees. The other takes over within
 * five seconds, and once the first goes on, nothing of that transaction is stored. {@code -Dxietong.leaders=50} for more runs.
 */
class LedgerLeadersIT {
    private static final int RUNS = Integer.getInteger("xietong.leaders", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long TAKEN_OVER_MILLIS = 5_000;
    /** Who waits for the test's lock, inside the sequencer's transaction: its port, and the transaction. */
    private static final String INSIDE = """
            SELECT client_port || ' ' || backend_xid FROM pg_stat_activity
                WHERE usename = 'xietong_sequencer' AND datname = current_database() AND backend_xid IS NOT NULL
                    AND wait_event_type = 'Lock' AND query LIKE 'WITH leaf AS%'
            """;

    private static final String NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
    private static final Pattern REFUSED = Pattern.compile("entries are not sequenced or published");

    private static final List<Replica> REPLICAS = new ArrayList<>();
    private static City city;
    private static Stored stored;
    private static LogFollower follower;

    private record Replica(ServiceProcess process, Relay relay, City city) {
        /** How often a round of its sequencer was refused. */
        long refused() {
            return REFUSED.matcher(process.log()).results().count();
        }
    }

    /** The transaction in which a leader was halted, and when it could have gone on, by the database's clock. */
    private record Halted(Replica leader, String transaction, long at) {}

    /** How a leader comes to a halt, with its connections open. */
    private enum Halt {
        /** SIGSTOP, then SIGCONT. */
        STOPPED {
            @Override
            void on(Replica leader) {
                leader.process().pause();
            }

            @Override
            void off(Replica leader) {
                leader.process().resume();
            }
        },
        /** Nothing passes between it and the database, and no connection ends. */
        CUT_OFF {
            @Override
            void on(Replica leader) {
                leader.relay().freeze();
            }

            @Override
            void off(Replica leader) {
                leader.relay().thaw();
            }
        };

        abstract void on(Replica leader);

        abstract void off(Replica leader);
    }

    @BeforeAll
    static void start() throws IOException {
        Map<String, String> configuration = new CityResource().start();
        String url = configuration.get("xietong.database.url");
        for (int i = 0; i < 2; i++) {
            Relay relay = new Relay(TestDatabase.get().port());
            Map<String, String> own = new HashMap<>(configuration);
            own.put("xietong.database.url", url.replaceFirst(":\\d+/", ":" + relay.port() + "/"));
            ServiceProcess process = ServiceProcess.start(own);
            city = city == null ? City.at(process.base(), configuration) : city.at(process.base());
            REPLICAS.add(new Replica(process, relay, city));
        }
        stored = city.stored();
        follower = new LogFollower(city);
    }

    @AfterEach
    void goOn() {
        REPLICAS.forEach(replica -> {
            Halt.CUT_OFF.off(replica);
            Halt.STOPPED.off(replica);
        });
    }

    @AfterAll
    static void stop() throws IOException {
        for (Replica replica : REPLICAS) {
            replica.process().close();
            replica.relay().close();
        }
    }

    @ParameterizedTest
    @EnumSource(Halt.class)
    void anotherTakesOverAndTheHaltedOneWritesNothing(Halt halt) throws Exception {
        List<Long> took = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            took.add(takenOver(halt));
        }
        System.out.printf("%s: taken over after %s ms%n", halt, took);
    }

    /** @return milliseconds from the moment when the halted leader's transaction could have gone on */
    private static long takenOver(Halt halt) throws Exception {
        for (Replica replica : REPLICAS) {
            Stored.await("answers", PATIENCE, () -> read(replica).isPresent());
        }
        Stored.await("nothing waits", PATIENCE, () -> stored.count("journal_pending") == 0);
        long epoch = stored.number("SELECT epoch FROM xietong.ledger_head");
        Halted halted = haltInside(halt);
        long refused = halted.leader().refused();
        Stored.await("another puts the entry in the log", PATIENCE, () -> stored.count("journal_pending") == 0);
        long took = stored.number("SELECT (extract(epoch FROM moved_at) * 1000)::bigint FROM xietong.ledger_head")
                - halted.at();
        assertTrue(took <= TAKEN_OVER_MILLIS, () -> "taken over after " + took + " ms");
        assertTrue(stored.number("SELECT epoch FROM xietong.ledger_head") > epoch, "by a leader of a later epoch");

        halt.off(halted.leader());
        Stored.await(
                "the first one's round is refused",
                PATIENCE,
                () -> halted.leader().refused() > refused);
        assertEquals("aborted", stored.text("SELECT pg_xact_status(?::xid8)", halted.transaction()));
        Stored.await(
                "the first one answers", PATIENCE, () -> read(halted.leader()).isPresent());
        assertWhole();
        return took;
    }

    /** Holds the leader at its first leaf by a lock, halts it there, and lets go. */
    private static Halted haltInside(Halt halt) throws SQLException {
        for (int attempt = 0; attempt < 10; attempt++) {
            try (Connection holder = stored.connect();
                    Statement lock = holder.createStatement()) {
                holder.setAutoCommit(false);
                lock.execute("LOCK TABLE xietong.ledger_leaf IN SHARE MODE");
                REPLICAS.forEach(LedgerLeadersIT::read);
                Stored.await("a leader inside its transaction", PATIENCE, () -> !inside().isEmpty());
                String[] session = inside().split(" ");
                Optional<Replica> leader = session.length < 2
                        ? Optional.empty()
                        : REPLICAS.stream()
                                .filter(replica -> replica.relay().carries(Integer.parseInt(session[0])))
                                .findAny();
                if (leader.isEmpty()) {
                    continue;
                }
                halt.on(leader.get());
                if (inside().equals(String.join(" ", session))) {
                    long at = stored.number(NOW);
                    holder.rollback();
                    return new Halted(leader.get(), session[1], at);
                }
                // Its wait for the lock had ended before: it is not inside any more.
                halt.off(leader.get());
            }
        }
        throw new AssertionError("no leader could be halted inside its transaction");
    }

    private static String inside() {
        return stored.text(INSIDE);
    }

    /** An exchange at this replica; empty if it does not answer as it should. */
    private static Optional<SignedAnswer> read(Replica replica) {
        try {
            PreparedRequest request =
                    replica.city().call(City.MSA, "GET", "/v1/clues?limit=1").prepare();
            SignedAnswer answer = replica.city().client(City.MSA).exchange(request);
            return Optional.of(answer).filter(a -> a.status() == 200);
        } catch (RuntimeException notNow) {
            return Optional.empty();
        }
    }

    /** Every entry at one place, both trees those of the entries, what is served consistent with all that was served before. */
    private static void assertWhole() throws Exception {
        Stored.await(
                "checkpoints of all",
                PATIENCE,
                () -> stored.number("SELECT count(*) FROM xietong.journal_entry")
                        == stored.number("SELECT max(size) FROM xietong.ledger_checkpoint"));
        URI anyone = REPLICAS.getFirst().process().base();
        follower.look(anyone);
        follower.prove(anyone);
        List<byte[]> entries = stored
                .texts("SELECT encode(e.bytes, 'hex') FROM xietong.ledger_leaf l"
                        + " JOIN xietong.journal_entry e ON e.id = l.entry_id ORDER BY l.position")
                .stream()
                .map(HexFormat.of()::parseHex)
                .toList();
        assertEquals(stored.count("journal_entry"), entries.size());
        assertEquals(entries.size(), stored.number("SELECT max(position) + 1 FROM xietong.ledger_leaf"));
        for (TreeHash tree : TreeHash.values()) {
            RecomputedLog log = new RecomputedLog(tree, entries);
            log.assertMakes(follower.newest(tree).orElseThrow());
            log.assertTiles(follower.newest(tree).orElseThrow().size(), follower.tiles(anyone, tree));
        }
    }
}
