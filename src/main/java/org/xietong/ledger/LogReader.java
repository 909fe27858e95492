package org.xietong.ledger;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.xietong.evidence.TilePath;
import org.xietong.evidence.TreeHash;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The public side of the log: checkpoints, and the hashes below them; nothing else is to be had here. What no published checkpoint
 * covers is not shown. Reads with the auditor's few connections, so that a flood of readers takes none from exchanges.
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class LogReader {
    private static final Logger LOG = Logger.getLogger(LogReader.class);

    private final javax.sql.DataSource store;

    @Inject
    public LogReader(@DataSource("auditor") javax.sql.DataSource store) {
        this.store = store;
    }

    /** The newest, with the cosignatures that it has so far; none before the first was signed. */
    public Optional<SignedHead> newest() {
        try (Connection connection = store.getConnection()) {
            Optional<SignedHead> newest = StoredCheckpoints.newest(connection);
            return newest.isEmpty() ? newest : Optional.of(StoredCheckpoints.cosigned(connection, newest.get()));
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** A tile of hashes; none unless it lies wholly below the newest checkpoint. */
    public Optional<byte[]> tile(TreeHash tree, TilePath.Hashes path) {
        try (Connection connection = store.getConnection()) {
            Optional<SignedHead> head = StoredCheckpoints.newest(connection);
            if (head.isEmpty() || !path.isWithin(head.get().size())) {
                return Optional.empty();
            }
            return new StoredTiles(connection, tree).read(path);
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (IOException e) {
            LOG.warnf("the log cannot be read: %s", e.getMessage());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    private static ProblemException unavailable(SQLException e) {
        LOG.warnf("the log cannot be read: SQLSTATE %s", e.getSQLState());
        return new ProblemException(ProblemType.UNAVAILABLE);
    }
}
