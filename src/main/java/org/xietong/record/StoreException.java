package org.xietong.record;

import java.sql.SQLException;

/** The store did not do what was asked; the pipeline turns it into a problem without any of its words. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(SQLException cause) {
        super(cause);
    }
}
