package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.xietong.client.SignedAnswer;
import org.xietong.testing.City;

/** Whole lists: all tests share one city, so that what a test looks for may lie behind a hundred of others' items. */
final class Pages {
    private Pages() {}

    /** Every item, page after page. */
    static List<JsonNode> items(String unit, String target, int limit) {
        String first = target + (target.contains("?") ? "&" : "?") + "limit=" + limit;
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            SignedAnswer answer = City.current().call(unit, "GET", first + next).send();
            assertEquals(200, answer.status(), () -> target);
            JsonNode page = Casework.json(answer);
            assertTrue(page.get("items").size() <= limit);
            page.get("items").forEach(items::add);
            next = page.has("next") ? "&after=" + page.get("next").asText() : "";
        } while (!next.isEmpty());
        return items;
    }

    /** The ids of all items. */
    static List<String> ids(String unit, String target, int limit) {
        return items(unit, target, limit).stream()
                .map(each -> each.get("id").asText())
                .toList();
    }
}
