package org.xietong.ledger;

/** A nonce of this record was used before: the request is a replay, and nothing of the record is written. */
public final class ReplayException extends JournalException {
    private static final long serialVersionUID = 1L;

    public ReplayException() {
        super("nonce used before", null);
    }
}
