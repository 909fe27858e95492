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
import org.xietong.crypto.SealedBytes;

/** Reads the table {@code sight_change}: a page is an index range of one viewer. {@link SightRows} writes it. */
@ApplicationScoped
class ChangeRows {
    private static final String OF_VIEWER =
            "(SELECT position, viewer, record_id, slot, kind, gone, coalesce(since, 0) FROM sight_change"
                    + " WHERE viewer = ? AND position > ? ORDER BY position LIMIT ?)";

    private final DataSource database;
    private volatile List<SealedBytes> seal = List.of();

    ChangeRows(DataSource database) {
        this.database = database;
    }

    /** @param since where the viewer was first told of the record; 0 where he never was before */
    record Row(long position, String viewer, UUID record, String slot, String kind, boolean gone, long since) {}

    /** From where a viewer is to be told. */
    record From(String viewer, long position) {}

    /** The next rows of these viewers in the order of the feed, at most so many. */
    List<Row> after(List<From> viewers, int limit) {
        String each =
                String.join(" UNION ALL ", viewers.stream().map(v -> OF_VIEWER).toList());
        String sql = viewers.size() > 1 ? each + " ORDER BY position LIMIT " + limit : each;
        try (Connection connection = database.getConnection();
                PreparedStatement page = connection.prepareStatement(sql)) {
            int at = 1;
            for (From from : viewers) {
                page.setString(at++, from.viewer());
                page.setLong(at++, from.position());
                page.setInt(at++, limit);
            }
            try (ResultSet row = page.executeQuery()) {
                List<Row> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(new Row(
                            row.getLong(1),
                            row.getString(2),
                            row.getObject(3, UUID.class),
                            row.getString(4),
                            row.getString(5),
                            row.getBoolean(6),
                            row.getLong(7)));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** A request for correction of the record came, or was answered: what one unit is to be told. */
    void tellOfCorrection(String unit, UUID record, String kind) {
        try (Connection connection = database.getConnection();
                PreparedStatement tell = connection.prepareStatement(
                        "INSERT INTO sight_change AS c (viewer, record_id, slot, kind, gone) VALUES (?, ?, 'CORRECTION', ?, false)"
                                + " ON CONFLICT (viewer, record_id, slot) DO UPDATE SET position = NULL")) {
            tell.setString(1, unit);
            tell.setObject(2, record);
            tell.setString(3, kind);
            tell.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** What hides the positions in cursors; made with the database, the same for all replicas, for ever. */
    SealedBytes seal() {
        if (seal.isEmpty()) {
            try (Connection connection = database.getConnection();
                    PreparedStatement key = connection.prepareStatement("SELECT key FROM cursor_key");
                    ResultSet row = key.executeQuery()) {
                row.next();
                seal = List.of(new SealedBytes(row.getBytes(1)));
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }
        return seal.getFirst();
    }
}
