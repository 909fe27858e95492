package org.xietong.witness;

/** Why nothing was cosigned for whoever called in. Counted, and nothing is kept: anybody can call in, with anything. */
enum Refusal {
    TOO_LARGE,
    MALFORMED,
    UNKNOWN_LOG,
    BUSY,
    /** No key of the log has signed. */
    UNSIGNED,
    /** It does not start from what was cosigned last: an old checkpoint, or a question for the size. */
    CONFLICT,
    /** The proof does not hold. */
    UNPROVED
}
