package org.xietong.ledger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;

/** A log's name and keys for tests. */
record TestLog(
        String origin,
        Duration checkpointEvery,
        Duration mergeDelay,
        Duration stopAfter,
        Optional<Path> outsideFolder,
        Optional<List<Path>> knownCheckpoints,
        Optional<List<String>> formerKeys)
        implements LogConfig {

    static TestLog named(String origin) {
        return new TestLog(
                origin,
                Duration.ZERO,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static LogSigners signers() {
        return new LogSigners(
                named("xietong.example/log"),
                suite -> List.of(TestParties.signer(suite == Suite.GM ? KeyAlgorithm.SM2 : KeyAlgorithm.ED25519)));
    }
}
