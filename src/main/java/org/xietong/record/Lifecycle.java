package org.xietong.record;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * States and acts of a kind, as data. An act is possible in the states that it names and in no other (409 STATE_CONFLICT); who may
 * take it is the policy's business.
 *
 * @param initial the state of a new record
 * @param stages of states: what the policy compares as {@code stage}, e.g. whether a measure was executed; none where it does not
 *     care
 */
public record Lifecycle(String initial, List<Act> acts, Map<String, String> stages) {
    /** The policy's name for what {@link #stages} tells. */
    public static final String STAGE = "stage";

    /** Refuses a lifecycle with a state that cannot be reached, or with two ways for one act out of one state. */
    public Lifecycle {
        acts = List.copyOf(acts);
        stages = Map.copyOf(stages);
        Set<String> reached = new LinkedHashSet<>(Set.of(initial));
        acts.forEach(act -> reached.add(act.to()));
        if (!stages.isEmpty() && !stages.keySet().equals(reached)) {
            throw new IllegalArgumentException("stages do not cover the states " + reached);
        }
        Set<String> seen = new LinkedHashSet<>();
        for (Act act : acts) {
            if (!reached.containsAll(act.from())) {
                throw new IllegalArgumentException("act " + act.name() + " starts from a state that is never reached");
            }
            for (String state : act.from()) {
                if (!seen.add(act.name() + " " + state)) {
                    throw new IllegalArgumentException("act " + act.name() + " is ambiguous in " + state);
                }
            }
        }
    }

    public static Lifecycle of(String initial, Act... acts) {
        return new Lifecycle(initial, List.of(acts), Map.of());
    }

    /** The same with the states of each stage. */
    public Lifecycle stages(Map<String, Set<String>> statesByStage) {
        Map<String, String> all = new LinkedHashMap<>();
        statesByStage.forEach((stage, states) -> states.forEach(state -> all.put(state, stage)));
        return new Lifecycle(initial, acts, all);
    }

    /** What the policy may compare of a record in that state. */
    public Map<String, String> attributes(String state) {
        String stage = stages.get(state);
        return stage == null ? Map.of() : Map.of(STAGE, stage);
    }

    /** The act of that name, where the state allows it. */
    public Optional<Act> act(String name, String state) {
        return acts.stream()
                .filter(act -> act.name().equals(name) && act.from().contains(state))
                .findFirst();
    }

    /** Whether the kind knows the act in any state; an unknown act is 404, a known one in the wrong state 409. */
    public boolean knows(String name) {
        return acts.stream().anyMatch(act -> act.name().equals(name));
    }

    /** What can follow, in the lifecycle's order. */
    public List<Act> possibleIn(String state) {
        return acts.stream().filter(act -> act.from().contains(state)).toList();
    }

    public Set<String> states() {
        Set<String> states = new LinkedHashSet<>(Set.of(initial));
        acts.forEach(act -> states.add(act.to()));
        return states;
    }
}
