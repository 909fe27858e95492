package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xietong.agency.DirectoryAdmin;
import org.xietong.agency.DirectoryAdmin.Subject;
import org.xietong.api.Casework.Piece;
import org.xietong.app.DatabaseRole;
import org.xietong.client.Call;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Sight;
import org.xietong.testing.Stored;
import org.xietong.testing.Wire;

/** A reader of the feed may wait: police networks take no calls from outside, so that nobody can call them. */
@QuarkusTest
@WithTestResource(CityResource.class)
class FeedWaitTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";
    private static final String LONG = "&wait=30";

    @Inject
    MeterRegistry metrics;

    private final Casework work = new Casework();
    private final City city = City.current();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** A waiter that a test left behind would be counted in the next. */
    @AfterEach
    void everybodyHasGone() {
        threads.close();
        await(0);
    }

    @Test
    void isToldAsSoonAsThereIsSomething() {
        Feed court = Feed.of(City.COURT).now();
        CompletableFuture<SignedAnswer> answer = waiting(court.call(5, LONG));
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        long created = System.nanoTime();
        JsonNode page = Casework.json(answer.join());
        assertEquals(clue.id(), page.at("/items/0/id").asText());
        assertTrue(System.nanoTime() - created < Duration.ofSeconds(10).toNanos(), "told only when the time had come");
    }

    @Test
    void isToldNothingAtItsEndAndHasGoneNoFurther() {
        Feed court = Feed.of(City.COURT).now();
        long exchanges = exchanges();
        long begun = System.nanoTime();
        JsonNode page = court.page(5, "&wait=1");
        assertTrue(System.nanoTime() - begun >= Duration.ofSeconds(1).toNanos(), "did not wait");
        assertEquals("[] false", page.get("items") + " " + page.get("more"));
        assertEquals(exchanges + 1, exchanges(), "one wait is one exchange");
        Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
        assertEquals(List.of("APPEARED"), court.about(clue.id()));
    }

    /** Neither by waking nor by time: what is done for others ends no wait (I4). */
    @Test
    void isNotWokenByWhatOthersAreTold() {
        Feed court = Feed.of(City.COURT).now();
        long begun = System.nanoTime();
        CompletableFuture<SignedAnswer> answer = waiting(court.call(5, "&wait=4"));
        work.clue(City.MSA);
        court.settle();
        assertEquals(0, Casework.json(answer.join()).get("items").size());
        assertTrue(System.nanoTime() - begun >= Duration.ofSeconds(4).toNanos(), "was woken");
    }

    /** A row that the engine does not show wakes the watch, not the reader. */
    @Test
    void isNotWokenByWhatItMayNotSee() {
        Piece hidden = work.clue(City.MSA);
        Feed court = Feed.of(City.COURT).now();
        long begun = System.nanoTime();
        CompletableFuture<SignedAnswer> answer = waiting(court.call(5, "&wait=4"));
        work.sql(
                "INSERT INTO xietong.sight_change (viewer, record_id, slot, kind, gone) VALUES (?, ?, 'SIGHT', 'clue', false)",
                City.COURT,
                UUID.fromString(hidden.id()));
        assertEquals(0, Casework.json(answer.join()).get("items").size());
        assertTrue(System.nanoTime() - begun >= Duration.ofSeconds(4).toNanos(), "was woken");
        work.sql(
                "DELETE FROM xietong.sight_change WHERE record_id = ? AND viewer = ?",
                UUID.fromString(hidden.id()),
                City.COURT);
    }

    @Test
    void isToldOfAGrantThatEndsByItself() {
        Piece clue = work.clue(City.MSA);
        TwoKeys keys = new TwoKeys(city);
        keys.granted(
                clue,
                TwoKeys.grant("\"unit\": \"COURT-421200\"", "FULL", "\"PI\"")
                        .replaceFirst(
                                "\"until\": \"[^\"]+\"",
                                "\"until\": \"" + OffsetDateTime.now().plusSeconds(6) + "\""));
        Feed court = Feed.of(City.COURT);
        assertEquals(List.of("APPEARED"), court.about(clue.id()));
        JsonNode page = Casework.json(waiting(court.call(5, LONG)).join());
        assertEquals(
                "{\"type\":\"GONE\",\"kind\":\"clue\",\"id\":\"" + clue.id() + "\"}",
                page.at("/items/0").toString());
    }

    /** More than there are connections to the database; who does not wait is served meanwhile. */
    @Test
    void holdsNoConnectionToTheDatabase() {
        List<CompletableFuture<SignedAnswer>> all = new ArrayList<>();
        for (String unit : List.of(City.COURT, City.COURT_DISTRICT, City.POLICE_DISTRICT, City.PROC_DISTRICT)) {
            Feed feed = Feed.of(unit).now();
            for (int i = 0; i < 8; i++) {
                all.add(send(feed.call(5, "&wait=20")));
            }
        }
        await(32);
        assertEquals(
                0,
                city.stored()
                        .number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND usename = 'xietong_app' AND state LIKE 'idle in transaction%'"));
        work.clue(City.MSA);
        assertEquals(200, city.call(City.POLICE, "GET", "/v1/clues").send().status());
        await(32);
        all.forEach(answer -> assertEquals(200, answer.join().status()));
    }

    @Test
    void isRefusedWhereTooManyOfTheUnitWait() {
        Feed court = Feed.of(City.COURT).now();
        List<CompletableFuture<SignedAnswer>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(send(court.call(5, "&wait=20")));
        }
        await(8);
        SignedAnswer refused = court.call(5, LONG).send();
        TwoKeys.refused(429, "RATE_LIMITED", refused);
        assertEquals(
                "wait TOO_MANY",
                Casework.json(refused).at("/faults/0/field").asText() + " "
                        + Casework.json(refused).at("/faults/0/rule").asText());
        assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
        assertEquals(200, Feed.of(City.IPO).now().call(5, "&wait=1").send().status(), "others may wait");
        assertEquals(200, court.call(5, "").send().status(), "and who does not wait is told at once");
        all.forEach(answer -> assertEquals(200, answer.join().status()));
        assertEquals(0, court.page(5, "&wait=1").get("items").size(), "the places are free again");
    }

    @ParameterizedTest
    @CsvSource({"-1, NUMBER", "31, RANGE", "1.5, NUMBER", "PT5S, NUMBER", "99999, NUMBER", "%EF%BC%95, NUMBER"})
    void isRefusedForAnotherTimeThanOneOfHalfAMinute(String wait, String rule) {
        TwoKeys.faulty(
                "INVALID_QUERY",
                "wait " + rule,
                city.call(City.COURT, "GET", "/v1/changes?wait=" + wait).send());
    }

    /** Who is suspended while he waits is told nothing, though there is something by then. */
    @ParameterizedTest
    @CsvSource({"SYSTEM, COURT-421200-cms", "UNIT, COURT-421200", "OFFICER, COURT-421200-001"})
    void isRefusedWhoIsSuspendedMeanwhile(Subject subject, String id) throws SQLException {
        city.client(City.COURT).forgetToken();
        Feed court = Feed.ofOfficer(City.COURT, 1).now();
        suspended(subject, id, court);
    }

    @Test
    void isRefusedWhoseKeyIsSuspendedMeanwhile() throws SQLException {
        city.client(City.COURT).forgetToken();
        suspended(
                Subject.KEY,
                city.keys().system(City.COURT).keyId(),
                Feed.of(City.COURT).now());
        suspended(
                Subject.KEY,
                city.keys().officer(City.COURT + "-001").keyId(),
                Feed.ofOfficer(City.COURT, 1).now());
    }

    private void suspended(Subject subject, String id, Feed court) throws SQLException {
        DirectoryAdmin admin = new DirectoryAdmin(city.database(DatabaseRole.OWNER));
        Sight sight = Sight.of(city);
        CompletableFuture<SignedAnswer> answer = waiting(court.call(5, "&wait=12"));
        admin.suspend(subject, id);
        try {
            Stored.await(
                    "the suspension to be known",
                    PATIENCE,
                    () -> !Set.of("", "RATE_LIMITED").contains(code(court)));
            if (subject != Subject.UNIT) {
                work.create(City.MSA, "clue", Drafts.clue("", null, TO_COURT));
            }
            TwoKeys.refused(401, "SIGNATURE_INVALID", answer.join());
            // Sight follows the units: what that tells the court must not wake who waits in the next test
            if (subject == Subject.UNIT) {
                sight.awaitOther();
            }
        } finally {
            admin.resume(subject, id);
            Stored.await(
                    "the suspension to be over", PATIENCE, () -> code(court).isEmpty());
            sight.awaitSame();
        }
    }

    /** The problem of a look at once, from a source of its own, since failures are counted; "" if there is none. */
    private String code(Feed reader) {
        return Wire.to(city.base()).send(reader.call(5, "").prepare()).code();
    }

    private CompletableFuture<SignedAnswer> waiting(Call call) {
        CompletableFuture<SignedAnswer> answer = send(call);
        await(1);
        return answer;
    }

    private CompletableFuture<SignedAnswer> send(Call call) {
        return CompletableFuture.supplyAsync(call::send, threads);
    }

    private void await(int waiters) {
        Stored.await(
                waiters + " to wait",
                PATIENCE,
                () -> waiters
                        == (int) metrics.get("xietong.feed.waiting").gauge().value());
    }

    private long exchanges() {
        return city.stored().number("SELECT count(*) FROM xietong.journal_entry");
    }
}
