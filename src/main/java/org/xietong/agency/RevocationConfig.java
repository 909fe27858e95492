package org.xietong.agency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the revocation lists of the authorities are to be had. */
@ConfigMapping(prefix = "xietong.revocation")
public interface RevocationConfig {
    /** Files, or addresses of http or https (RFC 5280 §4.2.1.13), of complete lists in DER or PEM. */
    Optional<List<String>> crls();

    /** How often they are looked at. */
    @WithDefault("10m")
    Duration every();

    /** How long one of them has to come over the network. */
    @WithDefault("30s")
    Duration timeout();
}
