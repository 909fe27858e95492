package org.xietong.record;

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

/** The table {@code correction}: a request is added, and answered once. */
@ApplicationScoped
class CorrectionRows {
    private static final String ADD =
            "INSERT INTO correction (id, record_id, owner_unit, by_unit, by_officer, fields, reason, at, exchange_id)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ANSWER =
            "UPDATE correction SET outcome = ?, reply = ?, reply_officer = ?, replied_at = ?, reply_exchange = ?"
                    + " WHERE id = ? AND record_id = ? AND outcome IS NULL";
    private static final String PAGE =
            "SELECT id, by_unit, fields, reason, at, exchange_id, outcome, reply, replied_at, reply_exchange"
                    + " FROM correction WHERE record_id = ? AND ? IN (owner_unit, by_unit) AND (at, id) < (?, ?)"
                    + " ORDER BY at DESC, id DESC LIMIT ?";
    private static final Cursor NEWEST = new Cursor(Instant.parse("3000-01-01T00:00:00Z"), new UUID(0, 0));

    private final DataSource database;

    CorrectionRows(DataSource database) {
        this.database = database;
    }

    void add(WriteContext context, UUID id, RecordRow record, CorrectionDraft draft) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, id);
            add.setObject(2, record.id());
            add.setString(3, record.ownerUnit());
            add.setString(4, context.caller().unit());
            add.setString(5, context.caller().officer().orElse(null));
            add.setArray(6, RecordRows.texts(connection, draft.fields() == null ? List.of() : draft.fields()));
            add.setString(7, draft.reason());
            add.setTimestamp(8, Timestamp.from(context.at()));
            add.setObject(9, context.exchange());
            add.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** False where it was answered before. */
    boolean answer(WriteContext context, UUID id, UUID record, CorrectionReply reply) {
        try (Connection connection = database.getConnection();
                PreparedStatement answer = connection.prepareStatement(ANSWER)) {
            answer.setString(1, String.valueOf(reply.outcome()));
            answer.setString(2, reply.text());
            answer.setString(3, context.caller().officer().orElse(null));
            answer.setTimestamp(4, Timestamp.from(context.at()));
            answer.setObject(5, context.exchange());
            answer.setObject(6, id);
            answer.setObject(7, record);
            return answer.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Which unit made the request. */
    Optional<String> requester(UUID id, UUID record) {
        try (Connection connection = database.getConnection();
                PreparedStatement find =
                        connection.prepareStatement("SELECT by_unit FROM correction WHERE id = ? AND record_id = ?")) {
            find.setObject(1, id);
            find.setObject(2, record);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Those that the unit owes a reply or has made, newest first. */
    List<CorrectionPage.Correction> page(UUID record, String unit, Optional<Cursor> after, int limit) {
        Cursor from = after.orElse(NEWEST);
        try (Connection connection = database.getConnection();
                PreparedStatement page = connection.prepareStatement(PAGE)) {
            page.setObject(1, record);
            page.setString(2, unit);
            page.setTimestamp(3, Timestamp.from(from.at()));
            page.setObject(4, from.id());
            page.setInt(5, limit);
            try (ResultSet row = page.executeQuery()) {
                List<CorrectionPage.Correction> found = new ArrayList<>();
                while (row.next()) {
                    found.add(correction(row));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static CorrectionPage.Correction correction(ResultSet row) throws SQLException {
        @Nullable String outcome = row.getString(7);
        @Nullable Timestamp replied = row.getTimestamp(9);
        return new CorrectionPage.Correction(
                row.getObject(1, UUID.class),
                outcome == null ? "OPEN" : "REPLIED",
                row.getString(2),
                List.of((String[]) row.getArray(3).getArray()),
                row.getString(4),
                RecordViews.shanghai(row.getTimestamp(5).toInstant()),
                row.getObject(6, UUID.class),
                outcome == null ? null : CorrectionReply.Outcome.valueOf(outcome),
                row.getString(8),
                replied == null ? null : RecordViews.shanghai(replied.toInstant()),
                row.getObject(10, UUID.class));
    }
}
