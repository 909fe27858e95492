package org.xietong.ledger;

import org.jspecify.annotations.Nullable;

/** What is stored of the ledger contradicts itself. Nothing is appended until an operator has looked. */
final class CorruptLedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CorruptLedgerException(String message, @Nullable Exception cause) {
        super(message, cause);
    }
}
