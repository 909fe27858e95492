package org.xietong.record;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what one officer proposed waits for the second, and how long a grant may last. */
@ConfigMapping(prefix = "xietong.proposals")
public interface ProposalConfig {
    /** After this a proposal can no longer be confirmed. */
    @WithDefault("P7D")
    Duration life();

    /** The latest end of a grant, counted from its proposal. */
    @WithDefault("P180D")
    Duration longestGrant();
}
