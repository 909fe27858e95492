package org.xietong.ledger;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An exchange as listed. How much of it a reader may see is decided above. */
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
        int status) {

    ExchangeCursor cursor() {
        return new ExchangeCursor(time, id);
    }
}
