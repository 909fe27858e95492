package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.xietong.matter.MatterTies;

/** What a unit has done in a matter: as far as another one sees it, and altogether. */
@ApplicationScoped
class Standing {
    private static final String ACTED_IN_SIGHT = """
            SELECT EXISTS (SELECT 1 FROM record r JOIN record_version v ON v.record_id = r.id
                    WHERE r.matter_id = $1 AND r.owner_unit = $3 AND v.by_unit = $2)
                OR EXISTS (SELECT 1 FROM record r JOIN record_sight s ON s.id = r.id AND s.viewer = $3
                    WHERE r.matter_id = $1 AND r.owner_unit = $2)
                OR EXISTS (SELECT 1 FROM record r JOIN correction c ON c.record_id = r.id
                    WHERE r.matter_id = $1 AND r.owner_unit = $3 AND c.by_unit = $2)
            """;
    private static final String HAS_REASON_TO_STAY = """
            SELECT EXISTS (SELECT 1 FROM record r LEFT JOIN record_version v ON v.record_id = r.id AND v.by_unit = $2
                    WHERE r.matter_id = $1 AND (r.owner_unit = $2 OR v.by_unit = $2 OR $2 = ANY (r.addressees)))
                OR EXISTS (SELECT 1 FROM matter_invitation i
                    WHERE i.matter_id = $1 AND i.withdrawn_at IS NULL AND $2 IN (i.unit, i.by_unit))
                OR EXISTS (SELECT 1 FROM matter_link l WHERE $1 IN (l.from_matter, l.to_matter) AND l.by_unit = $2
                    AND l.withdrawn_at IS NULL)
            """;
    /** Where nothing that was handed over to it, no stage and not the opening make the matter the unit's own business. */
    private static final String REST = """
            UPDATE matter_member m SET brought_by = ARRAY(
                    SELECT i.by_unit FROM matter_invitation i
                    WHERE i.matter_id = m.matter_id AND i.unit = m.unit AND i.withdrawn_at IS NULL
                    UNION SELECT r.owner_unit FROM record r
                    WHERE r.matter_id = m.matter_id AND m.unit = ANY (r.addressees) AND r.kind <> 'request')
                WHERE m.matter_id = ? AND m.unit = ?
                    AND NOT EXISTS (SELECT 1 FROM matter o WHERE o.id = m.matter_id AND o.opened_by = m.unit)
                    AND NOT EXISTS (SELECT 1 FROM handover h
                        WHERE h.matter_id = m.matter_id AND h.to_unit = m.unit AND NOT h.copy
                            AND (SELECT q.kind FROM record q WHERE q.id = h.record_id) IS DISTINCT FROM 'request')
                    AND NOT EXISTS (SELECT 1 FROM record r
                        WHERE r.matter_id = m.matter_id AND r.owner_unit = m.unit AND r.filing_id IS NOT NULL)
            """;

    private static final String SHOWN = """
            SELECT l.id FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::text[]) AS l (id, one, other, by_unit)
            WHERE (SELECT bool_and(EXISTS (SELECT 1 FROM record_sight s JOIN record r ON r.id = s.id
                    WHERE s.viewer = ANY (?) AND s.matter_id = m
                        AND (s.until IS NULL OR s.until > statement_timestamp())
                        AND (l.by_unit = ? OR r.owner_unit = l.by_unit)))
                FROM unnest(ARRAY[l.one, l.other]) AS m)
            """;
    private static final String ADDRESSING =
            "SELECT id FROM record WHERE matter_id = ? AND owner_unit = ? AND ? = ANY (addressees) ORDER BY id";

    private final DataSource database;

    Standing(DataSource database) {
        this.database = database;
    }

    /** Whether the unit has acted where the onlooker sees it: on his records, or by one of its own in his sight. */
    boolean actedInSight(UUID matter, String unit, String onlooker) {
        return ask(ACTED_IN_SIGHT, matter, unit, onlooker);
    }

    /** Whether anything keeps the unit in the matter, seen by whomever. */
    boolean hasReasonToStay(UUID matter, String unit) {
        return ask(HAS_REASON_TO_STAY, matter, unit, unit);
    }

    /** What still brings a unit in that stays, after something of it was taken back. */
    void rest(UUID matter, String unit) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REST)) {
            statement.setObject(1, matter);
            statement.setString(2, unit);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Links that the viewers may know: their own unit's, and those of a unit that they see at work in both matters. */
    Set<UUID> shown(List<MatterTies.Linked> links, List<String> viewers, String unit) {
        if (links.isEmpty()) {
            return Set.of();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(SHOWN)) {
            statement.setArray(1, array(connection, "uuid", links.stream().map(MatterTies.Linked::id)));
            statement.setArray(2, array(connection, "uuid", links.stream().map(MatterTies.Linked::from)));
            statement.setArray(3, array(connection, "uuid", links.stream().map(MatterTies.Linked::to)));
            statement.setArray(4, array(connection, "text", links.stream().map(MatterTies.Linked::byUnit)));
            statement.setArray(5, array(connection, "text", viewers.stream()));
            statement.setString(6, unit);
            try (ResultSet row = statement.executeQuery()) {
                Set<UUID> shown = new HashSet<>();
                while (row.next()) {
                    shown.add(row.getObject(1, UUID.class));
                }
                return shown;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    /** The owner's records of the matter that address the unit. */
    List<UUID> addressing(UUID matter, String owner, String unit) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(ADDRESSING)) {
            statement.setObject(1, matter);
            statement.setString(2, owner);
            statement.setString(3, unit);
            try (ResultSet row = statement.executeQuery()) {
                List<UUID> ids = new ArrayList<>();
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
                return ids;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private boolean ask(String numbered, UUID matter, String unit, String onlooker) {
        String given = "WITH given AS (SELECT ?::uuid AS matter, ?::text AS unit, ?::text AS onlooker) ";
        String sql = given
                + numbered.replace("$1", "(SELECT matter FROM given)")
                        .replace("$2", "(SELECT unit FROM given)")
                        .replace("$3", "(SELECT onlooker FROM given)");
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, matter);
            statement.setString(2, unit);
            statement.setString(3, onlooker);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
