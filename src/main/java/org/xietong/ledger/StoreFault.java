package org.xietong.ledger;

import java.sql.SQLException;

/** Whose fault a failure of the store is, by its SQLSTATE (PostgreSQL, appendix A). */
enum StoreFault {
    /** The connection is gone, at once or by the store's shutting down; another connection may work. */
    CONNECTION,
    /** What the record holds is refused; records beside it may pass. */
    RECORD,
    /** Two transactions met; once more may pass. */
    COLLISION,
    /** The store does not work as it should: disk full, read-only, table gone. */
    STORE;

    static StoreFault of(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            return STORE;
        }
        return switch (state.substring(0, 2)) {
            case "08" -> CONNECTION;
            case "57" -> state.startsWith("57P") ? CONNECTION : STORE;
            case "22", "23", "54" -> RECORD;
            case "40" -> COLLISION;
            default -> state.equals("55P03") ? COLLISION : STORE;
        };
    }
}
