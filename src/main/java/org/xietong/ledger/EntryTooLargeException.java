package org.xietong.ledger;

/** The entry would pass {@link Entry#MAX_BYTES}: the exchange touched more subjects than one entry can name. */
public final class EntryTooLargeException extends JournalException {
    private static final long serialVersionUID = 1L;

    public EntryTooLargeException(int bytes) {
        super("entry of " + bytes + " bytes", null);
    }
}
