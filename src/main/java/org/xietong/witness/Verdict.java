package org.xietong.witness;

import java.util.List;
import org.xietong.evidence.NoteSignature;

/** What a witness says to a checkpoint. */
sealed interface Verdict {
    /** @param signatures one, and while the witness's key rotates that of the next one behind it */
    record Cosigned(List<NoteSignature> signatures) implements Verdict {}

    /** None of the keys that are trusted for this log has signed. */
    record NotSigned() implements Verdict {}

    /** @param size of what was cosigned last */
    record Conflict(long size) implements Verdict {}

    /** The proof does not hold. */
    record Unproved() implements Verdict {}
}
