package org.xietong.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a subject that one exchange disclosed.
 *
 * @param part the bytes of the part {@code disclosed}; empty once it is erased
 * @param purpose the bytes of the part {@code purpose}; empty where none was stated
 * @param readings a JSON array of who read it as the receiving agency says: {@code officer}, {@code at}, {@code reportedAt}
 */
public record Disclosure(
        UUID exchange,
        Instant time,
        UUID subject,
        @Nullable UUID thread,
        int index,
        String agency,
        String unit,
        String system,
        @Nullable String officer,
        String operation,
        int status,
        Optional<byte[]> part,
        Optional<byte[]> purpose,
        String readings) {

    DisclosureCursor cursor() {
        return new DisclosureCursor(time, exchange, subject, index);
    }
}
