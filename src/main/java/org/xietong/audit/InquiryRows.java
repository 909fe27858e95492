package org.xietong.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.PaperNumber;
import org.xietong.ledger.ExchangeCursor;
import org.xietong.record.StoreException;

/** The table {@code inquiry}. A unit finds its own only. */
@ApplicationScoped
class InquiryRows {
    private static final String COLUMNS =
            "id, unit, document_number, agencies, matters, from_time, until_time, reason, proposed_by, proposed_key,"
                    + " proposed_at, digest, expires_at, approved_by, approved_key, approved_at, approved_in, open_until,"
                    + " closed_by, closed_at";
    private static final String ADD = "INSERT INTO inquiry (id, unit, document_number, number_key, agencies, matters,"
            + " from_time, until_time, reason, proposed_by, proposed_key, proposed_at, digest, expires_at, exchange_id)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String APPROVE = "UPDATE inquiry SET approved_by = ?, approved_key = ?, approved_at = ?,"
            + " approved_in = ?, open_until = ? WHERE id = ? AND approved_by IS NULL AND closed_by IS NULL";
    private static final String CLOSE =
            "UPDATE inquiry SET closed_by = ?, closed_at = ? WHERE id = ? AND closed_by IS NULL";
    private static final String FIND = "SELECT " + COLUMNS + " FROM inquiry WHERE unit = ? AND id = ?";
    private static final String OPEN = "SELECT " + COLUMNS + " FROM inquiry WHERE unit = ? AND number_key = ?"
            + " AND closed_by IS NULL AND open_until > ? ORDER BY approved_at DESC, id DESC LIMIT 1";
    private static final String PAGE =
            "SELECT " + COLUMNS + " FROM inquiry WHERE unit = ? AND (proposed_at, id) < (?, ?)"
                    + " ORDER BY proposed_at DESC, id DESC LIMIT ?";
    private static final ExchangeCursor NEWEST =
            new ExchangeCursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    private final DataSource database;

    InquiryRows(DataSource database) {
        this.database = database;
    }

    void add(Inquiry inquiry, UUID exchange) {
        Inquiry.Terms terms = inquiry.terms();
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, terms.id());
            add.setString(2, terms.unit());
            add.setString(3, terms.documentNumber());
            add.setString(4, PaperNumber.normal(terms.documentNumber()));
            add.setArray(5, connection.createArrayOf("text", terms.agencies().toArray()));
            add.setArray(6, connection.createArrayOf("uuid", terms.matters().toArray()));
            add.setTimestamp(7, Timestamp.from(terms.from()));
            add.setTimestamp(8, Timestamp.from(terms.until()));
            add.setString(9, terms.reason());
            add.setString(10, terms.officer());
            add.setString(11, terms.keyId());
            add.setTimestamp(12, Timestamp.from(terms.at()));
            add.setString(13, inquiry.digest());
            add.setTimestamp(14, Timestamp.from(inquiry.expiresAt()));
            add.setObject(15, exchange);
            add.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** False where somebody else decided first. */
    boolean approve(UUID id, Inquiry.Approval approval) {
        try (Connection connection = database.getConnection();
                PreparedStatement approve = connection.prepareStatement(APPROVE)) {
            approve.setString(1, approval.officer());
            approve.setString(2, approval.keyId());
            approve.setTimestamp(3, Timestamp.from(approval.at()));
            approve.setObject(4, approval.exchange());
            approve.setTimestamp(5, Timestamp.from(approval.openUntil()));
            approve.setObject(6, id);
            return approve.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** False where it was closed before. */
    boolean close(UUID id, Inquiry.Closing closing) {
        try (Connection connection = database.getConnection();
                PreparedStatement close = connection.prepareStatement(CLOSE)) {
            close.setString(1, closing.officer());
            close.setTimestamp(2, Timestamp.from(closing.at()));
            close.setObject(3, id);
            return close.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    Optional<Inquiry> find(String unit, UUID id) {
        return query(FIND, List.of(unit, id)).stream().findFirst();
    }

    /** The one approved last among those that are open under this number. */
    Optional<Inquiry> open(String unit, String documentNumber, Instant now) {
        return query(OPEN, List.of(unit, PaperNumber.normal(documentNumber), Timestamp.from(now))).stream()
                .findFirst();
    }

    List<Inquiry> page(String unit, Optional<ExchangeCursor> after, int rows) {
        ExchangeCursor from = after.orElse(NEWEST);
        return query(PAGE, List.of(unit, Timestamp.from(from.time()), from.id(), rows));
    }

    private List<Inquiry> query(String sql, List<Object> values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                List<Inquiry> found = new ArrayList<>();
                while (row.next()) {
                    found.add(inquiry(row));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static Inquiry inquiry(ResultSet row) throws SQLException {
        @Nullable String approvedBy = row.getString(14);
        @Nullable String closedBy = row.getString(19);
        return new Inquiry(
                new Inquiry.Terms(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        List.of((String[]) row.getArray(4).getArray()),
                        List.of((UUID[]) row.getArray(5).getArray()),
                        instant(row, 6),
                        instant(row, 7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        instant(row, 11)),
                row.getString(12),
                instant(row, 13),
                approvedBy == null
                        ? null
                        : new Inquiry.Approval(
                                approvedBy,
                                row.getString(15),
                                instant(row, 16),
                                row.getObject(17, UUID.class),
                                instant(row, 18)),
                closedBy == null ? null : new Inquiry.Closing(closedBy, instant(row, 20)));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
