package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/**
 * {@code kill -9} around a commit. A synchronous standby that does not exist holds the commit once it is durable; a lock
 * on the journal holds the write before. Either way the key tells afterwards what happened, and there is one effect.
 */
class CrashIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SESSIONS =
            "SELECT pid FROM pg_stat_activity WHERE usename = 'xietong_app' AND datname = current_database()";

    private static Map<String, String> configuration;
    private static ServiceProcess service;
    private static City city;
    private static Stored stored;
    private static Wire wire;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        configuration = new CityResource().start();
        serve();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aWriteKilledBetweenCommitAndAnswerTookEffectOnce() {
        long records = stored.count("record");
        PreparedRequest write = write(key);
        stored.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
        CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> wire.send(write));
        // the feed's sequencer renews its lease meanwhile, and waits as well; but not in a transaction's COMMIT
        awaitSession("wait_event = 'SyncRep' AND query ILIKE 'COMMIT%'");
        service.kill();
        unanswered(answer);
        commitsGoOn();
        serve();

        Stored.await("the commit is seen", PATIENCE, () -> stored.count("record") == records + 1);
        Reply told = wire.send(write(key)).requireStatus(201);
        assertTrue(told.json().at("/meta/repeated").asBoolean());
        assertEquals(1, told.json().get("version").asInt());
        assertEquals(records + 1, stored.count("record"), "one effect");
        assertEquals(
                "PERMIT",
                stored.text(
                        "SELECT outcome FROM xietong.exchange_index WHERE id = ?::uuid",
                        told.json().at("/meta/firstExchange").asText()),
                "what took effect is journaled though nobody was answered");
        wire.send(write).requireJournaledProblem(409, "REPLAYED");
    }

    @Test
    void aWriteKilledBeforeItsCommitHadNoEffect() throws SQLException {
        Stored.State before;
        PreparedRequest write = write(key);
        try (Connection holder = stored.connect();
                Statement lock = holder.createStatement()) {
            before = stored.state();
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE xietong.journal_entry IN SHARE MODE");
            CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> wire.send(write));
            awaitSession("wait_event_type = 'Lock'");
            service.kill();
            unanswered(answer);
            holder.rollback();
        }
        Stored.await(
                "the dead service's sessions end",
                PATIENCE,
                () -> stored.texts(SESSIONS).isEmpty());
        assertEquals(before, stored.state(), "neither change nor entry nor nonce");
        serve();

        Reply done = wire.send(write(key)).requireStatus(201);
        assertTrue(done.json().at("/meta/repeated").isMissingNode());
        assertEquals(1, stored.number("SELECT count(*) FROM xietong.idempotency WHERE key = ?", key));
    }

    @Test
    void underLoadNothingAcknowledgedIsLostAndNoKeyTakesEffectTwice() {
        long records = stored.count("record");
        Set<String> tried = ConcurrentHashMap.newKeySet();
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> writers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.runAsync(() -> writeUntilKilled(tried, acknowledged)))
                .toList();
        Stored.await("some writes are acknowledged", PATIENCE, () -> acknowledged.size() >= 20);
        service.kill();
        writers.forEach(CompletableFuture::join);
        Stored.await(
                "the dead service's sessions end",
                PATIENCE,
                () -> stored.texts(SESSIONS).isEmpty());
        serve();

        Set<String> ids = new HashSet<>();
        for (String one : tried) {
            Reply told = wire.send(write(one)).requireStatus(201);
            String id = told.json().get("id").asText();
            assertTrue(ids.add(id), "one key, one record");
            if (acknowledged.containsKey(one)) {
                assertEquals(acknowledged.get(one), id, "an acknowledged write is there");
                assertTrue(told.json().at("/meta/repeated").asBoolean());
            }
        }
        assertFalse(ids.isEmpty());
        assertEquals(records + tried.size(), stored.count("record"));
        assertEquals(
                0,
                stored.number("SELECT count(*) FROM xietong.record r WHERE 1 <> (SELECT count(*)"
                        + " FROM xietong.exchange_touched t JOIN xietong.journal_entry e ON e.id = t.entry_id"
                        + " WHERE t.subject = r.id AND t.changed)"),
                "every record has the one entry that made it");
    }

    private static void writeUntilKilled(Set<String> tried, Map<String, String> acknowledged) {
        try {
            while (true) {
                String one = UUID.randomUUID().toString();
                PreparedRequest write = write(one);
                tried.add(one);
                Reply reply = wire.send(write).requireStatus(201);
                acknowledged.put(one, reply.json().get("id").asText());
            }
        } catch (UncheckedIOException killed) {
            // As meant: from here on nobody answers.
        }
    }

    /** Starts the service, again where it was killed. */
    private static void serve() {
        service = ServiceProcess.start(configuration);
        city = City.at(service.base(), configuration);
        stored = city.stored();
        wire = city.wire();
        city.client(City.MSA).call("GET", "/v1/clues").prepare();
    }

    @AfterEach
    void commitsGoOn() {
        stored.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
    }

    private static void awaitSession(String state) {
        Stored.await(
                state, PATIENCE, () -> !stored.texts(SESSIONS + " AND " + state).isEmpty());
    }

    private static void unanswered(CompletableFuture<Reply> answer) {
        assertThrows(CompletionException.class, answer::join, "nobody may have been answered");
    }

    private static PreparedRequest write(String under) {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(under)
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }
}
