package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.app.DatabaseRole;
import org.xietong.testing.Stored;
import org.xietong.testing.TestDatabase;

/** Among 60,000 records: decisions not to transfer, and refused transfers, are pages of an index, each line once. */
class LossQueriesTest {
    private static final int LIMIT = 50;
    private static final Span ALWAYS =
            new Span(Instant.parse("2000-01-01T00:00:00Z"), Instant.parse("2100-01-01T00:00:00Z"));
    private static final Cursor FIRST = new Cursor(ALWAYS.from(), new UUID(0, 0));
    private static final String SEEN =
            " AND EXISTS (SELECT FROM xietong.record_sight s WHERE s.id = %s AND s.viewer = ? AND s.view = 'FULL')";

    private static SentStatements sent;
    private static Stored stored;
    private static TransferPromptRows prompts;
    private static RefusedTransferRows refused;
    private static DeadlineOrderRows orders;

    @BeforeAll
    static void fill() throws Exception {
        TestDatabase server = TestDatabase.get();
        String database = server.fresh();
        server.migrate(database);
        ManyLosses.fill(server.superuser(database));
        stored = new Stored(server.superuser(database));
        sent = new SentStatements(server.as(DatabaseRole.APP, database));
        prompts = new TransferPromptRows(sent.recording());
        refused = new RefusedTransferRows(sent.recording());
        orders = new DeadlineOrderRows(sent.recording());
    }

    @ParameterizedTest
    @ValueSource(strings = {ManyLosses.WIDE, ManyLosses.NARROW})
    void decisionsArePagedByTheirIndex(String viewer) throws Exception {
        List<UUID> all = all(after -> prompts.decided(List.of(viewer), after, ALWAYS, LIMIT).stream()
                .map(each -> new Cursor(each.endedAt(), each.id()))
                .toList());
        assertEquals(
                stored.number(
                        "SELECT count(*) FROM xietong.transfer_prompt p WHERE p.state IN ('CONSIDERED', 'DECLINED')"
                                + SEEN.formatted("p.record_id"),
                        viewer),
                all.size());
        indexed();
    }

    @ParameterizedTest
    @ValueSource(strings = {ManyLosses.WIDE, ManyLosses.NARROW})
    void refusalsArePagedByTheirIndex(String viewer) throws Exception {
        List<UUID> all = all(after -> refused.page(List.of(viewer), after, ALWAYS, LIMIT));
        assertEquals(
                stored.number(
                        "SELECT count(*) FROM xietong.record r WHERE r.kind = 'transfer' AND (r.content ->> 'outcome' IN"
                                + " ('NOT_FILED', 'UPHELD') OR r.content -> 'suspects' -> 0 ->> 'outcome' IN ('NOT_FILED', 'UPHELD'))"
                                + SEEN.formatted("r.id"),
                        viewer),
                all.size());
        indexed();
    }

    /** Each order that took time, and those that took none not at all. */
    @ParameterizedTest
    @ValueSource(strings = {ManyLosses.WIDE, ManyLosses.NARROW})
    void timeMovedByOrderIsPagedByItsIndex(String viewer) throws Exception {
        List<UUID> all = all(after -> orders.moved(List.of(viewer), after, ALWAYS, LIMIT).stream()
                .map(DeadlineOrderRows.Moved::place)
                .toList());
        assertEquals(
                stored.number(
                        "SELECT count(*) FROM xietong.deadline_order o JOIN xietong.deadline d ON d.id = o.deadline_id WHERE"
                                + " o.ordered IN ('END', 'SUSPEND')" + SEEN.formatted("d.record_id"),
                        viewer),
                all.size());
        indexed();
    }

    @Test
    void theOwnersListAndWhatStandsBesideARecordAreRangesOfIndexes() throws Exception {
        sent.clear();
        List<TransferPrompt> open = prompts.open("MSA-421200", FIRST, LIMIT);
        assertEquals(LIMIT, open.size());
        prompts.last(open.getFirst().record());
        prompts.last(open.getFirst().matter(), "MSA-421200");
        prompts.ofRecord(open.getFirst().record());
        prompts.ofDeadlines(stored.texts("SELECT deadline_id FROM xietong.transfer_prompt LIMIT 50").stream()
                .map(UUID::fromString)
                .toList());
        prompts.transfers(open.getFirst().matter(), "MSA-421200");
        indexed();
    }

    private static List<UUID> all(Function<Cursor, List<Cursor>> pages) {
        sent.clear();
        List<Cursor> all = new ArrayList<>();
        for (List<Cursor> page = pages.apply(FIRST); !page.isEmpty(); page = pages.apply(all.getLast())) {
            all.addAll(page);
        }
        assertTrue(all.size() > LIMIT, "more than a page");
        Set<UUID> once = new HashSet<>(all.stream().map(Cursor::id).toList());
        assertEquals(all.size(), once.size(), "each line once");
        assertTrue(new HashSet<>(all.stream().map(Cursor::at).toList()).size() < all.size(), "times are shared");
        return List.copyOf(once);
    }

    private static void indexed() throws Exception {
        List<SentStatements.Plan> plans = new ArrayList<>(sent.explain(false));
        plans.addAll(sent.explain(true));
        assertTrue(plans.size() >= 2);
        for (SentStatements.Plan plan : plans) {
            assertEquals(List.of(), plan.readWhole(), plan::toString);
        }
    }
}
