package org.xietong.ledger;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.xietong.evidence.WitnessKey;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The keys of all witnesses that this log ever had, for everybody, like the log itself ({@link LogReader}). */
@Singleton
public class WitnessKeyReader {
    private static final Logger LOG = Logger.getLogger(WitnessKeyReader.class);

    private final javax.sql.DataSource store;

    @Inject
    public WitnessKeyReader(@DataSource("auditor") javax.sql.DataSource store) {
        this.store = store;
    }

    /**
     * By name; those in use, former ones with their end, withdrawn ones as such.
     *
     * @throws ProblemException {@code UNAVAILABLE} when the store fails
     */
    public List<WitnessKey> all() {
        try (Connection connection = store.getConnection()) {
            return WitnessKeyRows.all(connection);
        } catch (SQLException e) {
            LOG.warnf("the witnesses' keys cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }
}
