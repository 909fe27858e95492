package org.xietong.agency;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the platform's own keys lie: PKCS#12 files, each with one key and its certificate. */
@ConfigMapping(prefix = "xietong.keys")
public interface PlatformKeysConfig {
    /** SM2 key that signs answers to callers of suite {@code gm}. Required. */
    Optional<Path> responseGm();

    /** P-256 or Ed25519 key that signs answers to callers of suite {@code intl}. Required. */
    Optional<Path> responseIntl();

    /** P-256 key that signs tokens. Required. */
    Optional<Path> token();

    /** Ed25519 key that signs the log's checkpoints. Required. */
    Optional<Path> logIntl();

    /** SM2 key that signs the log's checkpoints. Required. */
    Optional<Path> logGm();

    /** Signs checkpoints beside {@link #logIntl}, where the file is there: before it takes its place. */
    Optional<Path> logIntlNext();

    /** Signs checkpoints beside {@link #logGm}, where the file is there: before it takes its place. */
    Optional<Path> logGmNext();

    /** Its tokens are taken, where the file is there: before it takes the place of {@link #token}. */
    Optional<Path> tokenNext();

    /** P-256 key that signs evidence bundles (CMS). Required. */
    Optional<Path> evidenceIntl();

    /** SM2 key that signs evidence bundles. Required. */
    Optional<Path> evidenceGm();

    /** HMAC key of the blind index, by which an auditor finds an identifier that stands nowhere. Required. */
    Optional<Path> blindIndex();

    /** Password of the files; either this or {@link #passwordFile}. */
    Optional<String> password();

    /** File whose first line is the password of the files. */
    Optional<Path> passwordFile();
}
