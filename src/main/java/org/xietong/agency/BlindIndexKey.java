package org.xietong.agency;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.xietong.crypto.BlindKey;

/** The key of the blind index. Opened at start: a file that is missing or cannot be opened keeps the service from starting. */
@Startup
@ApplicationScoped
public class BlindIndexKey {
    private final BlindKey key;

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    @Inject
    BlindIndexKey(PlatformKeysConfig config) {
        this.key = new PlatformKeyFiles(config.password(), config.passwordFile())
                .openSecret("blind-index", config.blindIndex());
    }

    public BlindKey get() {
        return key;
    }
}
