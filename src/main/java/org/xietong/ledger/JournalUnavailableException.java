package org.xietong.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The journal is out of reach, full, failing, or stopping. Whether the entry was written stays open if the commit was
 * already under way; it was never acknowledged. Answer 503 without data.
 */
public final class JournalUnavailableException extends JournalException {
    private static final long serialVersionUID = 1L;

    public JournalUnavailableException(String message) {
        super(message, null);
    }

    public JournalUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
