package org.xietong.evidence;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A note whose text must not be believed. */
public final class UnverifiedNoteException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable VerifierKey wrong;

    /** No known key has signed. */
    UnverifiedNoteException() {
        super("no known key has signed");
        this.wrong = null;
    }

    UnverifiedNoteException(VerifierKey wrong) {
        super("the signature of " + wrong.name() + " is wrong");
        this.wrong = wrong;
    }

    /** The known key whose signature is wrong; empty if no known key has signed. */
    public Optional<VerifierKey> wrong() {
        return Optional.ofNullable(wrong);
    }
}
