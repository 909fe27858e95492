package org.xietong.deadline;

import java.util.List;

/**
 * Duties that are asked for where they are late.
 *
 * @param rules ids in {@code law/deadlines.yaml}
 * @param state RUNNING for what is open, MISSED for what was fulfilled late
 */
public record LateDuties(List<String> rules, Deadline.State state) {
    public LateDuties {
        rules = List.copyOf(rules);
    }
}
