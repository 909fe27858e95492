package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Transfers that were not filed, by the index that holds no others. */
@ApplicationScoped
class RefusedTransferRows {
    /** As the index states it, word for word. */
    private static final String FIND = """
            SELECT r.recorded_at, r.id FROM record r
            WHERE r.kind = 'transfer' AND jsonb_path_exists(r.content, '$ ? (@.outcome == "NOT_FILED" || @.outcome == "UPHELD"
                    || exists(@.suspects[*] ? (@.outcome == "NOT_FILED" || @.outcome == "UPHELD")))')
                AND (r.recorded_at, r.id) > (?, ?) AND r.recorded_at >= ? AND r.recorded_at < ? AND r.owner_unit <> ?
                AND EXISTS (SELECT 1 FROM record_sight s WHERE s.viewer = ANY (?) AND s.id = r.id AND s.view = 'FULL')
            ORDER BY r.recorded_at, r.id LIMIT ?
            """;

    private final DataSource database;

    RefusedTransferRows(DataSource database) {
        this.database = database;
    }

    /** Places of a page, the first registered first; the first of the viewers is a unit. */
    List<Cursor> page(List<String> viewers, Cursor after, Span span, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setTimestamp(1, Timestamp.from(after.at()));
            find.setObject(2, after.id());
            find.setTimestamp(3, Timestamp.from(span.from()));
            find.setTimestamp(4, Timestamp.from(span.until()));
            find.setString(5, viewers.getFirst());
            find.setArray(6, RecordRows.texts(connection, viewers));
            find.setInt(7, limit);
            try (ResultSet row = find.executeQuery()) {
                List<Cursor> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Cursor(row.getTimestamp(1).toInstant(), row.getObject(2, UUID.class)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
