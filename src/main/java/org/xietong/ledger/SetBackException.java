package org.xietong.ledger;

/** The ledger is smaller than this replica has seen it: another store answers, or an older one. Nothing may be appended to it. */
final class SetBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SetBackException(long size, long seen) {
        super("the ledger has " + size + " entries and had " + seen);
    }
}
