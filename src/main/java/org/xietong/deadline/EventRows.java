package org.xietong.deadline;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code case_event}: what happened in a matter, added and never changed. */
@ApplicationScoped
class EventRows {
    private static final String ADD =
            "INSERT INTO case_event (matter_id, record_id, version, filing_id, kind, attributes, act, state, day, at,"
                    + " owner_unit, addressees, participants, sets, revokes, recorded_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String OF_MATTER =
            "SELECT record_id, version, filing_id, kind, attributes, act, state, day, at, owner_unit, addressees,"
                    + " participants, sets, revokes, recorded_at FROM case_event WHERE matter_id = ? ORDER BY position";

    private static final String STARTS =
            "SELECT count(*) FROM case_event WHERE matter_id = ? AND record_id = ? AND version < 0 AND act = ?";

    private final DataSource database;

    EventRows(DataSource database) {
        this.database = database;
    }

    void add(CaseEvent event) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            add.setObject(1, event.matter());
            add.setObject(2, event.record());
            add.setInt(3, event.version());
            add.setObject(4, event.filing());
            add.setString(5, event.kind());
            add.setArray(
                    6,
                    texts(
                            connection,
                            event.attributes().entrySet().stream()
                                    .map(each -> each.getKey() + '=' + each.getValue())
                                    .toList()));
            add.setString(7, event.act());
            add.setString(8, event.state());
            add.setObject(9, event.at().day());
            add.setTimestamp(10, timestamp(event.at().instant()));
            add.setString(11, event.owner());
            add.setArray(12, texts(connection, event.addressees()));
            add.setArray(
                    13, connection.createArrayOf("uuid", event.participants().toArray()));
            add.setArray(14, texts(connection, event.sets()));
            add.setArray(15, texts(connection, event.revokes()));
            add.setTimestamp(16, timestamp(event.recorded()));
            add.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In the order in which they were recorded. */
    List<CaseEvent> of(UUID matter) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(OF_MATTER)) {
            find.setObject(1, matter);
            try (ResultSet row = find.executeQuery()) {
                List<CaseEvent> events = new ArrayList<>();
                while (row.next()) {
                    events.add(event(matter, row));
                }
                return events;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many orders began a deadline upon the record. */
    int startsUpon(UUID matter, UUID record) {
        try (Connection connection = database.getConnection();
                PreparedStatement count = connection.prepareStatement(STARTS)) {
            count.setObject(1, matter);
            count.setObject(2, record);
            count.setString(3, CaseEvent.ORDERED_START);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CaseEvent event(UUID matter, ResultSet row) throws SQLException {
        Map<String, String> attributes = new HashMap<>();
        for (String each : strings(row, "attributes")) {
            int equals = each.indexOf('=');
            attributes.put(each.substring(0, equals), each.substring(equals + 1));
        }
        return new CaseEvent(
                matter,
                row.getObject("record_id", UUID.class),
                row.getInt("version"),
                row.getObject("filing_id", UUID.class),
                row.getString("kind"),
                attributes,
                row.getString("act"),
                row.getString("state"),
                moment(row, "day", "at"),
                instant(row, "recorded_at"),
                row.getString("owner_unit"),
                strings(row, "addressees"),
                Set.of((UUID[]) row.getArray("participants").getArray()),
                Set.copyOf(strings(row, "sets")),
                Set.copyOf(strings(row, "revokes")));
    }

    static Moment moment(ResultSet row, String day, String at) throws SQLException {
        return new Moment(row.getObject(day, LocalDate.class), instant(row, at));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp instant = row.getTimestamp(column);
        return instant == null ? null : instant.toInstant();
    }

    static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static Array texts(Connection connection, Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }
}
