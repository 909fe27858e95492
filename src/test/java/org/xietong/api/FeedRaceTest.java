package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CityResource;
import org.xietong.testing.Drafts;
import org.xietong.testing.Race;

/**
 * Writers at work, and readers who follow the feed meanwhile, waiting or not: in the end each of them holds
 * exactly what is in his sight, every page went on from the one before, and the service's sum is his own.
 */
@QuarkusTest
@WithTestResource(CityResource.class)
class FeedRaceTest {
    private static final String TO_COURT = "\"addressees\": [\"COURT-421200\"],";
    private static final int WRITERS = 4;
    private static final int EACH = 6;

    private final Casework work = new Casework();
    private final City city = City.current();

    @Test
    void readersWhoFollowHoldWhatIsInTheirSight() {
        AtomicInteger writing = new AtomicInteger(WRITERS);
        List<Feed> readers = Stream.of(City.COURT, City.COURT, City.COURT, City.MSA, City.POLICE)
                .map(unit -> Feed.of(unit).now())
                .toList();
        List<Callable<Integer>> all = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
            all.add(() -> {
                write();
                return writing.decrementAndGet();
            });
        }
        for (int r = 0; r < readers.size(); r++) {
            Feed reader = readers.get(r);
            int limit = 100 - r;
            String wait = r % 2 == 0 ? "&wait=1" : "";
            all.add(() -> follow(reader, limit, wait, writing));
        }
        Race.run(all);
        readers.forEach(this::agrees);
        assertEquals(readers.get(0).holds(), readers.get(1).holds());
        assertEquals(readers.get(0).holds(), readers.get(2).holds());
        Feed late = Feed.of(City.COURT);
        late.read(3);
        agrees(late);
    }

    /** Comes, goes, comes back, changes: in matters of their own, at once. */
    private void write() {
        for (int i = 0; i < EACH; i++) {
            Piece clue = work.create(City.MSA, "clue", Drafts.clue("", null, i % 2 == 0 ? TO_COURT : ""));
            clue = work.amend(City.MSA, clue, Drafts.clue("", null, i % 2 == 0 ? "" : TO_COURT));
            if (i % 3 == 0) {
                clue = work.amend(City.MSA, clue, Drafts.clue("", null, TO_COURT));
            }
            work.act(City.MSA, clue, "triage", "{}");
        }
    }

    /** Reads until nobody writes any more and everything has its position and was told. */
    private static int follow(Feed reader, int limit, String wait, AtomicInteger writing) {
        boolean done;
        JsonNode page;
        do {
            done = writing.get() == 0;
            if (done) {
                reader.settle();
            }
            page = reader.page(limit, wait);
        } while (!done || page.get("more").asBoolean() || !page.get("items").isEmpty());
        return 0;
    }

    private void agrees(Feed reader) {
        JsonNode page = reader.page(1, "&held=true");
        assertEquals(0, page.get("items").size());
        assertEquals(reader.summed(), page.get("held").toString());
        String unit = reader.unit();
        Set<String> seen = new TreeSet<>(
                city.stored().texts("SELECT kind || ' ' || id FROM xietong.record_sight WHERE viewer = ?", unit));
        assertEquals(seen, reader.holds(), unit);
        assertTrue(seen.size() >= WRITERS, "the court sees some of them");
    }
}
