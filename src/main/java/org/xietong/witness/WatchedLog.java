package org.xietong.witness;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.UnverifiedNoteException;
import org.xietong.evidence.VerifierKey;

/**
 * A log as its witness knows it. The two trees of one service are two logs.
 *
 * @param origin first line of its checkpoints
 * @param keys trusted for that origin; while the log's keys rotate, both
 * @param pull where to look by oneself; empty where the log submits
 */
public record WatchedLog(String origin, TreeHash hash, List<VerifierKey> keys, Optional<Pull> pull) {
    /**
     * @param url below which {@code checkpoint} and {@code tile/…} lie (c2sp.org/tlog-tiles)
     * @param every how far apart the looks are
     * @param deposit where the cosigned checkpoint is sent; empty for nowhere
     */
    public record Pull(URI url, Duration every, Optional<URI> deposit) {}

    /** @throws IllegalArgumentException without a key: nothing could ever be believed */
    public WatchedLog {
        if (origin.isEmpty() || keys.isEmpty()) {
            throw new IllegalArgumentException("a log has an origin and keys");
        }
        keys = List.copyOf(keys);
    }

    /** Whether one of the trusted keys has signed; if the signature of any is wrong, it is not signed. */
    boolean hasSigned(SignedCheckpoint checkpoint) {
        try {
            checkpoint.note().verify(keys);
            return true;
        } catch (UnverifiedNoteException e) {
            return false;
        }
    }
}
