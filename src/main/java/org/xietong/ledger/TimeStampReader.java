package org.xietong.ledger;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.xietong.crypto.Pem;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampToken;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The checkpoints that are timed, both notes; for everybody, like the log itself ({@link LogReader}).
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class TimeStampReader {
    private static final Logger LOG = Logger.getLogger(TimeStampReader.class);
    private static final String SELECT = """
            SELECT c.size, c.sha256, c.sm3, a.token, b.token, a.gen_time FROM ledger_timestamp a
                JOIN ledger_timestamp b ON b.size = a.size AND b.tree = 'SM3'
                JOIN ledger_checkpoint c ON c.size = a.size
                WHERE a.tree = 'SHA_256' AND a.size BETWEEN ? AND ? ORDER BY a.size
            """;

    private static final String CERTIFICATES =
            "SELECT certificate FROM ledger_time_certificate ORDER BY first_used, id";
    static final String SELECT_VOUCHED = """
            SELECT c.size, c.sha256, c.sm3, a.token, b.token, a.gen_time FROM ledger_vouched v
                JOIN ledger_timestamp a ON a.size = v.size AND a.tree = 'SHA_256'
                JOIN ledger_timestamp b ON b.size = v.size AND b.tree = 'SM3'
                JOIN ledger_checkpoint c ON c.size = v.size
                WHERE v.by_whom = 'QUORUM_AND_TIME' AND v.size BETWEEN ? AND ? ORDER BY v.size
            """;
    /** How much later a time may be for the sake of the quorum. */
    private static final Duration LATE = Duration.ofDays(1);

    private final javax.sql.DataSource store;

    @Inject
    public TimeStampReader(@DataSource("public") javax.sql.DataSource store) {
        this.store = store;
    }

    /** The newest. */
    public Optional<TimedCheckpoint> newest() {
        return first(SELECT + " DESC LIMIT 1", 0, Long.MAX_VALUE);
    }

    /** That of exactly this size. */
    public Optional<TimedCheckpoint> at(long size) {
        return first(SELECT + " LIMIT 1", size, size);
    }

    /** The first whose trees have at least this size: the earliest time by which the entry at {@code size - 1} is proved to be there. */
    private Optional<TimedCheckpoint> covering(long size) {
        return first(SELECT + " LIMIT 1", size, Long.MAX_VALUE);
    }

    /** By which authorities are or were believed, the oldest first. */
    public List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        try (Connection connection = store.getConnection();
                PreparedStatement select = connection.prepareStatement(CERTIFICATES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                certificates.add(Pem.certificate(row.getBytes(1)));
            }
            return certificates;
        } catch (SQLException e) {
            LOG.warnf("the time-stamp authorities' certificates cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    /**
     * By which evidence of the entry at {@code size - 1} shall be proved: the first that holds it and that the quorum has cosigned
     * too. But where that is much later than the first timed one, that one, since a certificate may have ended between them.
     */
    public Optional<TimedCheckpoint> vouching(long size) {
        Optional<TimedCheckpoint> earliest = covering(size);
        Optional<TimedCheckpoint> vouched = first(SELECT_VOUCHED + " LIMIT 1", size, Long.MAX_VALUE);
        return vouched.filter(
                        one -> !one.time().isAfter(earliest.orElseThrow().time().plus(LATE)))
                .or(() -> earliest);
    }

    private Optional<TimedCheckpoint> first(String sql, long from, long to) {
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
            LOG.warnf("time-stamps cannot be read: SQLSTATE %s", e.getSQLState());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        } catch (TimeStampException e) {
            LOG.errorf("a stored time-stamp cannot be read: %s", e.fault());
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }
}
