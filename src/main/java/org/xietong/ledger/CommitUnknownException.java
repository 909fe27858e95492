package org.xietong.ledger;

import java.sql.SQLException;

/** The store did not confirm a commit: it may have happened. To try again would meet one's own nonces. */
final class CommitUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    final SQLException reason;

    CommitUnknownException(SQLException reason) {
        super(reason);
        this.reason = reason;
    }
}
