package org.xietong.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xietong.crypto.Jcs;

/**
 * How many entries of which agency stand in a day's stretch of the log. The stretches of the days join without a gap, so that every
 * entry is counted on exactly one day: a day's ends before the first entry that is of a later day. What is sequenced behind that counts
 * on the next day.
 *
 * @param day of Asia/Shanghai
 * @param from first place, from 0
 * @param until place behind the last
 * @param counts per agency as entries name it; those without entries are left out
 */
public record DayCount(LocalDate day, long from, long until, SortedMap<String, Long> counts) {
    /** Whose days are counted. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    static final String RULE = "DAILY_COUNTS";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException unless the counts make up the stretch */
    public DayCount {
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        if (from < 0
                || until - from
                        != counts.values().stream().mapToLong(Long::longValue).sum()) {
            throw new IllegalArgumentException("the counts are not those of the stretch");
        }
    }

    /** The part {@code decision} of the entry that states it (RFC 8785). */
    byte[] statement() {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        part.put("outcome", Outcome.PERMIT.name());
        part.put("rule", RULE);
        part.put("day", day.toString());
        part.put("from", from);
        part.put("until", until);
        ObjectNode numbers = part.putObject("counts");
        counts.forEach(numbers::put);
        return Jcs.canonical(part);
    }

    /** @throws IllegalArgumentException for anything but what {@link #statement()} writes */
    static DayCount parse(byte[] statement) {
        try {
            JsonNode part = JSON.readTree(statement);
            SortedMap<String, Long> counts = new TreeMap<>();
            for (Map.Entry<String, JsonNode> count : part.path("counts").properties()) {
                counts.put(count.getKey(), count.getValue().asLong());
            }
            return new DayCount(
                    LocalDate.parse(part.path("day").asText()),
                    part.path("from").asLong(-1),
                    part.path("until").asLong(-1),
                    counts);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a statement of counts", e);
        }
    }
}
