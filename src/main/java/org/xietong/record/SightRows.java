package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pages, counts and changes of the table {@code record_sight}; a page is an index range of one viewer. */
@ApplicationScoped
class SightRows {
    /** Who holds the matter's lock changes its sight and, in the same statement, tells the feed. */
    private static final String REPLACE = """
            WITH wanted AS (
                SELECT * FROM unnest(?::text[], ?::uuid[], ?::text[], ?::timestamptz[], ?::uuid[], ?::text[], ?::text[],
                        ?::timestamptz[], ?::integer[])
                    AS w (viewer, id, kind, at, matter_id, state, view, until, version)),
            standing AS (
                SELECT viewer, id, at, matter_id, state, view, until, version FROM record_sight
                WHERE id = ANY (?::uuid[])),
            gone AS (
                DELETE FROM record_sight s WHERE s.id = ANY (?::uuid[])
                    AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.viewer = s.viewer AND w.id = s.id)
                RETURNING s.viewer, s.id, s.kind),
            changes AS (
                SELECT viewer, id, 'SIGHT' AS slot, kind, true AS gone FROM gone
                UNION ALL
                SELECT w.viewer, w.id, CASE WHEN s.id IS NULL THEN 'SIGHT' ELSE 'CONTENT' END, w.kind, false
                    FROM wanted w LEFT JOIN standing s ON s.viewer = w.viewer AND s.id = w.id
                    WHERE s.id IS NULL OR (s.at, s.matter_id, s.state, s.view, s.version)
                        IS DISTINCT FROM (w.at, w.matter_id, w.state, w.view, w.version)),
            silenced AS (
                DELETE FROM sight_change c USING gone g
                    WHERE c.viewer = g.viewer AND c.record_id = g.id AND c.slot <> 'SIGHT'),
            told AS (
                INSERT INTO sight_change AS c (viewer, record_id, slot, kind, gone)
                SELECT viewer, id, slot, kind, gone FROM changes
                ON CONFLICT (viewer, record_id, slot) DO UPDATE
                    SET gone = excluded.gone, since = coalesce(c.since, c.position), position = NULL,
                        went = CASE WHEN c.gone AND NOT excluded.gone AND c.position IS NOT NULL
                            AND (c.went IS NULL OR c.back IS NOT NULL) THEN c.position ELSE c.went END,
                        back = CASE WHEN c.gone AND NOT excluded.gone AND c.position IS NOT NULL THEN NULL
                            WHEN excluded.gone AND NOT c.gone AND c.went IS NOT NULL THEN coalesce(c.back, c.position)
                            ELSE c.back END)
            INSERT INTO record_sight AS s (viewer, id, kind, at, matter_id, state, view, until, version)
            SELECT viewer, id, kind, at, matter_id, state, view, until, version FROM wanted
            ON CONFLICT (viewer, id) DO UPDATE
                SET at = excluded.at, matter_id = excluded.matter_id, state = excluded.state, view = excluded.view,
                    until = excluded.until, version = excluded.version
                WHERE (s.at, s.matter_id, s.state, s.view, s.until, s.version) IS DISTINCT FROM
                    (excluded.at, excluded.matter_id, excluded.state, excluded.view, excluded.until, excluded.version)
            """;

    private static final String ENDED = " AND NOT EXISTS (SELECT 1 FROM record_sight e"
            + " WHERE e.until <= statement_timestamp() AND e.viewer = s.viewer AND e.id = s.id)";

    private final DataSource database;

    SightRows(DataSource database) {
        this.database = database;
    }

    /**
     * A row of sight, as it stands in the table.
     *
     * @param until when it ends by itself, if it does
     * @param version 0 where the view does not show it; below 0 a mark of whom it is limited to
     */
    record Row(
            String viewer,
            UUID id,
            String kind,
            Instant at,
            UUID matter,
            String state,
            String view,
            @Nullable Instant until,
            int version) {}

