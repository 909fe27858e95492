package org.xietong.threshold;

import java.time.LocalDate;
import java.util.List;

/**
 * How a record stands to the thresholds. No finding that there is a crime: a reason to consider a transfer, or none (I10).
 *
 * @param reached ids of the thresholds
 * @param unknown codes of {@code amount-type} that are stated and cannot be compared; they prompt nothing
 * @param suspicion whether an officer marked 合理嫌疑
 * @param on the day whose law was asked
 */
public record Assessment(List<String> reached, List<String> unknown, boolean suspicion, LocalDate on) {
    public Assessment {
        reached = List.copyOf(reached);
        unknown = List.copyOf(unknown);
    }

    /** Whether a transfer must be considered. */
    public boolean prompts() {
        return suspicion || !reached.isEmpty();
    }
}
