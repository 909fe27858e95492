package org.xietong.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.xietong.client.Call;
import org.xietong.testing.City;

/** A reader of {@code /v1/changes} who keeps his cursor. */
final class Feed {
    private final City city = City.current();
    private final BiFunction<String, String, Call> calls;
    private String cursor = "";

    private Feed(BiFunction<String, String, Call> calls) {
        this.calls = calls;
    }

    static Feed by(BiFunction<String, String, Call> calls) {
        return new Feed(calls);
    }

    static Feed of(String unit) {
        return new Feed((method, target) -> City.current().call(unit, method, target));
    }

    static Feed ofOfficer(String unit, int officer) {
        return new Feed((method, target) -> City.current().signed(unit, officer, method, target));
    }

    /** Goes to the end without looking. */
    Feed now() {
        read(100);
        return this;
    }

    /** What is new about this record, by type, after all that is committed has its position. */
    List<String> about(String record) {
        return read(100).stream()
                .filter(entry -> entry.get("id").asText().equals(record))
                .map(entry -> entry.get("type").asText())
                .toList();
    }

    List<JsonNode> read(int limit) {
        settle();
        List<JsonNode> entries = new ArrayList<>();
        JsonNode page;
        do {
            page = page(limit);
            page.get("items").forEach(entries::add);
        } while (page.get("more").asBoolean());
        return entries;
    }

    JsonNode page(int limit) {
        String after = cursor.isEmpty() ? "" : "&after=" + cursor;
        JsonNode page = Casework.json(
                calls.apply("GET", "/v1/changes?limit=" + limit + after).send());
        cursor = page.get("next").asText();
        return page;
    }

    String cursor() {
        return cursor;
    }

    /** Waits until every committed change has its position. */
    void settle() {
        long until = System.nanoTime() + 20_000_000_000L;
        while (city.stored().number("SELECT count(*) FROM xietong.sight_change WHERE position IS NULL") > 0) {
            if (System.nanoTime() > until) {
                throw new AssertionError("changes stay without position");
            }
            Thread.onSpinWait();
        }
    }
}
