package org.xietong.record;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer to a write, as far as a repetition of its idempotency key tells it again. */
public interface Committed {
    /** Kind of the record that was written to. */
    String kind();

    UUID id();

    default @Nullable Integer version() {
        return null;
    }
}
