package org.xietong.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When enough others have seen a checkpoint. Each agency counts once, however many witnesses it runs; whoever runs the
 * log never counts, since witnesses are there because of him.
 *
 * @param operator agency that runs the log
 * @param required agencies, in full or by their kind, which must be among them
 * @param others how many more there must be
 */
record Quorum(String operator, List<String> required, int others) {
    Quorum {
        required = List.copyOf(required);
    }

    boolean isMet(Collection<String> agencies) {
        Set<String> counted = agencies.stream()
                .filter(agency -> !isOf(agency, operator) && !isOf(operator, agency))
                .collect(Collectors.toSet());
        return counted.size() >= required.size() + others
                && required.stream().allMatch(needed -> counted.stream().anyMatch(agency -> isOf(agency, needed)));
    }

    /**
     * The largest size up to which the quorum has cosigned: who cosigned a larger tree has seen that it begins with the smaller.
     *
     * @param covered by agency, the largest size that it cosigned
     * @return 0 if there is none
     */
    long covered(Map<String, Long> covered) {
        return covered.values().stream()
                .sorted(Comparator.reverseOrder())
                .filter(size -> isMet(covered.entrySet().stream()
                        .filter(entry -> entry.getValue() >= size)
                        .map(Map.Entry::getKey)
                        .toList()))
                .findFirst()
                .orElse(0L);
    }

    /** {@code PROC-421200} is that agency, and of the kind {@code PROC}. */
    private static boolean isOf(String agency, String named) {
        return agency.equals(named) || agency.startsWith(named + "-");
    }
}
