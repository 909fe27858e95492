package org.xietong.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.xietong.client.Call;
import org.xietong.crypto.Digests;
import org.xietong.testing.City;

/**
 * A reader of {@code /v1/changes} who keeps his cursor, and what he was told. Of each page he makes sure that it goes on from his own
 * tally and leads to the one that it says.
 */
final class Feed {
    private final City city = City.current();
    private final String unit;
    private final BiFunction<String, String, Call> calls;
    private final List<String> told = new ArrayList<>();
    private final Set<String> holds = new TreeSet<>();
    private String tally = "0".repeat(64);
    private String cursor = "";

    private Feed(String unit, BiFunction<String, String, Call> calls) {
        this.unit = unit;
        this.calls = calls;
    }

    static Feed by(BiFunction<String, String, Call> calls) {
        return new Feed("", calls);
    }

    static Feed of(String unit) {
        return new Feed(unit, (method, target) -> City.current().call(unit, method, target));
    }

    static Feed ofOfficer(String unit, int officer) {
        return new Feed(unit, (method, target) -> City.current().signed(unit, officer, method, target));
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
        return page(limit, "");
    }

    /** A page asked for with more parameters. */
    JsonNode page(int limit, String more) {
        JsonNode page = Casework.json(call(limit, more).send());
        take(page);
        return page;
    }

    Call call(int limit, String more) {
        String after = cursor.isEmpty() ? "" : "&after=" + cursor;
        return calls.apply("GET", "/v1/changes?limit=" + limit + more + after);
    }

    private void take(JsonNode page) {
        assertEquals(tallied(), page.at("/window/from"), page::toString);
        for (JsonNode entry : page.get("items")) {
            String line = entry.get("type").asText()
                    + ' '
                    + entry.get("kind").asText()
                    + ' '
                    + entry.get("id").asText();
            told.add(line);
            tally = sha256(tally + ' ' + line);
            String record = line.substring(line.indexOf(' ') + 1);
            switch (entry.get("type").asText()) {
                case "APPEARED" -> holds.add(record);
                case "GONE" -> assertTrue(holds.remove(record), () -> "was never told of " + record);
                default -> assertTrue(holds.contains(record), () -> "was never told of " + record);
            }
        }
        assertEquals(tallied(), page.at("/window/to"), page::toString);
        cursor = page.get("next").asText();
    }

    private JsonNode tallied() {
        return JsonNodeFactory.instance.objectNode().put("entries", told.size()).put("sha256", tally);
    }

    /** What he holds by what he was told, as {@code kind id}, sorted. */
    Set<String> holds() {
        return Collections.unmodifiableSet(holds);
    }

    /** As a consumer whose store lost a record. */
    void lose(String record) {
        assertTrue(holds.remove(record));
    }

    /** The same as the service sums it up. */
    String summed() {
        Map<String, StringBuilder> ids = new TreeMap<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (String record : holds) {
            String[] part = record.split(" ");
            ids.computeIfAbsent(part[0], kind -> new StringBuilder())
                    .append(part[1])
                    .append('\n');
            counts.merge(part[0], 1, Integer::sum);
        }
        List<String> sums = new ArrayList<>();
        ids.forEach((kind, lines) -> sums.add("{\"kind\":\"" + kind + "\",\"records\":" + counts.get(kind)
                + ",\"sha256\":\"" + sha256(lines.toString()) + "\"}"));
        return sums.toString().replace(", ", ",");
    }

    static String sha256(String text) {
        return Digests.hex(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    String unit() {
        return unit;
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
