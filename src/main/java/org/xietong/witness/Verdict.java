package org.xietong.witness;

import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.SignedCheckpoint;

/** What a witness says to a checkpoint. */
sealed interface Verdict {
    /** @param checkpoint as it was shown, with the signature behind */
    record Cosigned(SignedCheckpoint checkpoint, NoteSignature signature) implements Verdict {}

    /** None of the keys that are trusted for this log has signed. */
    record NotSigned() implements Verdict {}

    /** @param size of what was cosigned last */
    record Conflict(long size) implements Verdict {}

    /** The proof does not hold. */
    record Unproved() implements Verdict {}
}
