package org.xietong.matter;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Invitations into matters and links between them. Everything here runs in the caller's transaction. */
@ApplicationScoped
public class MatterTies {
    private static final int MOST = 100;
    private static final String INVITED =
            "SELECT id, matter_id, unit, by_unit, at, withdrawn_at FROM matter_invitation";
    private static final String FROM = " AND (at, id) < (?, ?) ORDER BY at DESC, id DESC LIMIT ?";

    private final DataSource database;

    MatterTies(DataSource database) {
        this.database = database;
    }

    /** Who ties, in which exchange, when. */
    public record By(String unit, @Nullable String officer, UUID exchange, Instant at) {}

    public record Invited(
            UUID id,
            UUID matter,
            String unit,
            String byUnit,
            Instant at,
            @Nullable Instant withdrawnAt) {}

    public record Linked(UUID id, LinkType type, UUID from, UUID to, String byUnit) {}

    /** A participant of the one matter and of the other who are the same. */
    public record Same(UUID from, UUID to) {}

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
    public List<Invited> standing(UUID matter, String unit) {
        return read(
                INVITED
                        + " WHERE matter_id = ? AND withdrawn_at IS NULL AND ? IN (unit, by_unit) ORDER BY at DESC, id DESC LIMIT "
                        + MOST,
                MatterTies::invited,
                matter,
                unit);
    }

    /** Those that this unit made, withdrawn ones too, and standing ones that it received; newest first, from there on. */
    public List<Invited> invitations(UUID matter, String unit, Instant at, UUID id, int limit) {
        return read(
                INVITED + " WHERE matter_id = ? AND (by_unit = ? OR unit = ? AND withdrawn_at IS NULL)" + FROM,
                MatterTies::invited,
                matter,
                unit,
                unit,
                Timestamp.from(at),
                id,
                limit);
    }

    /** Standing ones into whatever matter that this unit received, newest first, from there on. */
    public List<Invited> received(String unit, Instant at, UUID id, int limit) {
        return read(
                INVITED + " WHERE unit = ? AND withdrawn_at IS NULL" + FROM,
                MatterTies::invited,
                unit,
                Timestamp.from(at),
                id,
                limit);
    }

    /** False where the unit has stated this link already. */
    public boolean link(Linked link, List<Same> persons, By by) {
        boolean isNew = run(
                        "INSERT INTO matter_link (id, from_matter, to_matter, type, by_unit, by_officer, at, exchange_id)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        link.id(),
                        link.from(),
                        link.to(),
                        link.type().name(),
                        by.unit(),
                        by.officer(),
                        Timestamp.from(by.at()),
                        by.exchange())
                > 0;
        if (isNew) {
            persons.forEach(same -> run(
                    "INSERT INTO matter_link_person (link_id, from_participant, to_participant) VALUES (?, ?, ?)"
                            + " ON CONFLICT DO NOTHING",
                    link.id(),
                    same.from(),
                    same.to()));
        }
        return isNew;
    }

    /** Whether the unit says the same of the two matters the other way round: that is no news, or a contradiction. */
    public boolean isReversed(Linked link) {
        return !read(
                        "SELECT 1 FROM matter_link WHERE from_matter = ? AND to_matter = ? AND type = ? AND by_unit = ?"
                                + " AND withdrawn_at IS NULL",
                        row -> true,
                        link.to(),
                        link.from(),
                        link.type().name(),
                        link.byUnit())
                .isEmpty();
    }

    public void withdrawLink(UUID id, By by) {
        run(
                "UPDATE matter_link SET withdrawn_at = ?, withdrawn_officer = ?, withdrawn_exchange = ?"
                        + " WHERE id = ? AND withdrawn_at IS NULL",
                Timestamp.from(by.at()),
                by.officer(),
                by.exchange(),
                id);
    }

    /** Standing links of the matter whose both ends this unit is in, newest first. Whether they show to it is for the caller to ask. */
    public List<Linked> links(UUID matter, String unit) {
        return read(
                """
                SELECT l.id, l.type, l.from_matter, l.to_matter, l.by_unit FROM matter_link l
                WHERE (l.from_matter = ? OR l.to_matter = ?) AND l.withdrawn_at IS NULL
                    AND EXISTS (SELECT 1 FROM matter_member m WHERE m.matter_id = l.from_matter AND m.unit = ?)
                    AND EXISTS (SELECT 1 FROM matter_member m WHERE m.matter_id = l.to_matter AND m.unit = ?)
                ORDER BY l.at DESC, l.id
                """,
                row -> new Linked(
                        row.getObject(1, UUID.class),
                        LinkType.valueOf(row.getString(2)),
                        row.getObject(3, UUID.class),
                        row.getObject(4, UUID.class),
                        row.getString(5)),
                matter,
                matter,
                unit,
                unit);
    }

    /** Who is the same on both sides, by link. */
    public Map<UUID, List<Same>> persons(List<UUID> links) {
        Map<UUID, List<Same>> persons = new HashMap<>();
        read(
                "SELECT link_id, from_participant, to_participant FROM matter_link_person"
                        + " WHERE link_id = ANY (string_to_array(?, ',')::uuid[]) ORDER BY 2, 3",
                row -> persons.computeIfAbsent(row.getObject(1, UUID.class), each -> new ArrayList<>())
                        .add(new Same(row.getObject(2, UUID.class), row.getObject(3, UUID.class))),
                links.stream().map(UUID::toString).collect(Collectors.joining(",")));
        return persons;
    }

    private static Invited invited(ResultSet row) throws SQLException {
        Timestamp withdrawn = row.getTimestamp(6);
        return new Invited(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant(),
                withdrawn == null ? null : withdrawn.toInstant());
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
