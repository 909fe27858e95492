package org.xietong.deadline;

import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The tables {@code deadline} and {@code deadline_actor}: what runs and ran, replaced matter by matter. */
@ApplicationScoped
class DeadlineRows {
    private static final String REPLACE = """
            WITH wanted AS (
                SELECT id, rule, duty, record, filing, participant, string_to_array(actors, ',') AS actors, started_day, started_at,
                    due_on, due_at, coalesce(due_at, '3900-01-01Z') AS sorted, certain, state, ended_day, ended_at, variant,
                    string_to_array(extensions, ',') AS extensions, started_recorded_at, ended_recorded_at
                FROM unnest(?::uuid[], ?::text[], ?::boolean[], ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::date[], ?::timestamptz[],
                        ?::date[], ?::timestamptz[], ?::boolean[], ?::text[], ?::date[], ?::timestamptz[], ?::text[], ?::text[],
                        ?::timestamptz[], ?::timestamptz[])
                    AS w (id, rule, duty, record, filing, participant, actors, started_day, started_at, due_on, due_at, certain,
                        state, ended_day, ended_at, variant, extensions, started_recorded_at, ended_recorded_at)),
            gone AS (
                DELETE FROM deadline d WHERE d.matter_id = ? AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = d.id))
            INSERT INTO deadline AS d (id, rule, duty, matter_id, record_id, filing_id, participant, actors, started_day, started_at,
                due_on, due_at, sorted, certain, state, ended_day, ended_at, variant, extensions, started_recorded_at,
                ended_recorded_at)
            SELECT id, rule, duty, ?, record, filing, participant, actors, started_day, started_at,
                due_on, due_at, sorted, certain, state, ended_day, ended_at, variant, extensions, started_recorded_at,
                ended_recorded_at FROM wanted
            ON CONFLICT (id) DO UPDATE SET matter_id = excluded.matter_id, actors = excluded.actors, started_day = excluded.started_day,
                started_at = excluded.started_at, due_on = excluded.due_on, due_at = excluded.due_at, sorted = excluded.sorted,
                certain = excluded.certain, state = excluded.state, ended_day = excluded.ended_day,
                ended_at = excluded.ended_at, variant = excluded.variant, extensions = excluded.extensions,
                started_recorded_at = excluded.started_recorded_at, ended_recorded_at = excluded.ended_recorded_at
            WHERE (d.matter_id, d.actors, d.started_day, d.started_at, d.due_on, d.due_at, d.certain, d.state, d.ended_day, d.ended_at, d.variant,
                    d.extensions, d.started_recorded_at, d.ended_recorded_at)
                IS DISTINCT FROM (excluded.matter_id, excluded.actors, excluded.started_day, excluded.started_at, excluded.due_on, excluded.due_at,
                    excluded.certain, excluded.state, excluded.ended_day, excluded.ended_at, excluded.variant, excluded.extensions,
                    excluded.started_recorded_at, excluded.ended_recorded_at)
            """;
    private static final String ACTORS_GONE =
            "DELETE FROM deadline_actor a USING deadline d WHERE d.id = a.deadline_id AND d.matter_id = ?";
    private static final String ACTORS = """
            INSERT INTO deadline_actor (unit, duty, sorted, deadline_id)
            SELECT DISTINCT unnest(d.actors), d.duty, d.sorted, d.id FROM deadline d
            WHERE d.matter_id = ? AND d.state IN ('RUNNING', 'SUSPENDED', 'NO_RULE')
            """;
    private static final String COLUMNS =
            "d.id, d.rule, d.duty, d.matter_id, d.record_id, d.filing_id, d.participant, d.actors, d.started_day, d.started_at,"
                    + " d.due_on, d.due_at, d.certain, d.state, d.ended_day, d.ended_at, d.variant, d.extensions,"
                    + " d.started_recorded_at, d.ended_recorded_at";
    /** A right that has passed is nobody's business any more. */
    private static final String MINE = "SELECT " + COLUMNS + """
             FROM (
                (SELECT sorted, deadline_id FROM deadline_actor
                    WHERE unit = $unit AND duty AND (sorted, deadline_id) > ($at, $id) AND sorted >= $from AND sorted < $until
                    ORDER BY sorted, deadline_id LIMIT $limit)
                UNION ALL
                (SELECT sorted, deadline_id FROM deadline_actor
                    WHERE unit = $unit AND NOT duty AND (sorted, deadline_id) > ($at, $id) AND sorted >= $from
                        AND sorted < $until AND sorted > $now
                    ORDER BY sorted, deadline_id LIMIT $limit)) a
            JOIN deadline d ON d.id = a.deadline_id
            ORDER BY a.sorted, a.deadline_id LIMIT $limit
            """;
    /** Duties of others, upon what the viewers see in full. */
    private static final String OVERSEEN = "SELECT " + COLUMNS + """
             FROM deadline d
            WHERE d.duty AND d.state IN ('RUNNING', 'SUSPENDED', 'NO_RULE') AND NOT $unit = ANY (d.actors)
                AND (d.sorted, d.id) > ($at, $id) AND d.sorted >= $from AND d.sorted < $until
                AND EXISTS (SELECT 1 FROM record_sight s WHERE s.viewer = ANY ($viewers) AND s.id = d.record_id AND s.view = 'FULL')
            ORDER BY d.sorted, d.id LIMIT $limit
            """;

