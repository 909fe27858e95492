package org.xietong.deadline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.app.DatabaseRole;
import org.xietong.record.ManyLosses;
import org.xietong.record.SentStatements;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;

/** Among 60,000 deadlines: the late ones of a few rules are pages of an index for each rule, in one order, each once. */
class LateDutiesTest {
    private static final int LIMIT = 50;
    private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");

    private static SentStatements sent;
    private static Stored stored;
    private static DeadlineRows rows;

    @BeforeAll
    static void fill() throws Exception {
        TestDatabase server = TestDatabase.get();
        String database = server.fresh();
        server.migrate(database);
        ManyLosses.fill(server.superuser(database));
        stored = new Stored(server.superuser(database));
        sent = new SentStatements(server.as(DatabaseRole.APP, database));
        rows = new DeadlineRows(sent.recording());
    }

    @ParameterizedTest
    @CsvSource({
        "PROC-421200, T1,       RUNNING",
        "PROC-421202, T1,       RUNNING",
        "PROC-421200, T4 T5 T8, RUNNING",
        "PROC-421202, T4 T5 T8, RUNNING",
        "PROC-421200, T5,       MISSED",
        "PROC-421200, FEEDBACK, RUNNING"
    })
    void arePagedByTheirIndex(String viewer, String names, Deadline.State state) throws Exception {
        LateDuties duties = new LateDuties(List.of(names.split(" ")), state);
        sent.clear();
        List<Deadline> all = new ArrayList<>();
        List<Deadline> page = page(viewer, duties, Optional.empty());
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page(viewer, duties, Optional.of(all.getLast()));
        }
        assertEquals(
                stored.number(
                        "SELECT count(*) FROM xietong.deadline d WHERE d.rule = ANY (string_to_array(?, ' ')) AND d.state = ?"
                                + " AND d.due_at < ?::timestamptz AND EXISTS (SELECT FROM xietong.record_sight s"
                                + " WHERE s.id = d.record_id AND s.viewer = ?)",
                        names,
                        state.name(),
                        NOW.toString(),
                        viewer),
                all.size());
        assertEquals(all.size(), new HashSet<>(all.stream().map(Deadline::id).toList()).size(), "each once");
        assertTrue(all.size() > LIMIT, "more than a page");
        List<Instant> times = all.stream().map(Deadline::dueAt).toList();
        assertEquals(times.stream().sorted().toList(), times);
        assertTrue(new HashSet<>(times).size() < times.size(), "times are shared");
        indexed();
    }

    @ParameterizedTest
    @ValueSource(strings = {ManyLosses.WIDE, ManyLosses.NARROW})
    void whatWasRecordedAfterwardsIsPagedByItsIndex(String viewer) throws Exception {
        sent.clear();
        List<Deadline> all = new ArrayList<>();
        for (List<Deadline> page = recordedLater(viewer, Optional.empty());
                !page.isEmpty();
                page = recordedLater(viewer, Optional.of(all.getLast()))) {
            all.addAll(page);
        }
        assertEquals(
                stored.number(
                        "SELECT count(*) FROM xietong.deadline d WHERE d.state IN ('MET', 'ENDED') AND d.ended_recorded_at > d.due_at"
                                + " AND d.ended_day <= d.due_on"
                                + " AND EXISTS (SELECT FROM xietong.record_sight s WHERE s.id = d.record_id AND s.viewer = ?)",
                        viewer),
                all.size());
        assertEquals(all.size(), new HashSet<>(all.stream().map(Deadline::id).toList()).size(), "each once");
        assertTrue(all.size() > LIMIT, "more than a page");
        indexed();
    }

    private static List<Deadline> recordedLater(String viewer, Optional<Deadline> last) {
        DeadlineRange range = new DeadlineRange(
                last.map(Deadline::dueAt), last.map(Deadline::id), Optional.empty(), Optional.empty(), NOW);
        return rows.recordedLater(List.of(viewer), range, LIMIT);
    }

    @Test
    void aPageReadsNoMoreThanItNeeds() throws Exception {
        sent.clear();
        page(ManyLosses.WIDE, new LateDuties(List.of("T1"), Deadline.State.RUNNING), Optional.empty());
        for (SentStatements.Plan plan : sent.explain(false)) {
            assertTrue(plan.rowsRead() <= 20L * LIMIT, plan::toString);
        }
    }

    @Test
    void deadlinesOfAPageAreLoadedByTheirIds() throws Exception {
        sent.clear();
        List<UUID> ids = stored.texts("SELECT id FROM xietong.deadline LIMIT 50").stream()
                .map(UUID::fromString)
                .toList();
        assertEquals(50, rows.byIds(ids).size());
        indexed();
    }

    private static List<Deadline> page(String viewer, LateDuties duties, Optional<Deadline> last) {
        DeadlineRange range = new DeadlineRange(
                last.map(Deadline::dueAt), last.map(Deadline::id), Optional.empty(), Optional.of(NOW), NOW);
        return rows.late(List.of(viewer), duties, range, LIMIT);
    }

    private static void indexed() throws Exception {
        List<SentStatements.Plan> plans = new ArrayList<>(sent.explain(false));
        plans.addAll(sent.explain(true));
        assertTrue(plans.size() >= 2);
        for (SentStatements.Plan plan : plans) {
            List<String> whole = plan.readWhole();
            assertEquals(List.of(), whole, plan::toString);
        }
    }
}
