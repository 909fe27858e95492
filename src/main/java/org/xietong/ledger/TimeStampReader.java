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
import org.xietong.crypto.Pem;
import org.xietong.problem.ProblemException;

/**
 * By which timed checkpoints evidence is proved. Whoever reads the open log takes none of its connections ({@link OpenTimeStamps}).
 *
 * <p>Every method throws {@link ProblemException} {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class TimeStampReader {
    private static final String CERTIFICATES =
            "SELECT certificate FROM ledger_time_certificate ORDER BY first_used, id";
    /** How much later a time may be for the sake of the quorum. */
    private static final Duration LATE = Duration.ofDays(1);

    private final javax.sql.DataSource store;
    private final Witnesses witnesses;

    @Inject
    TimeStampReader(@DataSource("auditor") javax.sql.DataSource store, Witnesses witnesses) {
        this.store = store;
        this.witnesses = witnesses;
    }

    /** That of exactly this size. */
    public Optional<TimedCheckpoint> at(long size) {
        return TimedRows.at(store, size);
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
            throw TimedRows.unavailable(e);
        }
    }

    /**
     * By which evidence of the entry at {@code size - 1} shall be proved: the first that holds it and that the quorum has cosigned
     * too, by keys that count now. But where that is much later than the first timed one, that one, since a certificate may have ended
     * between them.
     */
    public Optional<TimedCheckpoint> vouching(long size) {
        Optional<TimedCheckpoint> earliest = TimedRows.covering(store, size);
        Optional<TimedCheckpoint> vouched =
                witnesses.hasWithdrawn() ? stillVouched(size) : TimedRows.vouched(store, size);
        return vouched.filter(
                        one -> !one.time().isAfter(earliest.orElseThrow().time().plus(LATE)))
                .or(() -> earliest);
    }

    private Optional<TimedCheckpoint> stillVouched(long size) {
        Optional<Long> found;
        try (Connection connection = store.getConnection()) {
            found = VouchedCheckpoints.firstTimed(connection, size - 1, witnesses);
        } catch (SQLException e) {
            throw TimedRows.unavailable(e);
        }
        return found.flatMap(this::at);
    }
}