    /** Duties of others that are late, or were; rule by rule in the order of the index, and no further than a page needs. */
    private static final String LATE = "SELECT " + COLUMNS + """
             FROM unnest($rules) AS r (rule) CROSS JOIN LATERAL (
                SELECT * FROM deadline e
                WHERE e.rule = r.rule AND e.duty AND e.state = '$state' AND (e.sorted, e.id) > ($at, $id)
                    AND e.sorted >= $from AND e.sorted < $until AND NOT $unit = ANY (e.actors)
                    AND EXISTS (SELECT 1 FROM record_sight s
                        WHERE s.viewer = ANY ($viewers) AND s.id = e.record_id AND s.view = 'FULL')
                ORDER BY e.sorted, e.id LIMIT $limit) d
            ORDER BY d.sorted, d.id LIMIT $limit
            """;

    /** Duties of others that were fulfilled or fell away in time by the day that was stated, and were written down only after it. */
    private static final String RECORDED_LATER = "SELECT " + COLUMNS + """
             FROM deadline d
            WHERE d.duty AND d.state IN ('MET', 'ENDED') AND d.ended_recorded_at >= d.due_at
                AND CASE WHEN d.ended_at IS NULL THEN d.ended_day <= d.due_on ELSE d.ended_at < d.due_at END AND NOT $unit = ANY (d.actors)
                AND (d.sorted, d.id) > ($at, $id) AND d.sorted >= $from AND d.sorted < $until
                AND EXISTS (SELECT 1 FROM record_sight s WHERE s.viewer = ANY ($viewers) AND s.id = d.record_id AND s.view = 'FULL')
            ORDER BY d.sorted, d.id LIMIT $limit
            """;

    private static final String OF_RECORD =
            "SELECT " + COLUMNS + " FROM deadline d WHERE d.record_id = $record ORDER BY d.started_day, d.id";
    private static final String BY_ID = "SELECT " + COLUMNS + " FROM deadline d WHERE d.id = $id";
    private static final String BY_IDS =
            "SELECT " + COLUMNS + " FROM deadline d WHERE d.id = ANY (string_to_array($ids, ',')::uuid[])";

    /** Where one without a last instant stands in the order; the statements say the same. */
    static final Instant END_OF_TIME = Instant.parse("3900-01-01T00:00:00Z");

    private static final Instant BEFORE_ALL = Instant.parse("1900-01-01T00:00:00Z");

    private final DataSource database;

    DeadlineRows(DataSource database) {
        this.database = database;
    }

