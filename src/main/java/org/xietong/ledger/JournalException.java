package org.xietong.ledger;

import org.jspecify.annotations.Nullable;

/** Why an exchange is not in the journal. No answer with data may leave after any of these (I3). */
public abstract sealed class JournalException extends RuntimeException
        permits ReplayException, JournalUnavailableException, EntryTooLargeException, UnstorableRecordException {
    private static final long serialVersionUID = 1L;

    JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
