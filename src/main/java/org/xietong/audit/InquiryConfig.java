package org.xietong.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long an inquiry waits for the second officer, and how long it stays open. */
@ConfigMapping(prefix = "xietong.inquiries")
public interface InquiryConfig {
    /** After this a proposal can no longer be approved. */
    @WithDefault("P7D")
    Duration life();

    /** From its approval on. */
    @WithDefault("P90D")
    Duration open();
}
