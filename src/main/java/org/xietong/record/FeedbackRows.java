package org.xietong.record;

import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The table {@code feedback}: added, and never changed. */
@ApplicationScoped
class FeedbackRows {
    private static final TypeReference<List<FeedbackLine>> LINES = new TypeReference<>() {};
    private static final String ADD =
            "INSERT INTO feedback (id, record_id, version, by_unit, told, at, exchange_id, complete, progress)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)";
    private static final String PAGE = "SELECT id, at, by_unit, complete, progress FROM feedback"
            + " WHERE record_id = ? AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?";

    private final DataSource database;
    private final StoredJson json;

    FeedbackRows(DataSource database, StoredJson json) {
        this.database = database;
        this.json = json;
    }

    /** What was told at one time, by whom. */
    record Row(UUID id, Instant at, String byUnit, boolean complete, List<FeedbackLine> lines) {}

    /** @param record as it stands after the act */
    void add(WriteContext context, RecordRow record, List<FeedbackLine> lines, boolean complete) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, UUID.randomUUID());
            add.setObject(2, record.id());
            add.setInt(3, record.version());
            add.setString(4, context.caller().unit());
            add.setString(5, record.ownerUnit());
            add.setTimestamp(6, Timestamp.from(context.at()));
            add.setObject(7, context.exchange());
            add.setBoolean(8, complete);
            add.setString(9, json.write(lines));
            add.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Newest first. */
    List<Row> page(UUID record, Cursor after, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement page = connection.prepareStatement(PAGE)) {
            page.setObject(1, record);
            page.setTimestamp(2, Timestamp.from(after.at()));
            page.setObject(3, after.id());
            page.setInt(4, limit);
            try (ResultSet row = page.executeQuery()) {
                List<Row> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Row(
                            row.getObject(1, UUID.class),
                            row.getTimestamp(2).toInstant(),
                            row.getString(3),
                            row.getBoolean(4),
                            json.read(row.getString(5), LINES)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
