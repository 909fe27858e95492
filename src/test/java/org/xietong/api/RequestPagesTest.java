package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.xietong.api.Casework.Piece;
import org.xietong.testing.City;
import org.xietong.testing.CountedCityResource;

/** What a reader may see of the records that requests name costs a page one statement, however many requests it holds. */
@QuarkusTest
@WithTestResource(CountedCityResource.class)
class RequestPagesTest {
    private final Casework work = new Casework();
    private final Requests requests = new Requests(work);
    private final City city = work.city();

    @Test
    void aPageAsksOnceForAllThatItNames() {
        Piece clue = work.clue(City.MSA);
        String page = "/v1/requests?matterId=" + clue.matter();
        for (int i = 0; i < 8; i++) {
            requests.sent(City.MSA, clue.matter(), City.POLICE, Requests.records(clue.id()));
        }
        assertEquals(statements(page + "&limit=2", 2), statements(page + "&limit=8", 8));
        assertEquals(
                statements(page + "&limit=8", 8) - 1,
                statements("/v1/clues?matterId=" + clue.matter(), 1),
                "one more than of a kind that names nothing");
    }

    /** The fewest of several tries: the service also does this and that by the clock. */
    private long statements(String target, int items) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < 40; i++) {
            city.client(City.POLICE); // its token is fetched before the count begins
            long before = city.statements();
            JsonNode page = Casework.json(city.call(City.POLICE, "GET", target).send());
            long sent = city.statements() - before;
            assertEquals(items, page.get("items").size(), page.toString());
            fewest = i == 0 ? fewest : Math.min(fewest, sent);
        }
        assertTrue(fewest >= 3, "page, records and journal at least: " + fewest);
        return fewest;
    }
}
