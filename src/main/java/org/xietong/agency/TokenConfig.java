package org.xietong.agency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Who issues the tokens that callers present. */
@ConfigMapping(prefix = "xietong.token")
public interface TokenConfig {
    /** The {@code iss} that is expected, and given by the built-in issuer. */
    @WithDefault("xietong")
    String issuer();

    /** The {@code aud} that is expected, and given by the built-in issuer. */
    @WithDefault("xietong")
    String audience();

    /**
     * PEM file with the certificate of an external issuer's P-256 key. Given: its tokens are taken, and the built-in
     * issuer is off. Absent: the built-in issuer, with the platform's token key.
     */
    Optional<Path> publicKey();
}
