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
            "(SELECT position, viewer, record_id, slot, kind, gone, coalesce(since, 0), coalesce(went, 0), coalesce(back, 0)"
                    + " FROM sight_change"
                    + " WHERE viewer = ? AND position > ? ORDER BY position LIMIT ?)";

    private final DataSource database;
    private volatile List<SealedBytes> seal = List.of();

    ChangeRows(DataSource database) {
        this.database = database;
    }

    /**
     * @param since where the viewer was first told of the record; 0 where he never was before
     * @param went where he was then told that it is gone, if it came back afterwards; else 0
     * @param back where he was told of it again after that; 0 where he was not
     */
    record Row(
            long position,
            String viewer,
            UUID record,
            String slot,
            String kind,
            boolean gone,
            long since,
            long went,
            long back) {
        /** Whether who had read up to this place knew of the record, and not that it was gone. */
        boolean isKnownAt(long place) {
            boolean toldGone = went > 0 && went <= place && (back == 0 || place < back);
            return since > 0 && since <= place && !toldGone;
        }
    }

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
                            row.getLong(7),
                            row.getLong(8),
                            row.getLong(9)));
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

    /** The last position that was given. */
    long head() {
        try (Connection connection = database.getConnection();
                PreparedStatement head = connection.prepareStatement("SELECT head FROM change_sequencer");
                ResultSet row = head.executeQuery()) {
            row.next();
            return row.getLong(1);
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