    /** Makes the matter's deadlines what is wanted. */
    void replace(UUID matter, List<Deadline> wanted) {
        try (Connection connection = database.getConnection();
                PreparedStatement replace = connection.prepareStatement(REPLACE);
                PreparedStatement gone = connection.prepareStatement(ACTORS_GONE);
                PreparedStatement actors = connection.prepareStatement(ACTORS)) {
            Columns columns = new Columns(connection, replace, wanted);
            columns.set(1, "uuid", Deadline::id);
            columns.set(2, "text", Deadline::rule);
            columns.set(3, "boolean", Deadline::duty);
            columns.set(4, "uuid", Deadline::record);
            columns.set(5, "uuid", Deadline::filing);
            columns.set(6, "uuid", Deadline::participant);
            columns.set(7, "text", each -> String.join(",", each.actors()));
            columns.set(8, "date", each -> each.startedOn().day());
            columns.set(
                    9,
                    "timestamptz",
                    each -> EventRows.timestamp(each.startedOn().instant()));
            columns.set(10, "date", Deadline::dueOn);
            columns.set(11, "timestamptz", each -> EventRows.timestamp(each.dueAt()));
            columns.set(12, "boolean", Deadline::certain);
            columns.set(13, "text", each -> each.state().name());
            columns.set(
                    14,
                    "date",
                    each -> each.endedOn() == null ? null : each.endedOn().day());
            columns.set(
                    15,
                    "timestamptz",
                    each -> each.endedOn() == null
                            ? null
                            : EventRows.timestamp(each.endedOn().instant()));
            columns.set(16, "text", Deadline::variant);
            columns.set(17, "text", each -> String.join(",", each.extensions()));
            columns.set(18, "timestamptz", each -> EventRows.timestamp(each.startedRecorded()));
            columns.set(19, "timestamptz", each -> EventRows.timestamp(each.endedRecorded()));
            replace.setObject(20, matter);
            replace.setObject(21, matter);
            replace.executeUpdate();
            gone.setObject(1, matter);
            gone.executeUpdate();
            actors.setObject(1, matter);
            actors.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets one array after the other. */
    private record Columns(Connection connection, PreparedStatement statement, List<Deadline> rows) {
        void set(int index, String type, Function<Deadline, @Nullable Object> value) throws SQLException {
            statement.setArray(
                    index,
                    connection.createArrayOf(type, rows.stream().map(value).toArray()));
        }
    }

    /** Open ones whose time is the unit's, the first due first. */
    List<Deadline> mine(String unit, DeadlineRange range, int limit) {
        return list(Named.of(MINE, Map.of("unit", unit, "limit", limit), range));
    }

    /** Open duties of others, upon records that the viewers see in full; the first of the viewers is a unit. */
    List<Deadline> overseen(List<String> viewers, DeadlineRange range, int limit) {
        return list(Named.of(
                OVERSEEN,
                Map.of("unit", viewers.getFirst(), "viewers", viewers.toArray(String[]::new), "limit", limit),
                range));
    }

    /** Duties of others that were stated to be over in time, and recorded so only afterwards; the first of the viewers is a unit. */
    List<Deadline> recordedLater(List<String> viewers, DeadlineRange range, int limit) {
        return list(Named.of(
                RECORDED_LATER,
                Map.of("unit", viewers.getFirst(), "viewers", viewers.toArray(String[]::new), "limit", limit),
                range));
    }

    /** Duties of others under these rules whose last instant lies in the range; the first of the viewers is a unit. */
    List<Deadline> late(List<String> viewers, LateDuties duties, DeadlineRange range, int limit) {
        return list(Named.of(
                LATE.replace("$state", duties.state().name()),
                Map.of(
                        "unit",
                        viewers.getFirst(),
                        "viewers",
                        viewers.toArray(String[]::new),
                        "rules",
                        duties.rules().toArray(String[]::new),
                        "limit",
                        limit),
                range));
    }

    /** All that acts upon the record started, open or not. */
    List<Deadline> ofRecord(UUID record) {
        return list(new Named(OF_RECORD, Map.of("record", record)));
    }

    Optional<Deadline> byId(UUID id) {
        return list(new Named(BY_ID, Map.of("id", id))).stream().findFirst();
    }

    List<Deadline> byIds(Collection<UUID> ids) {
        String joined = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
        return ids.isEmpty() ? List.of() : list(new Named(BY_IDS, Map.of("ids", joined)));
    }

    /** A statement with names for its values, each of which may stand more than once. */
    private record Named(String sql, Map<String, Object> values) {
        private static final Pattern NAME = Pattern.compile("\\$(\\w+)");

        static Named of(String sql, Map<String, Object> values, DeadlineRange range) {
            Map<String, Object> all = new HashMap<>(values);
            all.put("at", Timestamp.from(range.afterAt().orElse(BEFORE_ALL)));
            all.put("id", range.afterId().orElse(new UUID(0, 0)));
            all.put("from", Timestamp.from(range.from().orElse(BEFORE_ALL)));
            all.put("until", Timestamp.from(range.until().orElse(END_OF_TIME.plusSeconds(1))));
            all.put("now", Timestamp.from(range.now()));
            return new Named(sql, all);
        }

        PreparedStatement prepare(Connection connection) throws SQLException {
            PreparedStatement statement =
                    connection.prepareStatement(NAME.matcher(sql).replaceAll("?"));
            Matcher name = NAME.matcher(sql);
            for (int index = 1; name.find(); index++) {
                Object value = values.get(name.group(1));
                if (value instanceof String[] texts) {
                    statement.setArray(index, connection.createArrayOf("text", texts));
                } else {
                    statement.setObject(index, value);
                }
            }
            return statement;
        }
    }

    private List<Deadline> list(Named query) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = query.prepare(connection);
                ResultSet row = find.executeQuery()) {
            List<Deadline> found = new ArrayList<>();
            while (row.next()) {
                found.add(deadline(row));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Deadline deadline(ResultSet row) throws SQLException {
        return new Deadline(
                row.getObject("id", UUID.class),
                row.getString("rule"),
                row.getBoolean("duty"),
                row.getObject("matter_id", UUID.class),
                row.getObject("record_id", UUID.class),
                row.getObject("filing_id", UUID.class),
                row.getObject("participant", UUID.class),
                EventRows.strings(row, "actors"),
                EventRows.moment(row, "started_day", "started_at"),
                EventRows.instant(row, "started_recorded_at"),
                row.getObject("due_on", LocalDate.class),
                EventRows.instant(row, "due_at"),
                row.getBoolean("certain"),
                Deadline.State.valueOf(row.getString("state")),
                row.getObject("ended_day") == null ? null : EventRows.moment(row, "ended_day", "ended_at"),
                EventRows.instant(row, "ended_recorded_at"),
                row.getString("variant"),
                EventRows.strings(row, "extensions"));
    }
}
