package org.xietong.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xietong.label.Caveat;

/**
 * The most that a row shows of a record whose label bears a caveat which the row does not open, from
 * {@code policy/ceiling.yaml}; the file is part of the policy's version, so that a decision can be replayed (I8). Every caveat
 * has its line. See {@code docs/adr/0010-label-ceiling.md}.
 */
public final class CaveatCeiling {
    private static final String FILE = "ceiling.yaml";

    private final Map<Caveat, Line> lines;

    private CaveatCeiling(Map<Caveat, Line> lines) {
        this.lines = lines;
    }

    /** @param most the greatest view; empty = out of sight */
    public record Line(Caveat caveat, Optional<View> most, String zh) {}

    public Line of(Caveat caveat) {
        Line line = lines.get(caveat);
        if (line == null) {
            throw new IllegalStateException("no ceiling for " + caveat);
        }
        return line;
    }

    static CaveatCeiling read(JsonNode tree) {
        Entry file = new Entry(FILE, tree, Set.of("ceilings"));
        Map<Caveat, Line> lines = new EnumMap<>(Caveat.class);
        for (JsonNode each : file.list("ceilings")) {
            Entry entry = new Entry(FILE, each, Set.of("caveat", "most", "zh"));
            Caveat caveat = entry.constant("caveat", Caveat.class);
            Optional<View> most = "NONE".equals(entry.text("most"))
                    ? Optional.empty()
                    : Optional.of(entry.constant(entry.text("most"), "view", View.class));
            if (lines.put(caveat, new Line(caveat, most, entry.text("zh"))) != null) {
                throw entry.fault("caveat " + caveat + " stands twice");
            }
        }
        for (Caveat caveat : Caveat.values()) {
            if (!lines.containsKey(caveat)) {
                throw file.fault("missing caveat " + caveat);
            }
        }
        return new CaveatCeiling(lines);
    }
}
