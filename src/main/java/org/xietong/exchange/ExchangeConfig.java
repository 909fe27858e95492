package org.xietong.exchange;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits and names of the exchange. */
@ConfigMapping(prefix = "xietong.exchange")
public interface ExchangeConfig {
    /** The platform's logical name: the {@code @authority} of every signature, whatever Host a gateway sends. */
    String authority();

    /** Largest JSON body in bytes. */
    @WithDefault("1048576")
    int maxBody();

    /** Requests per second and system, averaged; twice as many at once. */
    @WithDefault("5000")
    int requestsPerSecond();

    /** Failed authentications per minute, per source and for a key from one source, before 429. */
    @WithDefault("60")
    int failuresPerMinute();

    /** Cosignatures deposited per second, from one source, averaged; twice as many at once. */
    @WithDefault("10")
    int depositsPerSecond();
}
