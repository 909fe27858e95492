package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every day's entries are counted once and stated in the log itself, whoever is there to do it, and when. */
class DayCounterTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

    private JournalDatabase database;
    private AgroalDataSource store;
    private Journal journal;
    private Sequencer sequencer;

    @BeforeEach
    void start() throws Exception {
        database = JournalDatabase.start(Files.createTempDirectory("days"), 0);
        database.prepare();
        store = database.pool("xietong_app");
        journal = new Journal(store, Records.CONFIG, new SimpleMeterRegistry());
        sequencer = new Sequencer(database.pool("xietong_sequencer"), 100);
    }

    @AfterEach
    void stop() throws Exception {
        journal.close();
        database.close();
    }

    @Test
    void statesEachDaysEntriesPerAgencyOnceAndJoinsTheirStretches() throws Exception {
        write("COURT", at(0, "00:00:00"), at(0, "08:30:00"), at(0, "23:59:59"));
        write("POLICE", at(0, "12:00:00"), at(0, "13:00:00"));
        write("COURT", at(1, "00:00:00"));
        sequence();
        DayCounter counter = counterAt(at(2, "00:05:00"));
        assertEquals(
                Optional.of(new DayCount(FIRST, 0, 5, counts(Map.of("COURT", 3L, "POLICE", 2L)))), counter.stateNext());
        assertEquals(
                Optional.of(new DayCount(FIRST.plusDays(1), 5, 6, counts(Map.of("COURT", 1L)))), counter.stateNext());
        assertEquals(Optional.empty(), counter.stateNext(), "the third day is not over");
        sequence();
        assertEquals(
                Optional.of(new DayCount(FIRST.plusDays(2), 6, 8, counts(Map.of("PLATFORM", 2L)))),
                counterAt(at(3, "00:05:00")).stateNext());
    }

    /** The statement is a part of an entry like any other: salted, hashed, and sequenced. */
    @Test
    void theStatementIsAnEntryThatAnybodyCanCheck() throws Exception {
        write("COURT", at(0, "10:00:00"));
        sequence();
        DayCount stated = counterAt(at(1, "00:02:00")).stateNext().orElseThrow();
        sequence();
        List<StatedDay> days = new DayCounts(database.pool("xietong_auditor")).between(FIRST, FIRST.plusDays(1));
        assertEquals(1, days.size());
        StatedDay day = days.getFirst();
        assertEquals(stated, day.count());
        assertEquals(1L, day.position());
        OpenedExchange opened = new OpenedExchange(day.id(), day.entry(), List.of(day.part()));
        assertEquals(List.of(), opened.check());
        assertEquals(List.of(), opened.missing());
        assertEquals(
                "{\"counts\":{\"COURT\":1},\"day\":\"2026-01-05\",\"from\":0,\"outcome\":\"PERMIT\","
                        + "\"rule\":\"DAILY_COUNTS\",\"until\":1}",
                new String(day.part().bytes(), StandardCharsets.UTF_8));
        assertTrue(new String(day.entry(), StandardCharsets.UTF_8).startsWith("{\"agency\":\"PLATFORM\","));
    }

    @Test
    void daysThatNobodyWasThereToCountAreMadeUpForInTheirOrder() throws Exception {
        write("COURT", at(0, "10:00:00"));
        write("MSA", at(3, "10:00:00"), at(4, "00:00:30"));
        sequence();
        DayCounter counter = counterAt(at(4, "00:02:00"));
        List<DayCount> days = new ArrayList<>();
        for (Optional<DayCount> day = counter.stateNext(); day.isPresent(); day = counter.stateNext()) {
            days.add(day.get());
        }
        assertEquals(
                List.of(
                        new DayCount(FIRST, 0, 1, counts(Map.of("COURT", 1L))),
                        new DayCount(FIRST.plusDays(1), 1, 1, counts(Map.of())),
                        new DayCount(FIRST.plusDays(2), 1, 1, counts(Map.of())),
                        new DayCount(FIRST.plusDays(3), 1, 2, counts(Map.of("MSA", 1L)))),
                days);
    }

    @Test
    void ofManyReplicasOneStatesADay() throws Exception {
        write("COURT", at(0, "10:00:00"), at(1, "10:00:00"), at(2, "10:00:00"));
        sequence();
        Set<LocalDate> stated = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<LocalDate>>> replicas = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                DayCounter replica = counterAt(at(20, "12:00:00"));
                replicas.add(threads.submit(() -> {
                    List<LocalDate> own = new ArrayList<>();
                    for (int turn = 0; turn < 40; turn++) {
                        replica.stateNext().map(DayCount::day).ifPresent(own::add);
                    }
                    return own;
                }));
            }
            for (Future<List<LocalDate>> replica : replicas) {
                for (LocalDate day : replica.get()) {
                    assertTrue(stated.add(day), day + " was stated twice");
                }
            }
        }
        assertEquals(20, stated.size());
        assertEquals(20, database.number("SELECT count(*) FROM xietong.journal_entry WHERE agency = 'PLATFORM'"));
        assertEquals(
                0,
                database.number(
                        "SELECT count(*) FROM xietong.ledger_day d WHERE day > '2026-01-05' AND NOT EXISTS ("
                                + "SELECT FROM xietong.ledger_day e WHERE e.day = d.day - 1 AND e.until_position = d.from_position)"));
    }

    @Test
    void waitsForTheDaysEntriesToGetTheirPlaces() throws Exception {
        write("COURT", at(0, "10:00:00"));
        sequence();
        write("COURT", at(0, "23:59:59"));
        DayCounter counter = counterAt(at(1, "00:05:00"));
        assertEquals(Optional.empty(), counter.stateNext());
        sequence();
        assertEquals(2, counter.stateNext().orElseThrow().until());
    }

    @Test
    void aClockThatRanAheadEndsNoDay() throws Exception {
        write("COURT", at(0, "10:00:00"));
        write("POLICE", at(400, "10:00:00"));
        sequence();
        write("COURT", at(0, "11:00:00"));
        sequence();
        assertEquals(
                Map.of("COURT", 2L, "POLICE", 1L),
                counterAt(at(1, "00:05:00")).stateNext().orElseThrow().counts());
    }

    /** Half of it would be a day that is never stated, or one that no entry states. */
    @Test
    void whatCannotBeJournaledIsNotStated() throws Exception {
        write("COURT", at(0, "10:00:00"));
        sequence();
        DayCounter counter = counterAt(at(1, "00:05:00"));
        superuser("REVOKE INSERT ON xietong.journal_part FROM xietong_app");
        assertThrows(JournalUnavailableException.class, counter::stateNext);
        assertEquals(0, database.number("SELECT count(*) FROM xietong.ledger_day"));
        superuser("GRANT INSERT ON xietong.journal_part TO xietong_app");
        assertEquals(1, counter.stateNext().orElseThrow().until());
    }

    @Test
    void nothingIsCountedBeforeThereIsALog() throws Exception {
        assertEquals(Optional.empty(), counterAt(at(9, "00:05:00")).stateNext());
    }

    private DayCounter counterAt(Instant time) {
        return new DayCounter(store, journal, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static java.util.SortedMap<String, Long> counts(Map<String, Long> counts) {
        return new java.util.TreeMap<>(counts);
    }

    private static Instant at(int day, String time) {
        return Instant.parse(FIRST.plusDays(day) + "T" + time + "+08:00");
    }

    private void write(String agency, Instant... times) {
        for (Instant time : times) {
            ExchangeRecord some = Records.any();
            journal.appendGrouped(new ExchangeRecord(
                    ExchangeIds.at(time.toEpochMilli()), time, agency, some.parts(), some.index(), some.nonces()));
        }
    }

    private void sequence() throws SQLException {
        superuser("UPDATE xietong.ledger_head SET until = clock_timestamp() - interval '1 s'");
        while (sequencer.sequence() > 0) {
            // goes on until nothing waits
        }
    }

    private void superuser(String sql) throws SQLException {
        try (Connection superuser = database.connect("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
