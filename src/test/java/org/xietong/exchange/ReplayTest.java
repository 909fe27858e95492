package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
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

/** The same bytes twice: once they count, then they are a replay. Every replay is journaled, and takes no nonce. */
@QuarkusTest
@WithTestResource(CityResource.class)
class ReplayTest {
    private static final int RACERS = 8;

    private City city;
    private Stored stored;
    private Wire wire;

    @BeforeEach
    void open() {
        city = City.current();
        stored = city.stored();
        wire = city.wire();
    }

    @Test
    void aReplayedReadIsRefused() {
        PreparedRequest read = city.call(City.POLICE, "GET", "/v1/clues").prepare();
        wire.send(read).requireStatus(200);
        refusedAsReplay(read);
        refusedAsReplay(read);
    }

    @Test
    void aReplayedWriteIsRefusedThoughItsKeyIsRemembered() {
        PreparedRequest write = write();
        wire.send(write).requireStatus(201);
        refusedAsReplay(write);
    }

    @Test
    void aReplayedActIsRefused() {
        PreparedRequest act = triage(Registered.clue(city));
        wire.send(act).requireStatus(200);
        refusedAsReplay(act);
    }

    @Test
    void aReplayedRequestForATokenIsRefused() {
        PreparedRequest token = new org.xietong.client.SignedRequestBuilder(
                        org.xietong.app.DemonstrationCity.AUTHORITY,
                        city.keys().system(City.POLICE),
                        "POST",
                        "/v1/token")
                .header("exchange-purpose", "token")
                .prepare();
        wire.send(token).requireStatus(200);
        refusedAsReplay(token);
    }

    @Test
    void aReplayedFailureIsAReplayToo() {
        PreparedRequest missed =
                city.call(City.POLICE, "GET", "/v1/clues/" + UUID.randomUUID()).prepare();
        wire.send(missed).requireJournaledProblem(404, "NOT_FOUND");
        refusedAsReplay(missed);
    }

    @RepeatedTest(5)
    void ofRacingReplaysOfAWriteExactlyOneSucceeds() {
        PreparedRequest write = write();
        long records = stored.count("record");
        exactlyOne(201, Race.run(RACERS, () -> wire.send(write)));
        assertEquals(records + 1, stored.count("record"));
    }

    @Test
    void ofRacingReplaysOfAnUpsertExactlyOneSucceeds() {
        PreparedRequest upsert = city.call(City.MSA, "PUT", "/v1/clues/by-source/" + UUID.randomUUID())
                .body(City.utf8(Drafts.clue("")))
                .prepare();
        long records = stored.count("record");
        exactlyOne(201, Race.run(RACERS, () -> wire.send(upsert)));
        assertEquals(records + 1, stored.count("record"));
    }

    @Test
    void ofRacingReplaysOfAnActExactlyOneSucceeds() {
        Registered clue = Registered.clue(city);
        PreparedRequest act = triage(clue);
        exactlyOne(200, Race.run(RACERS, () -> wire.send(act)));
        assertEquals(2, stored.number("SELECT version FROM xietong.record WHERE id = ?::uuid", clue.id().toString()));
    }

    @Test
    void ofRacingReplaysOfAReadExactlyOneSucceeds() {
        PreparedRequest read = city.call(City.POLICE, "GET", "/v1/clues").prepare();
        exactlyOne(200, Race.run(RACERS, () -> wire.send(read)));
    }

    private static void exactlyOne(int status, List<Reply> replies) {
        List<Reply> lost = replies.stream().filter(r -> r.status() != status).toList();
        assertEquals(RACERS - 1, lost.size(), () -> replies.stream().map(Reply::text).toList().toString());
        lost.forEach(reply -> reply.requireJournaledProblem(409, "REPLAYED"));
    }

    private void refusedAsReplay(PreparedRequest request) {
        Stored.State before = stored.state();
        wire.send(request).requireJournaledProblem(409, "REPLAYED");
        assertEquals(new Stored.State(before.cases(), before.entries() + 1, before.nonces()), stored.state());
    }

    private PreparedRequest write() {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey()
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }

    private PreparedRequest triage(Registered clue) {
        return city.call(City.MSA, "POST", clue.path() + "/acts/triage")
                .idempotencyKey()
                .ifMatch(clue.etag())
                .body(City.utf8("{}"))
                .prepare();
    }
}
