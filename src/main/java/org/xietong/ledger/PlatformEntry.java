package org.xietong.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Entries that the platform makes of itself: no unit and no system stands behind them (ADR 0022). */
final class PlatformEntry {
    /** Who speaks in them; none in the directory is called so. */
    static final String AGENCY = "PLATFORM";

    private static final String NOBODY = "-";
    private static final int OK = 200;

    private PlatformEntry() {}

    /** @param rule by which it is made */
    static ExchangeRecord of(UUID id, Instant at, String operation, String rule, List<PartContent> parts) {
        ExchangeIndex index =
                new ExchangeIndex(NOBODY, NOBODY, null, operation, null, Outcome.PERMIT, rule, OK, null, List.of());
        return new ExchangeRecord(id, at, AGENCY, parts, index, List.of());
    }
}
