package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who counts: the procuratorate and one other, never the operator. */
class QuorumTest {
    private static final Quorum QUORUM = new Quorum("IPO-421200", List.of("PROC"), 1);

    @ParameterizedTest
    @CsvSource({
        "PROC-421200 COURT-421200, true",
        "PROC-421200 PROC-421202, true",
        "PROC-421200, false",
        "PROC-421200 PROC-421200, false",
        "PROC-421200 IPO-421200, false",
        "PROC-421200 IPO, false",
        "COURT-421200 POLICE-421200, false",
        "PROCESSOR-1 COURT-421200, false",
        "'', false"
    })
    void needsTheProcuratorateAndOneOtherThanTheOperator(String agencies, boolean met) {
        assertEquals(met, QUORUM.isMet(List.of(agencies.split(" "))));
    }

    @Test
    void theOperatorCountsNeitherWhereItIsRequired() {
        assertEquals(
                false, new Quorum("PROC-421200", List.of("PROC"), 0).isMet(List.of("PROC-421200", "COURT-421200")));
        assertEquals(true, new Quorum("PROC-421200", List.of("PROC"), 0).isMet(List.of("PROC-421202")));
    }

    /** Who cosigned 9 has seen that it begins with 7. */
    @Test
    void coversWhatEnoughHaveCosignedOrPassed() {
        assertEquals(7, QUORUM.covered(Map.of("PROC-421200", 7L, "COURT-421200", 9L, "IPO-421200", 12L)));
        assertEquals(8, QUORUM.covered(Map.of("PROC-421200", 12L, "COURT-421200", 8L, "POLICE-421200", 3L)));
        assertEquals(0, QUORUM.covered(Map.of("PROC-421200", 12L, "IPO-421200", 12L)));
        assertEquals(0, QUORUM.covered(Map.of()));
    }
}
