package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;
import org.xietong.testing.Wire;

/**
 * Journal or database out of reach: nobody gets data, a 404 or an acknowledgement, nothing changes, and the service
 * recovers by itself (I3).
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class StoreOutageTest {
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    private City city;
    private Stored stored;
    private Wire wire;
    private Registered clue;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
        clue = Registered.clue(city);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal_entry",
                "journal_part",
                "journal_body",
                "journal_pending",
                "exchange_index",
                "exchange_touched",
                "nonce",
            })
    void withoutATableOfTheJournalEverythingIsUnavailable(String table) {
        unavailable(
                "ALTER TABLE xietong." + table + " RENAME TO hidden_away",
                "ALTER TABLE xietong.hidden_away RENAME TO " + table);
    }

    @Test
    void withoutTheRightToJournalEverythingIsUnavailable() {
        unavailable(
                "REVOKE INSERT ON xietong.journal_entry FROM xietong_app",
                "GRANT INSERT ON xietong.journal_entry TO xietong_app");
    }

    @Test
    void withoutADatabaseEverythingIsUnavailable() {
        List<PreparedRequest> requests = requests();
        Stored.State before = stored.state();
        TestDatabase.get().stop();
        try {
            requests.forEach(this::refused);
        } finally {
            TestDatabase.get().start();
        }
        recovers(before);
    }

    private void unavailable(String breaks, String mends) {
        List<PreparedRequest> requests = requests();
        Stored.State before = stored.state();
        stored.execute(breaks);
        try {
            requests.forEach(this::refused);
        } finally {
            stored.execute(mends);
        }
        recovers(before);
    }

    private List<PreparedRequest> requests() {
        return List.of(
                create(),
                city.call(City.MSA, "GET", clue.path()).prepare(),
                city.call(City.MSA, "GET", "/v1/clues").prepare(),
                city.call(City.MSA, "GET", "/v1/clues/" + UUID.randomUUID()).prepare(),
                city.call(City.MSA, "POST", clue.path() + "/acts/triage")
                        .idempotencyKey()
                        .ifMatch(clue.etag())
                        .body(City.utf8("{}"))
                        .prepare(),
                city.call(City.MSA, "PUT", "/v1/clues/by-source/" + UUID.randomUUID())
                        .body(City.utf8(Drafts.clue("")))
                        .prepare());
    }

    private void refused(PreparedRequest request) {
        Reply reply = wire.send(request).requireProblem(503, "UNAVAILABLE");
        assertEquals(true, reply.json().get("retryable").asBoolean());
        assertFalse(reply.text().contains(clue.id().toString()), "no data without a journal");
    }

    private void recovers(Stored.State before) {
        assertEquals(before, stored.state(), "nothing was changed, journaled or used up");
        Stored.await(
                "reads and writes work again",
                RECOVERY,
                () -> wire.send(create()).status() == 201
                        && wire.send(city.call(City.MSA, "GET", clue.path()).prepare())
                                        .status()
                                == 200);
    }

    private PreparedRequest create() {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }
}
