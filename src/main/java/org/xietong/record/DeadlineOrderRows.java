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
                    + " exchange_id, record_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF =
            "SELECT deadline_id, ordered, code, day, document_number, by_unit, at FROM deadline_order"
                    + " WHERE deadline_id = ANY (?) ORDER BY deadline_id, at, id";

    /** The first of a deadline's orders that gave more time or took it away from the clock, by others than the asking unit. */
    private static final String MOVED = """
            SELECT o.at, o.id, o.deadline_id, o.record_id FROM deadline_order o
            WHERE o.ordered IN ('EXTEND', 'VARY', 'SUSPEND', 'RESTART', 'END') AND (o.at, o.id) > (?, ?) AND o.at >= ? AND o.at < ?
                AND o.by_unit <> ?
                AND NOT EXISTS (SELECT FROM deadline_order b WHERE b.deadline_id = o.deadline_id AND b.by_unit <> ?
                    AND b.ordered IN ('EXTEND', 'VARY', 'SUSPEND', 'RESTART', 'END') AND (b.at, b.id) < (o.at, o.id))
                AND EXISTS (SELECT FROM record_sight s WHERE s.viewer = ANY (?) AND s.id = o.record_id AND s.view = 'FULL')
            ORDER BY o.at, o.id LIMIT ?
            """;

    private final DataSource database;

    DeadlineOrderRows(DataSource database) {
        this.database = database;
    }

    void add(WriteContext context, UUID id, UUID deadline, UUID record, DeadlineOrderDraft draft, LocalDate day) {
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
            add.setObject(11, record);
            add.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** A deadline that was moved by order, at the place of the first order that did. */
    record Moved(Cursor place, UUID deadline, UUID record) {}

    /** Deadlines upon records that the viewers see in full, moved by others; the first of the viewers is a unit. */
    List<Moved> moved(List<String> viewers, Cursor after, Span span, int limit) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(MOVED)) {
            find.setTimestamp(1, Timestamp.from(after.at()));
            find.setObject(2, after.id());
            find.setTimestamp(3, Timestamp.from(span.from()));
            find.setTimestamp(4, Timestamp.from(span.until()));
            find.setString(5, viewers.getFirst());
            find.setString(6, viewers.getFirst());
            find.setArray(7, connection.createArrayOf("text", viewers.toArray()));
            find.setInt(8, limit);
            try (ResultSet row = find.executeQuery()) {
                List<Moved> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Moved(
                            new Cursor(row.getTimestamp(1).toInstant(), row.getObject(2, UUID.class)),
                            row.getObject(3, UUID.class),
                            row.getObject(4, UUID.class)));
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
                    found.computeIfAbsent(row.getObject(1, UUID.class), none -> new ArrayList<>())
                            .add(new DeadlineView.Ordered(
                                    DeadlineOrder.valueOf(row.getString(2)),
                                    row.getString(3),
                                    row.getObject(4, LocalDate.class),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getTimestamp(7)
                                            .toInstant()
                                            .atZone(Occurred.ZONE)
                                            .toOffsetDateTime()));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