    /** Makes the sight of these records what is wanted; anything else about them goes. */
    void replace(List<UUID> records, List<Row> wanted) {
        try (Connection connection = database.getConnection();
                PreparedStatement s = connection.prepareStatement(REPLACE)) {
            s.setArray(1, array(connection, "text", wanted.stream().map(Row::viewer)));
            s.setArray(2, array(connection, "uuid", wanted.stream().map(Row::id)));
            s.setArray(3, array(connection, "text", wanted.stream().map(Row::kind)));
            s.setArray(4, array(connection, "timestamptz", wanted.stream().map(w -> Timestamp.from(w.at()))));
            s.setArray(5, array(connection, "uuid", wanted.stream().map(Row::matter)));
            s.setArray(6, array(connection, "text", wanted.stream().map(Row::state)));
            s.setArray(7, array(connection, "text", wanted.stream().map(Row::view)));
            s.setArray(8, array(connection, "timestamptz", wanted.stream().map(SightRows::until)));
            s.setArray(9, array(connection, "integer", wanted.stream().map(Row::version)));
            s.setArray(10, array(connection, "uuid", records.stream()));
            s.setArray(11, array(connection, "uuid", records.stream()));
            s.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /**
     * Positions of a page, newest first.
     *
     * @param kind none for all kinds, as in a matter's timeline
     */
    List<Cursor> page(List<String> viewers, Optional<String> kind, RecordQuery query) {
        StringBuilder sql = new StringBuilder();
        List<@Nullable Object> values = new ArrayList<>();
        for (String viewer : viewers) {
            sql.append(sql.isEmpty() ? "(" : " UNION ALL (");
            sql.append("SELECT at, id FROM record_sight WHERE viewer = ?");
            values.add(viewer);
            where(sql, values, kind, query);
            query.after().map(Cursor::decode).ifPresent(after -> {
                sql.append(" AND (at, id) < (?, ?)");
                values.add(Timestamp.from(after.at()));
                values.add(after.id());
            });
            sql.append(" ORDER BY at DESC, id DESC LIMIT ?)");
            values.add(query.limit() + 1);
        }
        sql.append(viewers.size() > 1 ? " ORDER BY at DESC, id DESC" : "");
        return read(sql.toString(), values, r -> new Cursor(r.getTimestamp(1).toInstant(), r.getObject(2, UUID.class)))
                .stream()
                .distinct()
                .limit(query.limit() + 1L)
                .toList();
    }

    private static @Nullable Timestamp until(Row row) {
        return row.until() == null ? null : Timestamp.from(row.until());
    }

    /** How many records the viewers can see; a grant that has ended counts no more, though its row may stand for a moment. */
    long count(List<String> viewers, Optional<String> kind, RecordQuery query) {
        StringBuilder sql = new StringBuilder();
        List<@Nullable Object> values = new ArrayList<>();
        for (String viewer : viewers) {
            sql.append(sql.isEmpty() ? "" : " UNION ").append("SELECT id FROM record_sight s WHERE viewer = ?");
            values.add(viewer);
            where(sql, values, kind, query);
            sql.append(ENDED);
        }
        return read("SELECT count(*) FROM (" + sql + ") seen", values, r -> r.getLong(1))
                .getFirst();
    }

    private static void where(
            StringBuilder sql, List<@Nullable Object> values, Optional<String> kind, RecordQuery query) {
        kind.ifPresent(k -> {
            sql.append(" AND kind = ?");
            values.add(k);
        });
        query.state().ifPresent(state -> {
            sql.append(" AND state = ?");
            values.add(state);
        });
        query.matter().ifPresent(matter -> {
            sql.append(" AND matter_id = ?");
            values.add(matter);
        });
    }

    private <T> List<T> read(String sql, List<@Nullable Object> values, RowReader<T> reader) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static Array array(Connection connection, String type, Stream<?> values) throws SQLException {
        return connection.createArrayOf(type, values.toArray());
    }

    @FunctionalInterface
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
