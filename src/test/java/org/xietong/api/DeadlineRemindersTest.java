package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.record.TestReminders;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;

/** The feed tells of deadlines that are due soon, overdue or escalated: whose time it is, then the procuratorate of his level, once each. */
@QuarkusTest
@WithTestResource(CityResource.class)
class DeadlineRemindersTest {
    private static final List<String> NOTHING = List.of();
    private static final List<String> ONCE = List.of("DEADLINE");

    @Inject
    TestReminders reminders;

    private final Transfers transfers = new Transfers(new Casework());

    /** T5: three days from the receipt, then the head, then, a day later, the procuratorate. */
    @Test
    void eachStageIsToldOnceToWhomItReaches() {
        reminders.at(Instant.now().plus(Duration.ofDays(20)));
        Piece transfer = transfers.received(City.MSA);
        Feed police = Feed.of(City.POLICE).now();
        Feed procuratorate = Feed.of(City.PROC).now();
        Feed sender = Feed.of(City.MSA).now();
        Feed district = Feed.of(City.PROC_DISTRICT).now();

        // Hours that lie in one day, whenever the test runs: days are counted in Beijing's.
        Instant due = due(transfer);
        reminders.at(due.minus(Duration.ofHours(2)));
        assertEquals(ONCE, police.about(transfer.id()), "due within three days");
        reminders.at(due.minus(Duration.ofHours(1)));
        assertEquals(NOTHING, police.about(transfer.id()), "told already");
        reminders.at(due.plus(Duration.ofHours(1)));
        assertEquals(ONCE, police.about(transfer.id()), "overdue");
        assertEquals(NOTHING, procuratorate.about(transfer.id()), "the head's to see to");
        reminders.at(due.plus(Duration.ofHours(25)));
        assertEquals(ONCE, police.about(transfer.id()));
        assertEquals(ONCE, procuratorate.about(transfer.id()), "late for so long that it is to know");
        reminders.at(due.plus(Duration.ofHours(25)));
        assertEquals(NOTHING, police.about(transfer.id()));
        assertEquals(NOTHING, procuratorate.about(transfer.id()));
        assertEquals(NOTHING, sender.about(transfer.id()), "not its time, and no supervisor");
        assertEquals(NOTHING, district.about(transfer.id()), "another level's, which does not see it");
    }

    private static Instant due(Piece transfer) {
        for (JsonNode each : Casework.json(City.current()
                        .call(City.POLICE, "GET", transfer.path() + "/deadlines")
                        .send())
                .get("items")) {
            if (each.get("rule").asText().equals("T5")) {
                return OffsetDateTime.parse(each.get("dueAt").asText()).toInstant();
            }
        }
        throw new AssertionError("no T5");
    }

    /** Several replicas look at once: whichever finds it, it is told once. */
    @Test
    void severalReplicasTellOnce() throws Exception {
        Piece transfer = transfers.received(City.MSA);
        Feed police = Feed.of(City.POLICE).now();
        Instant late = Instant.now().plus(Duration.ofDays(16));
        String begun = City.current().stored().text("SELECT clock_timestamp()::text");
        List<Callable<Integer>> looks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            looks.add(() -> reminders.at(late));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            int told = 0;
            for (var look : threads.invokeAll(looks)) {
                told += look.get();
            }
            told += reminders.at(late);
            assertEquals(
                    City.current()
                            .stored()
                            .texts("SELECT deadline_id FROM xietong.deadline_notice WHERE at >= ?::timestamptz", begun)
                            .size(),
                    told,
                    "each by one of them");
        }
        assertEquals(ONCE, police.about(transfer.id()));
        assertEquals(0, reminders.at(late), "nothing is left");
    }

    /** What was done in time is nobody's reminder. */
    @Test
    void whatIsDoneIsNotToldOf() {
        Piece transfer = transfers.received(City.MSA);
        transfers.act(
                City.POLICE,
                transfer,
                "refuse",
                "{\"reasonCode\": \"BELOW_THRESHOLD\", \"note\": \"未达到追诉标准\", \"noStateSecret\": true,"
                        + " \"documentNumber\": \"咸公不立字〔2023〕1号\"}");
        Feed police = Feed.of(City.POLICE).now();
        reminders.at(Instant.now().plus(Duration.ofDays(90)));
        assertEquals(NOTHING, police.about(transfer.id()));
    }
}
