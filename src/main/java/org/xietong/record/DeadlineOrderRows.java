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
            "SELECT deadline_id, ordered, code, day, document_number, by_unit, at FROM deadline_order"
                    + " WHERE deadline_id = ANY (?) ORDER BY deadline_id, at, id";

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
