package org.xietong.agency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Administration of the directory. */
@ConfigMapping(prefix = "xietong.admin")
public interface AdminConfig {
    /** How long a proposal waits for its second person; 30 days at most. */
    @WithDefault("P7D")
    Duration proposalLifetime();
}
