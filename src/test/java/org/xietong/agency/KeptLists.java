package org.xietong.agency;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Revocation lists, kept as the watch keeps what it fetched. */
public final class KeptLists {
    private KeptLists() {}

    public static void keep(DataSource application, byte[] der) throws SQLException {
        new Revocations(application).keep(der);
    }
}
