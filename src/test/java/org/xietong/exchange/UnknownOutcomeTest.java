package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/**
 * The connection is lost while a write commits. A synchronous standby that does not exist holds the commit after it is
 * durable; then its backend is ended. The answer says that the outcome is unknown, and the key tells what happened.
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class UnknownOutcomeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String WAITING =
            "SELECT pid FROM pg_stat_activity WHERE usename = 'xietong_app' AND datname = current_database() AND ";

    private City city;
    private Stored stored;
    private Wire wire;
    private String key;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        key = UUID.randomUUID().toString();
        city.call(City.MSA, "GET", "/v1/policy").send();
    }

    @AfterEach
    void commitsGoOn() {
        stored.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");
    }

    /** The service comes back by itself, and the next test finds it so. */
    @AfterEach
    void awaitService() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < end && !answers()) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static boolean answers() {
        return City.current()
                        .client(City.MSA)
                        .exchangeUnverified(City.current()
                                .call(City.MSA, "GET", "/v1/clues?limit=1")
                                .prepare())
                        .status()
                == 200;
    }

    @Test
    void aCommitWhoseOutcomeIsUnknownSaysSoAndTheKeyTellsThatItWasDone() {
        long records = stored.count("record");
        PreparedRequest write = create();
        stored.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'", "SELECT pg_reload_conf()");
        CompletableFuture<Reply> answer = CompletableFuture.supplyAsync(() -> wire.send(write));
        end("wait_event = 'SyncRep'", answer);
        Reply unknown = answer.join().requireProblem(503, "OUTCOME_UNKNOWN");
        assertTrue(unknown.json().get("retryable").asBoolean());
        commitsGoOn();

        assertEquals(records + 1, stored.count("record"), "it was durable");
        Reply told = wire.send(create()).requireStatus(201);
        assertTrue(told.json().at("/meta/repeated").asBoolean());
        assertEquals(
                unknown.exchangeId().orElseThrow(),
                told.json().at("/meta/firstExchange").asText());
        assertEquals(records + 1, stored.count("record"));
        assertEquals(
                "PERMIT",
                stored.text(
                        "SELECT outcome FROM xietong.exchange_index WHERE id = ?::uuid",
                        unknown.exchangeId().orElseThrow()),
                "the entry of the change stands");
    }

    @Test
    void aConnectionLostBeforeTheCommitChangesNothingAndTheKeyIsFree() throws SQLException {
        Stored.State before = stored.state();
        PreparedRequest write = create();
        CompletableFuture<Reply> answer;
        try (Connection holder = stored.connect();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("LOCK TABLE xietong.journal_entry IN SHARE MODE");
            answer = CompletableFuture.supplyAsync(() -> wire.send(write));
            end("wait_event_type = 'Lock'", answer);
            answer.join().requireProblem(503, "UNAVAILABLE");
            holder.rollback();
        }
        assertEquals(before.cases(), stored.cases());
        awaitService();
        Reply done = wire.send(create()).requireStatus(201);
        assertTrue(done.json().at("/meta/repeated").isMissingNode());
    }

    /** Ends the service's backends that wait so, until the request is answered: others than its own may wait first. */
    private void end(String waiting, CompletableFuture<Reply> answer) {
        Stored.await(waiting, PATIENCE, () -> {
            stored.texts(WAITING + waiting).forEach(pid -> stored.text("SELECT pg_terminate_backend(?::int)", pid));
            return answer.isDone();
        });
    }

    private PreparedRequest create() {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }
}
