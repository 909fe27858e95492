package org.xietong.agency;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Signer;

/**
 * All keys of the platform as they were opened at one moment.
 *
 * @param logIntl the key in use, then the one that follows it, if that is there
 * @param logGm likewise
 * @param tokenNext whose tokens are taken although it does not sign here yet
 */
record PlatformKeySet(
        Signer responseGm,
        Signer responseIntl,
        Signer token,
        Optional<Signer> tokenNext,
        List<Signer> logIntl,
        List<Signer> logGm,
        Signer evidenceIntl,
        Signer evidenceGm) {

    /** @throws IllegalStateException with a message for the operator that names the configuration key */
    static PlatformKeySet open(PlatformKeysConfig config) {
        PlatformKeyFiles files = new PlatformKeyFiles(config.password(), config.passwordFile());
        PlatformKeySet set = new PlatformKeySet(
                files.open("response-gm", config.responseGm(), Set.of(KeyAlgorithm.SM2)),
                files.open("response-intl", config.responseIntl(), Set.of(KeyAlgorithm.P256, KeyAlgorithm.ED25519)),
                files.open("token", config.token(), Set.of(KeyAlgorithm.P256)),
                next(files, "token-next", config.tokenNext(), KeyAlgorithm.P256),
                withNext(
                        files.open("log-intl", config.logIntl(), Set.of(KeyAlgorithm.ED25519)),
                        next(files, "log-intl-next", config.logIntlNext(), KeyAlgorithm.ED25519)),
                withNext(
                        files.open("log-gm", config.logGm(), Set.of(KeyAlgorithm.SM2)),
                        next(files, "log-gm-next", config.logGmNext(), KeyAlgorithm.SM2)),
                files.open("evidence-intl", config.evidenceIntl(), Set.of(KeyAlgorithm.P256)),
                files.open("evidence-gm", config.evidenceGm(), Set.of(KeyAlgorithm.SM2)));
        set.requireDifferent();
        return set;
    }

    /** All of them, each with the name of its use. */
    Stream<Named> named() {
        return Stream.of(
                        Stream.of(
                                new Named("response-gm", responseGm),
                                new Named("response-intl", responseIntl),
                                new Named("token", token),
                                new Named("evidence-intl", evidenceIntl),
                                new Named("evidence-gm", evidenceGm)),
                        tokenNext.stream().map(key -> new Named("token", key)),
                        logIntl.stream().map(key -> new Named("log-intl", key)),
                        logGm.stream().map(key -> new Named("log-gm", key)))
                .flatMap(keys -> keys);
    }

    /** A key and what it is for. */
    record Named(String use, Signer key) {}

    /** The file of a key that is to follow need not be there; between two rotations none is. */
    private static Optional<Signer> next(
            PlatformKeyFiles files, String name, Optional<Path> configured, KeyAlgorithm algorithm) {
        return configured.filter(Files::exists).map(file -> files.open(name, Optional.of(file), Set.of(algorithm)));
    }

    private static List<Signer> withNext(Signer current, Optional<Signer> next) {
        List<Signer> both = new ArrayList<>(List.of(current));
        next.ifPresent(both::add);
        return List.copyOf(both);
    }

    private void requireDifferent() {
        List<Signer> all = named().map(Named::key).toList();
        long different = all.stream()
                .map(signer -> X509.publicKeyId(signer.certificate()))
                .collect(Collectors.toSet())
                .size();
        if (different != all.size()) {
            throw new IllegalStateException("平台各用途的密钥须各不相同（xietong.keys.*）。"
                    + " / The platform's keys must differ from each other (xietong.keys.*).");
        }
    }
}
