package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;
import org.xietong.testing.Registered;
import org.xietong.testing.Reply;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** One key, one effect; whoever asks again learns what was done, and nothing more. */
@QuarkusTest
@WithTestResource(CityResource.class)
class IdempotencyTest {
    private static final int RACERS = 8;

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
    }

    @RepeatedTest(3)
    void ofEightRacingWritesUnderOneKeyOneTakesEffect() {
        long records = stored.count("record");
        List<Reply> replies = race(this::create);
        oneEffect(201, replies);
        assertEquals(records + 1, stored.count("record"));
    }

    @RepeatedTest(3)
    void ofEightRacingActsUnderOneKeyOneTakesEffect() {
        Registered clue = Registered.clue(city);
        List<Reply> replies = race(() -> triage(clue));
        oneEffect(200, replies);
        assertEquals(2, version(clue));
    }

    @Test
    void aRepeatedWriteTellsWhatTheFirstDidWithoutContent() {
        Reply first = wire.send(create()).requireStatus(201);
        Stored.State before = stored.state();
        Reply again = wire.send(create()).requireStatus(201);
        assertRepeats(first, again);
        assertEquals(before.cases(), stored.cases(), "a repetition changes nothing");
        assertEquals(before.entries() + 1, stored.count("journal_entry"), "a repetition is an exchange");
    }

    @Test
    void aRepeatedActTellsWhatTheFirstDidWhateverHappenedSince() {
        Registered clue = Registered.clue(city);
        Reply first = wire.send(triage(clue)).requireStatus(200);
        wire.send(city.call(City.MSA, "POST", clue.path() + "/acts/accept")
                        .idempotencyKey()
                        .ifMatch(first.etag())
                        .body(City.utf8("{}"))
                        .prepare())
                .requireStatus(200);
        Reply again = wire.send(triage(clue)).requireStatus(200);
        assertRepeats(first, again);
        assertEquals(3, version(clue));
    }

    @Test
    void aRepeatedUpsertUnderAKeyTellsWhatTheFirstDid() {
        String target = "/v1/clues/by-source/" + UUID.randomUUID();
        Reply first = wire.send(upsert(target)).requireStatus(201);
        assertRepeats(first, wire.send(upsert(target)).requireStatus(201));
    }

    @Test
    void anotherRequestUnderAUsedKeyIsRefused() {
        Registered clue = Registered.clue(city);
        wire.send(create()).requireStatus(201);
        String cases = stored.cases();
        PreparedRequest otherBody = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(Drafts.clue("乙")))
                .prepare();
        wire.send(otherBody).requireJournaledProblem(422, "IDEMPOTENCY_KEY_REUSED");
        wire.send(triage(clue)).requireJournaledProblem(422, "IDEMPOTENCY_KEY_REUSED");
        wire.send(upsert("/v1/clues/by-source/" + key)).requireJournaledProblem(422, "IDEMPOTENCY_KEY_REUSED");
        assertEquals(cases, stored.cases());
    }

    @Test
    void theSameKeyOfAnotherSystemIsAnotherKey() {
        Reply first = wire.send(create()).requireStatus(201);
        Reply other = wire.send(city.call(City.MSA_DISTRICT, "POST", "/v1/clues")
                        .idempotencyKey(key)
                        .body(City.utf8(Drafts.clue("")))
                        .prepare())
                .requireStatus(201);
        assertNotEquals(first.json().get("id"), other.json().get("id"));
        assertTrue(other.json().at("/meta/repeated").isMissingNode());
    }

    @Test
    void failedWritesAreNotRemembered() {
        PreparedRequest senseless = city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8("{\"noStateSecret\": true, \"content\": {}}"))
                .prepare();
        wire.send(senseless).requireJournaledProblem(422, "INVALID_CONTENT");
        wire.send(create()).requireStatus(201);
    }

    @Test
    void anActThatMissedItsPreconditionIsNotRemembered() {
        Registered clue = Registered.clue(city);
        PreparedRequest stale = city.call(City.MSA, "POST", clue.path() + "/acts/triage")
                .idempotencyKey(key)
                .ifMatch("\"stale\"")
                .body(City.utf8("{}"))
                .prepare();
        wire.send(stale).requireJournaledProblem(412, "PRECONDITION_FAILED");
        assertTrue(wire.send(triage(clue))
                .requireStatus(200)
                .json()
                .at("/meta/repeated")
                .isMissingNode());
    }

    private List<Reply> race(Supplier<PreparedRequest> request) {
        List<Callable<Reply>> calls = Stream.generate(request)
                .limit(RACERS)
                .<Callable<Reply>>map(one -> () -> wire.send(one))
                .toList();
        return Race.run(calls);
    }

    private static void oneEffect(int status, List<Reply> replies) {
        List<String> told = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (Reply reply : replies) {
            if (reply.status() == status) {
                ids.add(reply.json().get("id").asText());
                told.add(reply.json().at("/meta/repeated").asBoolean() ? "repeated" : "done");
            } else {
                reply.requireJournaledProblem(409, "IDEMPOTENCY_IN_FLIGHT");
                assertTrue(reply.json().get("retryable").asBoolean());
            }
        }
        assertEquals(1, told.stream().filter("done"::equals).count(), told.toString());
        assertEquals(1, ids.size());
    }

    private static void assertRepeats(Reply first, Reply again) {
        JsonNode did = first.json();
        JsonNode told = again.json();
        assertEquals(did.get("id"), told.get("id"));
        assertEquals(did.get("kind"), told.get("kind"));
        assertEquals(did.get("version"), told.get("version"));
        assertTrue(told.at("/meta/repeated").asBoolean());
        assertEquals(
                first.exchangeId().orElseThrow(), told.at("/meta/firstExchange").asText());
        assertNotEquals(first.exchangeId(), again.exchangeId());
        Set<String> names = new TreeSet<>();
        told.fieldNames().forEachRemaining(names::add);
        assertEquals(Set.of("id", "kind", "version", "meta"), names, "no content");
        assertTrue(again.headers().firstValue("ETag").isEmpty(), "no entity tag for what is not shown");
    }

    private long version(Registered record) {
        return stored.number(
                "SELECT version FROM xietong.record WHERE id = ?::uuid",
                record.id().toString());
    }

    private PreparedRequest create() {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }

    private PreparedRequest triage(Registered clue) {
        return city.call(City.MSA, "POST", clue.path() + "/acts/triage")
                .idempotencyKey(key)
                .ifMatch(clue.etag())
                .body(City.utf8("{}"))
                .prepare();
    }

    private PreparedRequest upsert(String target) {
        return city.call(City.MSA, "PUT", target)
                .idempotencyKey(key)
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }
}
