package org.xietong.agency;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The directory as administrators see it, by pages of its keys, as it stands now. It holds no case data. */
@ApplicationScoped
public class DirectoryListing {
    private static final String UNITS = """
            SELECT id, agency, division, name, parent, responsible, telephone, active, valid_from, valid_to FROM unit""";
    private static final String SYSTEMS = "SELECT id, unit, name, roles, active FROM case_system";
    private static final String OFFICERS = "SELECT id, unit, name, title, active, role FROM officer";
    private static final String KEYS = """
            SELECT key_id, coalesce(case_system, officer), case_system IS NOT NULL, valid_from, valid_to, active, revoked_at
            FROM registered_key""";

    private final DataSource database;

    DirectoryListing(DataSource database) {
        this.database = database;
    }

    /** Which page of what: after an id, and of one unit or holder where it is named. */
    public record Selection(Optional<String> of, Optional<String> after, int limit) {}

    /** The parties of the source; one takes part while a unit of it is active, within its dates, as all above it. */
    public List<DirectoryViews.AgencyEntry> agencies() {
        return reach(connection -> {
            List<String> active = new ArrayList<>();
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT DISTINCT agency FROM unit WHERE unit_is_usable(id)");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    active.add(rows.getString(1));
                }
            }
            return Arrays.stream(AgencyCode.values())
                    .map(code -> new DirectoryViews.AgencyEntry(
                            code.name(), code.zh(), code.en(), active.contains(code.name())))
                    .toList();
        });
    }

    public DirectoryPage<DirectoryViews.UnitEntry> units(Selection selection) {
        return reach(connection -> {
            DirectoryPage<DirectoryViews.UnitEntry> page = page(
                    connection,
                    UNITS,
                    "id",
                    "agency",
                    selection,
                    DirectoryListing::unitRow,
                    DirectoryViews.UnitEntry::id);
            return new DirectoryPage<>(named(connection, page.items()), page.next());
        });
    }

    public DirectoryViews.UnitEntry unit(String id) {
        return reach(connection -> named(
                        connection, List.of(one(connection, UNITS, "id", id, DirectoryListing::unitRow)))
                .getFirst());
    }

    public DirectoryPage<DirectoryViews.SystemEntry> systems(Selection selection) {
        return reach(connection -> page(
                connection,
                SYSTEMS,
                "id",
                "unit",
                selection,
                DirectoryListing::systemRow,
                DirectoryViews.SystemEntry::id));
    }

    public DirectoryViews.SystemEntry system(String id) {
        return reach(connection -> one(connection, SYSTEMS, "id", id, DirectoryListing::systemRow));
    }

    public DirectoryPage<DirectoryViews.OfficerEntry> officers(Selection selection) {
        return reach(connection -> page(
                connection,
                OFFICERS,
                "id",
                "unit",
                selection,
                DirectoryListing::officerRow,
                DirectoryViews.OfficerEntry::id));
    }

    public DirectoryViews.OfficerEntry officer(String id) {
        return reach(connection -> one(connection, OFFICERS, "id", id, DirectoryListing::officerRow));
    }

    public DirectoryPage<DirectoryViews.CertificateEntry> certificates(Selection selection) {
        return reach(connection -> page(
                connection,
                KEYS,
                "key_id",
                "coalesce(case_system, officer)",
                selection,
                DirectoryListing::keyRow,
                DirectoryViews.CertificateEntry::keyId));
    }

    public DirectoryViews.CertificateEntry certificate(String keyId) {
        return reach(connection -> one(connection, KEYS, "key_id", keyId, DirectoryListing::keyRow));
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> DirectoryPage<T> page(
            Connection connection,
            String select,
            String key,
            String of,
            Selection selection,
            Row<T> reader,
            Function<T, String> id)
            throws SQLException {
        String sql = select + " WHERE " + key + " > ?" + (selection.of().isPresent() ? " AND " + of + " = ?" : "")
                + " ORDER BY " + key + " LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            statement.setString(
                    at++, selection.after().map(DirectoryPage::after).orElse(""));
            if (selection.of().isPresent()) {
                statement.setString(at++, selection.of().get());
            }
            statement.setInt(at, selection.limit() + 1);
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reader.read(rows));
                }
            }
            return DirectoryPage.of(found, selection.limit(), id);
        }
    }

    private static <T> T one(Connection connection, String select, String key, String id, Row<T> reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select + " WHERE " + key + " = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new ProblemException(ProblemType.NOT_FOUND);
                }
                return reader.read(row);
            }
        }
    }

    private static List<DirectoryViews.UnitEntry> named(Connection connection, List<DirectoryViews.UnitEntry> units)
            throws SQLException {
        Map<String, List<DirectoryViews.FormerName>> names = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT unit, name, valid_from, valid_to"
                + " FROM unit_former_name WHERE unit = ANY (?) ORDER BY unit, valid_to")) {
            Array ids = connection.createArrayOf(
                    "varchar", units.stream().map(DirectoryViews.UnitEntry::id).toArray());
            statement.setArray(1, ids);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.computeIfAbsent(rows.getString(1), unit -> new ArrayList<>())
                            .add(new DirectoryViews.FormerName(rows.getString(2), begin(rows, 3), time(rows, 4)));
                }
            }
        }
        return units.stream()
                .map(unit -> unit.withFormerNames(names.getOrDefault(unit.id(), List.of())))
                .toList();
    }

    private static DirectoryViews.UnitEntry unitRow(ResultSet row) throws SQLException {
        return new DirectoryViews.UnitEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getBoolean(8),
                begin(row, 9),
                time(row, 10),
                List.of());
    }

    private static DirectoryViews.SystemEntry systemRow(ResultSet row) throws SQLException {
        return new DirectoryViews.SystemEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                List.of((String[]) row.getArray(4).getArray()),
                row.getBoolean(5));
    }

    private static DirectoryViews.OfficerEntry officerRow(ResultSet row) throws SQLException {
        return new DirectoryViews.OfficerEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6));
    }

    private static DirectoryViews.CertificateEntry keyRow(ResultSet row) throws SQLException {
        return new DirectoryViews.CertificateEntry(
                row.getString(1),
                row.getBoolean(3) ? RegisteredKey.Holder.SYSTEM : RegisteredKey.Holder.OFFICER,
                row.getString(2),
                time(row, 4),
                time(row, 5),
                row.getBoolean(6),
                time(row, 7));
    }

    /** A validity that begins with the epoch has no beginning. */
    private static @Nullable OffsetDateTime begin(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = time(row, column);
        return time == null || time.toEpochSecond() == 0 ? null : time;
    }

    private static @Nullable OffsetDateTime time(ResultSet row, int column) throws SQLException {
        @Nullable Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant().atOffset(ZoneOffset.UTC);
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T reach(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }
}
