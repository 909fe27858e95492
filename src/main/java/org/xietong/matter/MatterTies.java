package org.xietong.matter;

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
import org.jspecify.annotations.Nullable;

/** Invitations into matters and links between them. Everything here runs in the caller's transaction. */
@ApplicationScoped
public class MatterTies {
    private static final int MOST = 100;

    private final DataSource database;

    MatterTies(DataSource database) {
        this.database = database;
    }

    /** Who ties, in which exchange, when. */
    public record By(String unit, @Nullable String officer, UUID exchange, Instant at) {}

    public record Invited(UUID id, String unit, String byUnit, Instant at) {}

    public record Linked(UUID id, LinkType type, UUID from, UUID to) {}

    public void invite(UUID id, UUID matter, String unit, By by) {
        note(
                "INSERT INTO matter_invitation (id, matter_id, unit, by_unit, by_officer, at, exchange_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                matter,
                unit,
                by);
    }

    public void noteRemoval(UUID id, UUID matter, String unit, By by) {
        note(
                "INSERT INTO matter_removal (id, matter_id, unit, by_unit, by_officer, at, exchange_id)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                matter,
                unit,
                by);
    }

    /** Whether there was one to withdraw. */
    public boolean withdrawInvitation(UUID matter, String unit, String byUnit, Instant at) {
        return run(
                        "UPDATE matter_invitation SET withdrawn_at = ?"
                                + " WHERE matter_id = ? AND unit = ? AND by_unit = ? AND withdrawn_at IS NULL",
                        Timestamp.from(at),
                        matter,
                        unit,
                        byUnit)
                > 0;
    }

    /** Standing invitations that this unit made or received, newest first. */
    public List<Invited> invitations(UUID matter, String unit) {
        return read(
                "SELECT id, unit, by_unit, at FROM matter_invitation WHERE matter_id = ? AND withdrawn_at IS NULL"
                        + " AND ? IN (unit, by_unit) ORDER BY at DESC, id LIMIT " + MOST,
                row -> new Invited(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant()),
                matter,
                unit);
    }

    /** False where this link stands already. */
    public boolean link(UUID id, Linked link, By by) {
        return run(
                        "INSERT INTO matter_link (id, from_matter, to_matter, type, by_unit, by_officer, at, exchange_id)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (from_matter, to_matter, type) DO NOTHING",
                        id,
                        link.from(),
                        link.to(),
                        link.type().name(),
                        by.unit(),
                        by.officer(),
                        Timestamp.from(by.at()),
                        by.exchange())
                > 0;
    }

    /** Links of the matter whose both ends this unit is in. Whether it sees them is for the caller to ask. */
    public List<Linked> links(UUID matter, String unit) {
        return read(
                """
                SELECT l.id, l.type, l.from_matter, l.to_matter FROM matter_link l
                WHERE (l.from_matter = ? OR l.to_matter = ?)
                    AND EXISTS (SELECT 1 FROM matter_member m WHERE m.matter_id = l.from_matter AND m.unit = ?)
                    AND EXISTS (SELECT 1 FROM matter_member m WHERE m.matter_id = l.to_matter AND m.unit = ?)
                ORDER BY l.at DESC, l.id LIMIT 100
                """,
                row -> new Linked(
                        row.getObject(1, UUID.class),
                        LinkType.valueOf(row.getString(2)),
                        row.getObject(3, UUID.class),
                        row.getObject(4, UUID.class)),
                matter,
                matter,
                unit,
                unit);
    }

    /** The unit is in the matter no more; what it had been handed by this sender was never handed. */
    public void leave(UUID matter, String unit) {
        run("DELETE FROM matter_member WHERE matter_id = ? AND unit = ?", matter, unit);
    }

    public void takeBack(UUID matter, String from, String to) {
        run("DELETE FROM handover WHERE matter_id = ? AND from_unit = ? AND to_unit = ?", matter, from, to);
    }

    private void note(String sql, UUID id, UUID matter, String unit, By by) {
        run(sql, id, matter, unit, by.unit(), by.officer(), Timestamp.from(by.at()), by.exchange());
    }

    private int run(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("a tie of a matter was not stored: " + e.getSQLState());
        }
    }

    private <T> List<T> read(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = bound(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(reader.read(row));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException("ties of a matter were not read: " + e.getSQLState());
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
