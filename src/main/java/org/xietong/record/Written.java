package org.xietong.record;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a write made or changed, as its idempotency key remembers it. */
public interface Written {
    UUID id();

    String kind();

    /** Null where the answer shows none. */
    @Nullable
    Integer version();
}
