package org.xietong.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A text and who is known to have signed it. Made by {@link SignedNote#verify} alone. That somebody signed is not that
 * the right ones did: ask for the log's key and for the quorum.
 */
public final class VerifiedNote {
    /**
     * One key's signature.
     *
     * @param time when a cosignature says that it was made, in seconds since the epoch; empty of other types
     */
    public record By(VerifierKey key, OptionalLong time) {}

    private final String text;
    private final List<By> signatures;

    VerifiedNote(String text, List<By> signatures) {
        this.text = text;
        this.signatures = signatures;
    }

    public String text() {
        return text;
    }

    /** At least one; no key twice. */
    public List<By> signatures() {
        return signatures;
    }

    public boolean isSignedBy(VerifierKey key) {
        return by(key).isPresent();
    }

    public Optional<By> by(VerifierKey key) {
        return signatures.stream().filter(by -> by.key().equals(key)).findFirst();
    }
}
