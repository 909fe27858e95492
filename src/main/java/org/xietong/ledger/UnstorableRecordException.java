package org.xietong.ledger;

/** The store refuses this record for what it holds (a constraint, a character); others beside it are not concerned. */
public final class UnstorableRecordException extends JournalException {
    private static final long serialVersionUID = 1L;

    public UnstorableRecordException(Throwable cause) {
        super("the store refuses the record", cause);
    }
}
