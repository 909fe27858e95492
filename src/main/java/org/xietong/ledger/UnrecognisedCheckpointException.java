package org.xietong.ledger;

import java.io.IOException;

/** Something is no checkpoint that this log has signed; the message says so to the operator, and what he can do. */
public final class UnrecognisedCheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    UnrecognisedCheckpointException(String zh, String en) {
        super(zh + " / " + en);
    }
}
