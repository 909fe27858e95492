package org.xietong.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An exchange as listed. How much of it a reader may see is decided above.
 *
 * @param position of its leaf in the log, from 0; none while it waits for one
 */
public record ExchangeRow(
        UUID id,
        Instant time,
        String agency,
        String unit,
        String system,
        @Nullable String officer,
        String operation,
        @Nullable String kind,
        Outcome outcome,
        String rule,
        int status,
        @Nullable Long position) {

    /** Whether the platform itself made it: it holds no case. */
    public boolean isOfPlatform() {
        return agency.equals(PlatformEntry.AGENCY);
    }

    ExchangeCursor cursor() {
        return new ExchangeCursor(time, id);
    }
}
