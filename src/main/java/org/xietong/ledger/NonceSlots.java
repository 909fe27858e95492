package org.xietong.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Nonces live in six slots by their signed time of creation, five minutes each, and are forgotten a slot at a time once
 * all of it is older than 15 minutes; a signature is good for five. The ten minutes between are how far the clocks of
 * service and store may differ.
 */
public final class NonceSlots {
    private static final int SLOTS = 6;
    private static final long SECONDS_PER_TURN = 300;

    private final DataSource store;

    public NonceSlots(DataSource store) {
        this.store = store;
    }

    static int slot(Instant created) {
        return (int) Math.floorMod(Math.floorDiv(created.getEpochSecond(), SECONDS_PER_TURN), SLOTS);
    }

    /**
     * Empties the slot whose turn has come, if nothing holds it and nothing young stands in it; to be called every
     * minute or so, by any number of replicas.
     *
     * @return whether a slot was emptied
     */
    public boolean emptyOldSlot() throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT empty_old_nonce_slot()")) {
            return result.next() && result.getInt(1) > 0;
        }
    }
}
