package org.xietong.agency;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.ledger.LogKeys;

/**
 * The platform's own keys, opened at start. A file that is missing, cannot be opened, or holds a key of the wrong kind
 * keeps the service from starting, and so does one key in two places: who verifies an answer must not thereby accept
 * a token, nor a checkpoint.
 */
@Startup
@ApplicationScoped
public class PlatformKeys implements LogKeys {
    private final Signer responseGm;
    private final Signer responseIntl;
    private final Signer token;
    private final Signer logIntl;
    private final Signer logGm;
    private final Signer evidenceIntl;
    private final Signer evidenceGm;

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    @Inject
    PlatformKeys(PlatformKeysConfig config) {
        PlatformKeyFiles files = new PlatformKeyFiles(config.password(), config.passwordFile());
        responseGm = files.open("response-gm", config.responseGm(), Set.of(KeyAlgorithm.SM2));
        responseIntl =
                files.open("response-intl", config.responseIntl(), Set.of(KeyAlgorithm.P256, KeyAlgorithm.ED25519));
        token = files.open("token", config.token(), Set.of(KeyAlgorithm.P256));
        logIntl = files.open("log-intl", config.logIntl(), Set.of(KeyAlgorithm.ED25519));
        logGm = files.open("log-gm", config.logGm(), Set.of(KeyAlgorithm.SM2));
        evidenceIntl = files.open("evidence-intl", config.evidenceIntl(), Set.of(KeyAlgorithm.P256));
        evidenceGm = files.open("evidence-gm", config.evidenceGm(), Set.of(KeyAlgorithm.SM2));
        checkDifferent(List.of(responseGm, responseIntl, token, logIntl, logGm, evidenceIntl, evidenceGm));
    }

    /** Signs answers in the caller's suite; its {@link Signer#certificate} is what callers verify them with. */
    public Signer responseSigner(Suite suite) {
        return switch (suite) {
            case GM -> responseGm;
            case INTL -> responseIntl;
        };
    }

    /** Signs tokens, ES256. */
    public Signer tokenSigner() {
        return token;
    }

    @Override
    public Signer logSigner(Suite suite) {
        return switch (suite) {
            case GM -> logGm;
            case INTL -> logIntl;
        };
    }

    /** Signs evidence bundles: P-256 in CMS for {@code INTL}, SM2 detached for {@code GM}. */
    public Signer evidenceSigner(Suite suite) {
        return switch (suite) {
            case GM -> evidenceGm;
            case INTL -> evidenceIntl;
        };
    }

    private static void checkDifferent(List<Signer> signers) {
        long different = signers.stream()
                .map(signer -> X509.publicKeyId(signer.certificate()))
                .collect(Collectors.toSet())
                .size();
        if (different != signers.size()) {
            throw new IllegalStateException("平台各用途的密钥须各不相同（xietong.keys.*）。"
                    + " / The platform's keys must differ from each other (xietong.keys.*).");
        }
    }
}
