package org.xietong.record;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The records under quarantine: nothing of what was sent for them leaves by any way. */
@Singleton
public class SpilledRecords {
    private static final Logger LOG = Logger.getLogger(SpilledRecords.class);
    /** Few at any time, and found by the spills that did not end. */
    private static final String NOW = "SELECT record_id FROM spill WHERE ended_at IS NULL";

    private final DataSource store;

    @Inject
    public SpilledRecords(DataSource store) {
        this.store = store;
    }

    /** @throws ProblemException {@code UNAVAILABLE} when the store fails */
    public Set<UUID> now() {
        Set<UUID> records = new HashSet<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(NOW);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                records.add(row.getObject(1, UUID.class));
            }
            return records;
        } catch (SQLException e) {
            LOG.warnf("spills cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }
}
