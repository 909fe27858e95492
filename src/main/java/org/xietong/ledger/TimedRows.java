package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampToken;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The checkpoints that are timed, both notes, as they lie in the store. Every method throws {@link ProblemException}
 * {@code UNAVAILABLE} when the store fails.
 */
final class TimedRows {
    private static final Logger LOG = Logger.getLogger(TimedRows.class);
    private static final String SELECT = """
            SELECT c.size, c.sha256, c.sm3, a.token, b.token, a.gen_time FROM ledger_timestamp a
                JOIN ledger_timestamp b ON b.size = a.size AND b.tree = 'SM3'
                JOIN ledger_checkpoint c ON c.size = a.size
                WHERE a.tree = 'SHA_256' AND a.size BETWEEN ? AND ? ORDER BY a.size
            """;

    private static final String SELECT_VOUCHED = """
            SELECT c.size, c.sha256, c.sm3, a.token, b.token, a.gen_time FROM ledger_vouched v
                JOIN ledger_timestamp a ON a.size = v.size AND a.tree = 'SHA_256'
                JOIN ledger_timestamp b ON b.size = v.size AND b.tree = 'SM3'
                JOIN ledger_checkpoint c ON c.size = v.size
                WHERE v.by_whom = 'QUORUM_AND_TIME' AND v.size BETWEEN ? AND ? ORDER BY v.size
            """;

    private TimedRows() {}

    static Optional<TimedCheckpoint> newest(DataSource store) {
        return first(store, SELECT + " DESC LIMIT 1", 0, Long.MAX_VALUE);
    }

    /** That of exactly this size. */
    static Optional<TimedCheckpoint> at(DataSource store, long size) {
        return first(store, SELECT + " LIMIT 1", size, size);
    }

    /** The first whose trees have at least this size: the earliest time by which the entry at {@code size - 1} is proved to be there. */
    static Optional<TimedCheckpoint> covering(DataSource store, long size) {
        return first(store, SELECT + " LIMIT 1", size, Long.MAX_VALUE);
    }

    /** The first of at least this size that was noted as cosigned by the quorum. */
    static Optional<TimedCheckpoint> vouched(DataSource store, long size) {
        return first(store, SELECT_VOUCHED + " LIMIT 1", size, Long.MAX_VALUE);
    }

    private static Optional<TimedCheckpoint> first(DataSource store, String sql, long from, long to) {
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, from);
            select.setLong(2, to);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new TimedCheckpoint(
                                new SignedHead(row.getLong(1), row.getString(2), row.getString(3)),
                                row.getTimestamp(6).toInstant(),
                                TimeStampToken.parse(row.getBytes(4)).response(),
                                TimeStampToken.parse(row.getBytes(5)).response()))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (TimeStampException e) {
            LOG.errorf("a stored time-stamp cannot be read: %s", e.fault());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    static ProblemException unavailable(SQLException e) {
        LOG.warnf("time-stamps cannot be read: SQLSTATE %s", e.getSQLState());
        return new ProblemException(ProblemType.UNAVAILABLE);
    }
}
