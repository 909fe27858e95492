package org.xietong.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One lifecycle as {@code lifecycle/table.txt} states it, apart from the code.
 *
 * @param units in the table's order, the owner first
 */
record LifecycleTable(String name, String kind, String start, Map<String, Actor> units, List<Step> steps) {

    /** In which states a unit sees the record, and in which it may act at all. */
    record Actor(Set<String> seeing, Set<String> acting) {
        boolean sees(String state) {
            return seeing.contains("*") || seeing.contains(state);
        }

        boolean acts(String state) {
            return acting.contains("*") || acting.contains(state);
        }
    }

    /**
     * One act out of one state.
     *
     * @param to NOBODY where it could concern nobody of a record with one participant
     * @param needs {@code field} or {@code field:value}
     * @param road acts that lead to {@code from}; empty means the table's first
     */
    record Step(
            String from,
            String act,
            String to,
            List<String> by,
            List<String> needs,
            List<String> milestones,
            List<String> road) {
        static final String NOBODY = "!";

        boolean leadsOn() {
            return !to.equals(NOBODY);
        }

        /** The pointers that a request without anything is refused with. */
        Set<String> missing() {
            return needs.stream()
                    .map(need -> "/" + need.split(":")[0] + " REQUIRED")
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        String body() {
            List<String> parts = new ArrayList<>();
            for (String need : needs) {
                String[] part = need.split(":");
                parts.add(
                        switch (part[0]) {
                            case "note" -> "\"note\": \"情况说明\", \"noStateSecret\": true";
                            case "documentNumber" -> "\"documentNumber\": \"咸文〔2023〕1号\"";
                            case "addressees" -> "\"addressees\": [\"" + part[1] + "\"]";
                            case "reasonCode" -> "\"reasonCode\": \"" + part[1] + "\"";
                            case "occurred" ->
                                "\"occurred\": {\"time\": \"2023-06-30T00:00:00+08:00\", \"precision\": \"DAY\"}";
                            // Put in by who plays the step
                            case "record" -> "\"record\": \"" + part[1] + "\"";
                            default -> throw new IllegalArgumentException(need);
                        });
            }
            return "{" + String.join(", ", parts) + "}";
        }
    }

    @Override
    public String toString() {
        return name;
    }

    String owner() {
        return units.keySet().iterator().next();
    }

    Set<String> states() {
        Set<String> states = new LinkedHashSet<>(Set.of(start));
        steps.stream().filter(Step::leadsOn).forEach(step -> states.add(step.to()));
        return states;
    }

    Set<String> acts() {
        return steps.stream().map(Step::act).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The steps by which a record comes to a state, the first way that the table gives. */
    List<Step> roadTo(String state) {
        Map<String, List<Step>> roads = new LinkedHashMap<>(Map.of(start, List.of()));
        while (!roads.containsKey(state)) {
            int before = roads.size();
            for (Step step : steps) {
                List<Step> road = step.road().isEmpty() ? roads.get(step.from()) : roadBy(step.road());
                if (step.leadsOn() && road != null && !roads.containsKey(step.to())) {
                    roads.put(step.to(), with(road, step));
                }
            }
            if (roads.size() == before) {
                throw new IllegalStateException(name + " never reaches " + state);
            }
        }
        return Objects.requireNonNull(roads.get(state));
    }

    List<Step> roadOf(Step step) {
        return step.road().isEmpty() ? roadTo(step.from()) : roadBy(step.road());
    }

    static List<Step> with(List<Step> road, Step last) {
        List<Step> longer = new ArrayList<>(road);
        longer.add(last);
        return longer;
    }

    private List<Step> roadBy(List<String> acts) {
        List<Step> road = new ArrayList<>();
        String state = start;
        for (String act : acts) {
            String from = state;
            Step step = steps.stream()
                    .filter(s -> s.from().equals(from) && s.act().equals(act))
                    .findFirst()
                    .orElseThrow();
            road.add(step);
            state = step.to();
        }
        return road;
    }

    static List<LifecycleTable> all() {
        try (InputStream in = LifecycleTable.class.getResourceAsStream("/lifecycle/table.txt")) {
            return read(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<LifecycleTable> read(String text) {
        List<LifecycleTable> tables = new ArrayList<>();
        for (String section : text.split("(?m)^\\[")) {
            if (section.contains("\nstart ")) {
                tables.add(section(section));
            }
        }
        return tables;
    }

    private static LifecycleTable section(String text) {
        String[] head = text.lines().findFirst().orElseThrow().split("] ");
        String start = "";
        Map<String, Actor> units = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        for (String line : text.lines().skip(1).map(String::strip).toList()) {
            if (line.startsWith("start ")) {
                start = line.substring(6);
            } else if (line.startsWith("unit ")) {
                String[] unit = line.substring(5).split(": ");
                String[] states = unit[1].split("/");
                units.put(
                        unit[0], new Actor(Set.copyOf(words(states[0])), Set.copyOf(words(states[states.length - 1]))));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                String[] cell = line.split("\\|", -1);
                for (String from : cell[0].strip().split(",")) {
                    steps.add(new Step(
                            from,
                            cell[1].strip(),
                            cell[2].strip(),
                            words(cell[3]),
                            words(cell[4]),
                            cell.length > 5 ? words(cell[5]) : List.of(),
                            cell.length > 6 ? words(cell[6]) : List.of()));
                }
            }
        }
        return new LifecycleTable(head[0], head[1], start, units, steps);
    }

    private static List<String> words(String cell) {
        return Arrays.stream(cell.strip().split(" +")).filter(w -> !w.isEmpty()).toList();
    }
}
