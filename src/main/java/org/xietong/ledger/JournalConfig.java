package org.xietong.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the journal gathers commits. */
@ConfigMapping(prefix = "xietong.journal")
public interface JournalConfig {
    /** Threads that write groups; each uses one connection while it writes. */
    @WithDefault("2")
    int writers();

    /** The most records in one commit. */
    @WithDefault("256")
    int group();

    /** The most records that wait; one more is refused at once. */
    @WithDefault("4096")
    int queue();

    /** The longest that a caller waits, and that the store may stay silent. */
    @WithDefault("5s")
    Duration patience();
}
