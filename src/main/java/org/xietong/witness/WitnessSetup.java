package org.xietong.witness;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.xietong.crypto.Signer;

/**
 * What makes a witness.
 *
 * @param name of its key, as it stands in cosignatures
 * @param keys Ed25519, used for nothing else
 * @param listen where logs submit; port 0 takes a free one
 * @param folder of its state and of what it found
 * @param logs no origin twice
 */
public record WitnessSetup(
        String name, WitnessKeys keys, InetSocketAddress listen, Path folder, List<WatchedLog> logs) {
    /** @throws IllegalArgumentException if an origin stands there twice, or none does */
    public WitnessSetup {
        logs = List.copyOf(logs);
        if (logs.isEmpty() || logs.stream().map(WatchedLog::origin).distinct().count() != logs.size()) {
            throw new IllegalArgumentException("a witness watches logs, each once");
        }
    }

    /** With one key for good. */
    public WitnessSetup(String name, Signer signer, InetSocketAddress listen, Path folder, List<WatchedLog> logs) {
        this(name, WitnessKeys.of(signer), listen, folder, logs);
    }
}
