package org.xietong.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xietong.app.DatabaseRole;
import org.xietong.client.SignedAnswer;
import org.xietong.record.SentStatements.Plan;
import org.xietong.testing.City;
import org.xietong.testing.CountedCityResource;

/** With 100,000 records: what a page costs depends on the page, not on the table, at any depth and for any viewer. */
@QuarkusTest
@WithTestResource(CountedCityResource.class)
class RecordScaleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 20;
    /** Inner pages of indexes, and the pages in which a range begins and ends. */
    private static final int DESCENT = 16;

    private static SentStatements sent;
    private static SightRows sight;

    /** The ways that lists are asked for. */
    enum Ask {
        OF_ALMOST_BLIND(List.of(ManyRecords.ALMOST_BLIND), Optional.of("clue"), null, null),
        OF_OWNER(List.of(ManyRecords.OWNER), Optional.of("clue"), null, null),
        USUAL_STATE(List.of(ManyRecords.ALMOST_BLIND), Optional.of("clue"), ManyRecords.USUAL, null),
        RARE_STATE(List.of(ManyRecords.OWNER), Optional.of("clue"), ManyRecords.RARE, null),
        TIMELINE(List.of(ManyRecords.OWNER), Optional.empty(), null, ManyRecords.LARGE_MATTER),
        TIMELINE_OF_ALMOST_BLIND(List.of(ManyRecords.ALMOST_BLIND), Optional.empty(), null, ManyRecords.LARGE_MATTER),
        OFFICER_SIGNED(List.of(ManyRecords.ALMOST_BLIND, ManyRecords.OFFICER), Optional.of("clue"), null, null),
        OFFICER_SIGNED_STATE(
                List.of(ManyRecords.ALMOST_BLIND, ManyRecords.OFFICER), Optional.of("clue"), ManyRecords.USUAL, null);

        final List<String> viewers;
        final Optional<String> kind;
        final Optional<String> state;
        final Optional<UUID> matter;

        Ask(List<String> viewers, Optional<String> kind, String state, UUID matter) {
            this.viewers = viewers;
            this.kind = kind;
            this.state = Optional.ofNullable(state);
            this.matter = Optional.ofNullable(matter);
        }

        RecordQuery after(Cursor cursor) {
            return new RecordQuery(state, matter, Optional.ofNullable(cursor).map(Cursor::encode), LIMIT, false);
        }
    }

    @BeforeAll
    static void fill() throws SQLException {
        City city = City.current();
        ManyRecords.fill(city.superuser());
        sent = new SentStatements(city.database(DatabaseRole.APP));
        sight = new SightRows(sent.recording());
    }

    @ParameterizedTest
    @EnumSource
    void pagesAreReadByIndexAtAnyDepth(Ask ask) throws Exception {
        List<Cursor> all = everything(ask);
        int rows = all.size();
        assertTrue(rows > 2, "the data must hold something to see");
        for (int depth : Set.of(0, rows / 2, Math.max(rows - LIMIT / 2, 1))) {
            sent.clear();
            List<Cursor> page = sight.page(ask.viewers, ask.kind, ask.after(depth == 0 ? null : all.get(depth - 1)));
            assertEquals(all.subList(depth, Math.min(depth + LIMIT + 1, rows)), page);
            cheap(ask.viewers.size() * (LIMIT + 1L));
        }
    }

    /** Who sees most of the table is best counted by reading all of it; everybody else is not. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OF_OWNER")
    void countsReadWhatTheyCount(Ask ask) throws Exception {
        sent.clear();
        long count = sight.count(ask.viewers, ask.kind, ask.after(null));
        assertEquals(everything(ask).size(), count);
        cheap(count);
    }

    @Test
    void recordsOfAPageAreLoadedByTheirIds() throws Exception {
        List<Cursor> page =
                sight.page(List.of(ManyRecords.ALMOST_BLIND), Optional.of("clue"), Ask.OF_ALMOST_BLIND.after(null));
        sent.clear();
        new RecordRows(sent.recording(), new StoredJson())
                .byIds(page.stream().map(Cursor::id).toList());
        // Of these there is no row here.
        Set<String> empty = Set.of("milestone", "record_grant");
        for (Plan plan : plans()) {
            assertEquals(
                    List.of(),
                    plan.readWhole().stream().filter(t -> !empty.contains(t)).toList());
        }
    }

    /** The fewest of many tries of each, turn by turn: the service also does this and that by the clock. */
    @Test
    void aLongListSendsNoMoreStatementsThanAShortOne() throws IOException {
        statements(10);
        statements(100);
        long few = Long.MAX_VALUE;
        long many = Long.MAX_VALUE;
        for (int i = 0; i < 200 && (i < 20 || few != many); i++) {
            few = Math.min(few, statements(10));
            many = Math.min(many, statements(100));
        }
        assertTrue(few >= 3, "page, records and journal at least: " + few);
        assertEquals(few, many);
    }

    private static long statements(int limit) throws IOException {
        City city = City.current();
        city.client(City.MSA); // its token is fetched before the count begins
        long before = city.statements();
        SignedAnswer answer = city.call(City.MSA, "GET", "/v1/clues?count=true&limit=" + limit)
                .send();
        long sent = city.statements() - before;
        JsonNode body = JSON.readTree(answer.body());
        assertEquals(limit, body.get("items").size(), body.toString());
        return sent;
    }

    /** All positions, by pages: each once, in order. */
    private static List<Cursor> everything(Ask ask) {
        List<Cursor> all = new ArrayList<>();
        RecordQuery query = new RecordQuery(ask.state, ask.matter, Optional.empty(), 10_000, false);
        for (List<Cursor> page = sight.page(ask.viewers, ask.kind, query); !page.isEmpty(); ) {
            all.addAll(page.subList(0, Math.min(10_000, page.size())));
            query = new RecordQuery(
                    ask.state, ask.matter, Optional.of(all.getLast().encode()), 10_000, false);
            page = sight.page(ask.viewers, ask.kind, query);
        }
        assertEquals(all.size(), new HashSet<>(all).size());
        return all;
    }

    private static void cheap(long rows) throws SQLException, IOException {
        for (Plan plan : plans()) {
            assertEquals(List.of(), plan.readWhole(), plan::toString);
            assertTrue(plan.rowsRead() <= 2 * rows, plan::toString);
            assertTrue(plan.pagesRead() <= 2 * rows + DESCENT, plan::toString);
        }
    }

    private static List<Plan> plans() throws SQLException, IOException {
        List<Plan> plans = new ArrayList<>(sent.explain(false));
        plans.addAll(sent.explain(true));
        assertTrue(plans.size() >= 2);
        return plans;
    }
}
