package org.xietong.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How entries of the journal become leaves of the ledger. */
@ConfigMapping(prefix = "xietong.ledger")
public interface LedgerConfig {
    /** The most entries that one transaction puts into the trees. */
    @WithDefault("256")
    int batch();

    /** How long the first entry waits for others, at most, while there are few. */
    @WithDefault("5ms")
    Duration gather();
}
