package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

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
                OR EXISTS (SELECT 1 FROM matter_link l WHERE $1 IN (l.from_matter, l.to_matter) AND l.by_unit = $2)
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
