package org.xietong.ledger;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGStatement;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Who saw what, with the rights of the auditor's role: one query per page. Every method throws {@link ProblemException}
 * {@code UNAVAILABLE} when the store fails.
 */
@Singleton
public class DisclosureQueries {
    /** A number that stands with more persons than this finds the first of them only. */
    static final int MOST_PARTICIPANTS = 1000;

    private static final Logger LOG = Logger.getLogger(DisclosureQueries.class);

    private final DataSource store;

    @Inject
    public DisclosureQueries(@io.quarkus.agroal.DataSource("auditor") DataSource auditor) {
        this.store = auditor;
    }

    /** What was disclosed of the sought, as far as the inquiry opens it; newest first. */
    public DisclosurePage page(
            ExchangeScope.Within inquiry, Sought sought, Optional<DisclosureCursor> after, int limit) {
        if (sought.keys().isEmpty()) {
            return new DisclosurePage(List.of(), Optional.empty());
        }
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(DisclosureSql.of(sought))) {
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            bind(statement, inquiry, sought, after.orElse(DisclosureCursor.NEWEST), limit + 1);
            List<Disclosure> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            return DisclosurePage.of(rows, limit);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    /** Whom the blind index names under the digest, in these threads; in any where none is given. */
    public List<UUID> participants(byte[] digest, List<UUID> threads) {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(DisclosureSql.PARTICIPANTS)) {
            String joined = ExchangeSql.joined(threads);
            statement.setBytes(1, digest);
            statement.setString(2, joined);
            statement.setString(3, joined);
            statement.setInt(4, MOST_PARTICIPANTS);
            try (ResultSet found = statement.executeQuery()) {
                List<UUID> participants = new ArrayList<>();
                while (found.next()) {
                    participants.add(found.getObject(1, UUID.class));
                }
                return participants;
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    static void bind(
            PreparedStatement statement, ExchangeScope.Within inquiry, Sought sought, DisclosureCursor after, int rows)
            throws SQLException {
        String threads = ExchangeSql.joined(inquiry.threads());
        OffsetDateTime time = stamp(after.time());
        List<Object> values = List.of(
                ExchangeSql.joined(sought.keys()),
                ExchangeSql.joined(inquiry.agencies()),
                stamp(inquiry.from()),
                stamp(inquiry.until()),
                threads,
                threads,
                time,
                after.exchange(),
                time,
                after.exchange(),
                after.subject(),
                after.part(),
                rows,
                rows);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private static OffsetDateTime stamp(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Disclosure row(ResultSet found) throws SQLException {
        return new Disclosure(
                found.getObject(1, UUID.class),
                found.getObject(2, OffsetDateTime.class).toInstant(),
                found.getObject(3, UUID.class),
                found.getObject(4, UUID.class),
                found.getInt(5),
                found.getString(6),
                found.getString(7),
                found.getString(8),
                found.getString(9),
                found.getString(10),
                found.getInt(11),
                Optional.ofNullable(found.getBytes(12)),
                Optional.ofNullable(found.getBytes(13)),
                found.getString(14));
    }

    private static ProblemException unavailable(SQLException e) {
        LOG.warnf("the journal cannot be read: SQLSTATE %s", e.getSQLState());
        return new ProblemException(ProblemType.UNAVAILABLE);
    }
}
