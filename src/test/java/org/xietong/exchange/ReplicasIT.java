package org.xietong.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.app.DatabaseRole;
import org.xietong.client.PreparedRequest;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;
import org.xietong.testing.Reply;
import org.xietong.testing.ServiceProcess;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** Two replicas beside one database are one service: for replays, for keys, for suspensions. */
class ReplicasIT {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int RACERS = 8;

    private static List<ServiceProcess> replicas = List.of();
    private static City city;
    private static Stored stored;
    private static Wire first;
    private static Wire second;

    @BeforeAll
    static void start() {
        Map<String, String> configuration = new CityResource().start();
        replicas = Race.run(2, () -> ServiceProcess.start(configuration));
        city = City.at(replicas.getFirst().base(), configuration);
        stored = city.stored();
        first = city.wire();
        second = Wire.to(replicas.getLast().base());
    }

    @AfterAll
    static void stop() {
        replicas.forEach(ServiceProcess::close);
    }

    @Test
    void aTokenOfOneReplicaIsGoodAtTheOther() {
        second.send(read()).requireStatus(200);
    }

    @Test
    void whatOneReplicaHasSeenIsAReplayAtTheOther() {
        PreparedRequest read = read();
        first.send(read).requireStatus(200);
        second.send(read).requireJournaledProblem(409, "REPLAYED");
        PreparedRequest write = write(UUID.randomUUID().toString());
        first.send(write).requireStatus(201);
        Stored.State before = stored.state();
        second.send(write).requireJournaledProblem(409, "REPLAYED");
        assertEquals(new Stored.State(before.cases(), before.entries() + 1, before.nonces()), stored.state());
    }

    @RepeatedTest(3)
    void ofReplaysThatRaceAcrossReplicasExactlyOneSucceeds() {
        long records = stored.count("record");
        PreparedRequest write = write(UUID.randomUUID().toString());
        List<Reply> replies = across(write);
        List<Reply> lost = replies.stream().filter(r -> r.status() != 201).toList();
        assertEquals(RACERS - 1, lost.size(), () -> codes(replies));
        lost.forEach(reply -> reply.requireJournaledProblem(409, "REPLAYED"));
        assertEquals(records + 1, stored.count("record"));
    }

    @RepeatedTest(3)
    void ofWritesUnderOneKeyThatRaceAcrossReplicasOneTakesEffect() {
        long records = stored.count("record");
        String key = UUID.randomUUID().toString();
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            PreparedRequest write = write(key);
            Wire wire = i % 2 == 0 ? first : second;
            calls.add(() -> wire.send(write));
        }
        List<Reply> replies = Race.run(calls);
        Set<String> ids = replies.stream()
                .filter(r -> r.status() == 201)
                .map(r -> r.json().get("id").asText())
                .collect(Collectors.toSet());
        assertEquals(1, ids.size(), () -> codes(replies));
        replies.stream()
                .filter(r -> r.status() != 201)
                .forEach(r -> r.requireJournaledProblem(409, "IDEMPOTENCY_IN_FLIGHT"));
        assertEquals(records + 1, stored.count("record"));
    }

    @Test
    void aKeyUsedAtOneReplicaIsRememberedAtTheOther() {
        String key = UUID.randomUUID().toString();
        Reply done = first.send(write(key)).requireStatus(201);
        Reply told = second.send(write(key)).requireStatus(201);
        assertEquals(done.json().get("id"), told.json().get("id"));
        assertTrue(told.json().at("/meta/repeated").asBoolean());
        assertNotEquals(done.exchangeId(), told.exchangeId());
    }

    @Test
    void aSuspensionStopsASystemAtBothReplicas() throws SQLException {
        suspended(Subject.SYSTEM, City.COPYRIGHT + "-cms", "SIGNATURE_INVALID");
    }

    @Test
    void aSuspensionStopsAUnitAtBothReplicas() throws SQLException {
        suspended(Subject.UNIT, City.COPYRIGHT, "SIGNATURE_INVALID");
    }

    @Test
    void aSuspensionStopsAnOfficerAtBothReplicas() throws SQLException {
        suspended(Subject.OFFICER, City.COPYRIGHT + "-001", "OFFICER_UNKNOWN");
    }

    @Test
    void aSuspensionStopsAKeyAtBothReplicas() throws SQLException {
        suspended(Subject.KEY, city.keys().system(City.COPYRIGHT).keyId(), "SIGNATURE_INVALID");
    }

    private static void suspended(Subject subject, String id, String code) throws SQLException {
        DirectoryAdmin admin = new DirectoryAdmin(city.database(DatabaseRole.OWNER));
        Stored.await("admitted before", LIMIT, () -> everywhere(""));
        admin.suspend(subject, id);
        try {
            Stored.await("refused at both", LIMIT, () -> everywhere(code));
        } finally {
            admin.resume(subject, id);
        }
        Stored.await("admitted again", LIMIT, () -> everywhere(""));
    }

    /** Whether a signed read of the copyright bureau meets this problem at both replicas; "" if none. */
    private static boolean everywhere(String code) {
        return replicas.stream()
                .allMatch(replica -> Wire.to(replica.base())
                        .send(city.signed(City.COPYRIGHT, 1, "GET", "/v1/clues").prepare())
                        .code()
                        .equals(code));
    }

    /** The same bytes to both replicas at once. */
    private static List<Reply> across(PreparedRequest request) {
        List<Callable<Reply>> calls = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            Wire wire = i % 2 == 0 ? first : second;
            calls.add(() -> wire.send(request));
        }
        return Race.run(calls);
    }

    private static String codes(List<Reply> replies) {
        return replies.stream().map(r -> r.status() + r.code()).toList().toString();
    }

    private static PreparedRequest read() {
        return city.call(City.MSA, "GET", "/v1/clues").prepare();
    }

    private static PreparedRequest write(String key) {
        return city.call(City.MSA, "POST", "/v1/clues")
                .idempotencyKey(key)
                .body(City.utf8(Drafts.clue("")))
                .prepare();
    }
}
