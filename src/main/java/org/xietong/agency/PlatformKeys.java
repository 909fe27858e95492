package org.xietong.agency;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xietong.crypto.Reloading;
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
    private final Reloading<PlatformKeySet> files;

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    @Inject
    PlatformKeys(PlatformKeysConfig config) {
        this.files = new Reloading<>(files(config), () -> PlatformKeySet.open(config));
    }

    /** For who sees to it that exchanged files take effect. */
    Reloading<PlatformKeySet> files() {
        return files;
    }

    PlatformKeySet current() {
        return files.current();
    }

    private static List<Path> files(PlatformKeysConfig config) {
        return Stream.of(
                        config.responseGm(),
                        config.responseIntl(),
                        config.token(),
                        config.tokenNext(),
                        config.logIntl(),
                        config.logIntlNext(),
                        config.logGm(),
                        config.logGmNext(),
                        config.evidenceIntl(),
                        config.evidenceGm())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Signs answers in the caller's suite; its {@link Signer#certificate} is what callers verify them with. */
    public Signer responseSigner(Suite suite) {
        return switch (suite) {
            case GM -> current().responseGm();
            case INTL -> current().responseIntl();
        };
    }

    /** Signs tokens, ES256. */
    public Signer tokenSigner() {
        return current().token();
    }

    /** Signs tokens soon, perhaps at other replicas already: its tokens are taken. */
    Optional<Signer> nextTokenSigner() {
        return current().tokenNext();
    }

    @Override
    public List<Signer> logSigners(Suite suite) {
        return switch (suite) {
            case GM -> current().logGm();
            case INTL -> current().logIntl();
        };
    }

    /** Signs evidence bundles: P-256 in CMS for {@code INTL}, SM2 detached for {@code GM}. */
    public Signer evidenceSigner(Suite suite) {
        return switch (suite) {
            case GM -> current().evidenceGm();
            case INTL -> current().evidenceIntl();
        };
    }
}
