package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.deadline.DeadlineOrder;
import org.xietong.matter.Occurred;

/** The table {@code deadline_order}: added, and never changed. */
@ApplicationScoped
class DeadlineOrderRows {
    private static final String ADD =
            "INSERT INTO deadline_order (id, deadline_id, ordered, code, day, document_number, by_unit, by_officer, at,"
                    + " exchange_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF =
            "SELECT ordered, code, day, document_number, by_unit, at, deadline_id FROM deadline_order"
                    + " WHERE deadline_id = ANY (?) ORDER BY deadline_id, at, id";

    /** Orders that gave more time to a duty or took it away from the clock, by others than the asking unit; each deadline by its id. */
    private static final String MOVED = """
            SELECT o.ordered, o.code, o.day, o.document_number, o.by_unit, o.at, o.id, o.deadline_id, d.record_id
            FROM deadline_order o CROSS JOIN LATERAL (
                SELECT e.record_id FROM deadline e WHERE e.id = o.deadline_id AND e.duty OFFSET 0) d
            WHERE o.ordered IN ('EXTEND', 'VARY', 'SUSPEND', 'RESTART', 'END') AND (o.at, o.id) > (?, ?) AND o.at >= ? AND o.at < ?
                AND o.by_unit <> ?
                AND EXISTS (SELECT FROM record_sight s WHERE s.viewer = ANY (?) AND s.id = d.record_id AND s.view = 'FULL')
            ORDER BY o.at, o.id LIMIT ?
            """;

    private final DataSource database;

    DeadlineOrderRows(DataSource database) {
        this.database = database;
    }

    void add(WriteContext context, UUID id, UUID deadline, DeadlineOrderDraft draft, LocalDate day) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, id);
            add.setObject(2, deadline);
            add.setString(3, String.valueOf(draft.order()));
            add.setString(4, draft.code());
            add.setObject(5, day);
            add.setString(6, draft.documentNumber());
            add.setString(7, context.caller().unit());
            add.setString(8, context.caller().officer().orElse(null));
            add.setTimestamp(9, Timestamp.from(context.at()));
            add.setObject(10, context.exchange());
            add.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** An order that moved the time of a duty upon that record. */
    record Moved(Cursor place, DeadlineView.Ordered order, UUID deadline, UUID record) {}

    /** Orders upon duties of records that the viewers see in full, by others; the first of the viewers is a unit. */
    List<Moved> moved(List<String> viewers, Cursor after, Span span, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(MOVED)) {
            find.setTimestamp(1, Timestamp.from(after.at()));
            find.setObject(2, after.id());
            find.setTimestamp(3, Timestamp.from(span.from()));
            find.setTimestamp(4, Timestamp.from(span.until()));
            find.setString(5, viewers.getFirst());
            find.setArray(6, connection.createArrayOf("text", viewers.toArray()));
            find.setInt(7, limit);
            try (ResultSet row = find.executeQuery()) {
                List<Moved> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Moved(
                            new Cursor(row.getTimestamp(6).toInstant(), row.getObject(7, UUID.class)),
                            ordered(row),
                            row.getObject(8, UUID.class),
                            row.getObject(9, UUID.class)));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Orders by deadline, each deadline's in their order. */
    Map<UUID, List<DeadlineView.Ordered>> of(Collection<UUID> deadlines) {
        if (deadlines.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(OF)) {
            find.setArray(1, connection.createArrayOf("uuid", deadlines.toArray()));
            try (ResultSet row = find.executeQuery()) {
                Map<UUID, List<DeadlineView.Ordered>> found = new HashMap<>();
                while (row.next()) {
                    found.computeIfAbsent(row.getObject(7, UUID.class), none -> new ArrayList<>())
                            .add(ordered(row));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static DeadlineView.Ordered ordered(ResultSet row) throws SQLException {
        return new DeadlineView.Ordered(
                DeadlineOrder.valueOf(row.getString(1)),
                row.getString(2),
                row.getObject(3, LocalDate.class),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant().atZone(Occurred.ZONE).toOffsetDateTime());
    }
}
