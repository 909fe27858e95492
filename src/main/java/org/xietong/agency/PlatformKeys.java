package org.xietong.agency;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.ledger.LogKeys;

/**
 * The platform's own keys. Opened at start: a file that is missing, cannot be opened, or holds a key of the wrong kind
 * keeps the service from starting, and so does one key in two places: who verifies an answer must not thereby accept
 * a token, nor a checkpoint. Afterwards {@link PlatformKeyWatch} sees to it that exchanged files take effect while
 * the service runs.
 */
@Startup
@ApplicationScoped
public class PlatformKeys implements LogKeys {
    private final PlatformKeysConfig config;
    private volatile PlatformKeySet set;

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    @Inject
    PlatformKeys(PlatformKeysConfig config) {
        this.config = config;
        this.set = PlatformKeySet.open(config);
    }

    /**
     * Opens the files anew. All keys change together or none.
     *
     * @throws IllegalStateException as at start; the keys stay as they are
     */
    PlatformKeySet reload() {
        PlatformKeySet opened = PlatformKeySet.open(config);
        set = opened;
        return opened;
    }

    PlatformKeySet current() {
        return set;
    }

    /** Signs answers in the caller's suite; its {@link Signer#certificate} is what callers verify them with. */
    public Signer responseSigner(Suite suite) {
        return switch (suite) {
            case GM -> set.responseGm();
            case INTL -> set.responseIntl();
        };
    }

    /** Signs tokens, ES256. */
    public Signer tokenSigner() {
        return set.token();
    }

    /** Signs tokens soon, perhaps at other replicas already: its tokens are taken. */
    Optional<Signer> nextTokenSigner() {
        return set.tokenNext();
    }

    @Override
    public List<Signer> logSigners(Suite suite) {
        return switch (suite) {
            case GM -> set.logGm();
            case INTL -> set.logIntl();
        };
    }

    /** Signs evidence bundles: P-256 in CMS for {@code INTL}, SM2 detached for {@code GM}. */
    public Signer evidenceSigner(Suite suite) {
        return switch (suite) {
            case GM -> set.evidenceGm();
            case INTL -> set.evidenceIntl();
        };
    }
}
