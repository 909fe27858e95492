package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** What of a viewer's is leaving its place, where who stands at that position has not been told of it yet; by its index. */
    private static final String LEAVING = "(SELECT 0, viewer, record_id, slot, kind, gone, 0, 0, 0 FROM sight_change"
            + " WHERE viewer = ? AND position IS NULL AND gone AND coalesce(back, since) > ? LIMIT 1)";

    /** An index probe for each viewer who waits. */
    private static final String TOLD = """
            SELECT DISTINCT w.waiter FROM unnest(?::integer[], ?::text[], ?::bigint[]) AS w (waiter, viewer, position),
                LATERAL (SELECT FROM sight_change c WHERE c.viewer = w.viewer AND c.position > w.position
                    ORDER BY c.position LIMIT 1) AS next
            """;

    /** As {@link Row#isKnownAt}, by the table; {@code moved} is what is being told of anew. */
    private static final String KNOWN =
            "(SELECT record_id, kind, position IS NULL OR position > ? AS moved FROM sight_change"
                    + " WHERE viewer = ? AND record_id > ? AND slot = 'SIGHT'"
                    + " AND CASE WHEN position <= ? THEN NOT gone"
                    + " ELSE since <= ? AND (went IS NULL OR went > ? OR back <= ?) END"
                    + " ORDER BY record_id LIMIT ?)";

    /** Of what has no position; those given begin at 1. */
    private static final long NOWHERE = 0;

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

    /**
     * A stretch of the feed as one snapshot shows it.
     *
     * @param leaving whether something was on its way out of their sight that they had not been told of
     */
    record Batch(List<Row> rows, boolean leaving) {}

    /** The next rows of these viewers in the order of the feed, at most so many. */
    List<Row> after(List<From> viewers, int limit) {
        return batch(viewers, viewers, limit).rows();
    }

    /**
     * The same, and whether something went as it was read.
     *
     * @param told up to where the viewers had been told before
     */
    Batch batch(List<From> viewers, List<From> told, int limit) {
        String each =
                String.join(" UNION ALL ", viewers.stream().map(v -> OF_VIEWER).toList());
        String ordered = viewers.size() > 1 ? "(" + each + " ORDER BY position LIMIT " + limit + ")" : each;
        String leaving =
                String.join(" UNION ALL ", viewers.stream().map(v -> LEAVING).toList());
        try (Connection connection = database.getConnection();
                PreparedStatement page = connection.prepareStatement(ordered + " UNION ALL " + leaving)) {
            int at = 1;
            for (From from : viewers) {
                page.setString(at++, from.viewer());
                page.setLong(at++, from.position());
                page.setInt(at++, limit);
            }
            for (From from : told) {
                page.setString(at++, from.viewer());
                page.setLong(at++, from.position());
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
                boolean left = rows.removeIf(one -> one.position() == NOWHERE);
                rows.sort(Comparator.comparingLong(Row::position));
                return new Batch(rows, left);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** For which of these waiters, by their places in the list, there is a row after where they have looked. */
    Set<Integer> told(List<List<From>> waiters) {
        List<Integer> places = new ArrayList<>();
        List<From> all = new ArrayList<>();
        for (int i = 0; i < waiters.size(); i++) {
            all.addAll(waiters.get(i));
            places.addAll(Collections.nCopies(waiters.get(i).size(), i));
        }
        try (Connection connection = database.getConnection();
                PreparedStatement told = connection.prepareStatement(TOLD)) {
            told.setArray(1, connection.createArrayOf("integer", places.toArray()));
            told.setArray(
                    2,
                    connection.createArrayOf(
                            "text", all.stream().map(From::viewer).toArray()));
            told.setArray(
                    3,
                    connection.createArrayOf(
                            "bigint", all.stream().map(From::position).toArray()));
            try (ResultSet row = told.executeQuery()) {
                Set<Integer> found = new HashSet<>();
                while (row.next()) {
                    found.add(row.getInt(1));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * A record that whoever has been told up to some place knows to be in sight.
     *
     * @param moved whether more about it is being told since, so that it can no longer be said with certainty
     */
    record Known(UUID record, String kind, boolean moved) {}

    /** The next records by id that who has been told up to these places knows to be in sight, at most so many. */
    List<Known> known(List<From> viewers, UUID after, int limit) {
        String each =
                String.join(" UNION ALL ", viewers.stream().map(v -> KNOWN).toList());
        String sql = "SELECT record_id, kind, bool_or(moved) FROM (" + each
                + ") known GROUP BY record_id, kind ORDER BY record_id LIMIT " + limit;
        try (Connection connection = database.getConnection();
                PreparedStatement page = connection.prepareStatement(sql)) {
            int at = 1;
            for (From from : viewers) {
                page.setLong(at++, from.position());
                page.setString(at++, from.viewer());
                page.setObject(at++, after);
                for (int i = 0; i < 4; i++) {
                    page.setLong(at++, from.position());
                }
                page.setInt(at++, limit);
            }
            try (ResultSet row = page.executeQuery()) {
                List<Known> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(new Known(row.getObject(1, UUID.class), row.getString(2), row.getBoolean(3)));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Whether what one of these viewers sees rests on a grant that has ended, and stands for a moment longer. */
    boolean isEnding(List<From> viewers) {
        try (Connection connection = database.getConnection();
                PreparedStatement ending =
                        connection.prepareStatement("SELECT EXISTS (SELECT FROM record_sight WHERE viewer = ANY (?)"
                                + " AND until <= statement_timestamp())")) {
            ending.setArray(
                    1,
                    connection.createArrayOf(
                            "text", viewers.stream().map(From::viewer).toArray()));
            try (ResultSet row = ending.executeQuery()) {
                return row.next() && row.getBoolean(1);
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
