package org.xietong.record;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.threshold.Assessment;

/** The table {@code transfer_prompt}, and what decides on its rows: the transfers of a matter. */
@ApplicationScoped
class TransferPromptRows {
    private static final String COLUMNS =
            "p.id, p.matter_id, p.record_id, p.number, p.kind, p.owner_unit, p.version, p.raised_at, p.measured_on,"
                    + " p.reached, p.unknown, p.suspicion, p.state, p.ended_at, p.transfer_id, p.decided_version, p.decided_by";
    private static final String ADD =
            "INSERT INTO transfer_prompt (matter_id, record_id, number, kind, owner_unit, version, raised_at, measured_on,"
                    + " reached, unknown, suspicion, state, ended_at, transfer_id, decided_version, decided_by, id, deadline_id)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String CHANGE =
            "UPDATE transfer_prompt SET measured_on = ?, reached = ?, unknown = ?, suspicion = ?, state = ?, ended_at = ?,"
                    + " transfer_id = ?, decided_version = ?, decided_by = ? WHERE id = ?";
    private static final String LAST = "SELECT DISTINCT ON (p.record_id) " + COLUMNS
            + " FROM transfer_prompt p WHERE p.record_id = ? ORDER BY p.record_id, p.number DESC";
    private static final String LAST_OF_MATTER = "SELECT DISTINCT ON (p.record_id) " + COLUMNS
            + " FROM transfer_prompt p WHERE p.matter_id = ? AND p.owner_unit = ? ORDER BY p.record_id, p.number DESC";
    private static final String OF_RECORD =
            "SELECT " + COLUMNS + " FROM transfer_prompt p WHERE p.record_id = ? ORDER BY p.number";
    private static final String BY_DEADLINES =
            "SELECT " + COLUMNS + " FROM transfer_prompt p WHERE p.deadline_id = ANY (?)";
    private static final String OPEN = "SELECT " + COLUMNS
            + " FROM transfer_prompt p WHERE p.owner_unit = ? AND p.state = 'OPEN' AND (p.raised_at, p.id) > (?, ?)"
            + " ORDER BY p.raised_at, p.id LIMIT ?";
    private static final String DECIDED = "SELECT " + COLUMNS + """
             FROM transfer_prompt p
            WHERE p.state IN ('DECLINED', 'CONSIDERED') AND (p.ended_at, p.id) > (?, ?)
                AND p.ended_at >= ? AND p.ended_at < ? AND p.owner_unit <> ?
                AND NOT EXISTS (SELECT 1 FROM transfer_prompt n WHERE n.record_id = p.record_id AND n.number > p.number)
                AND EXISTS (SELECT 1 FROM record_sight s WHERE s.viewer = ANY (?) AND s.id = p.record_id AND s.view = 'FULL')
            ORDER BY p.ended_at, p.id LIMIT ?
            """;
    private static final String REASONS = """
            SELECT p.id, v.act_content ->> 'note' FROM transfer_prompt p
            JOIN record_version v ON v.record_id = p.record_id AND v.version = p.decided_version
            WHERE p.id = ANY (?) AND v.act_content ->> 'note' IS NOT NULL
            """;
    private static final String TRANSFERS = """
            SELECT r.id, r.state, r.recorded_at, r.content ->> 'clue' FROM record r
            WHERE r.matter_id = ? AND r.owner_unit = ? AND r.kind = 'transfer' AND r.erased_at IS NULL
                AND r.origin = 'LIVE'
                AND NOT EXISTS (SELECT FROM spill s WHERE s.id = r.quarantined_by AND s.by_unit = r.owner_unit)
                AND r.content ->> 'direction' IN ('AGENCY_TO_POLICE', 'COURT_TO_POLICE')
            ORDER BY r.recorded_at, r.id
            """;

    private final DataSource database;

    TransferPromptRows(DataSource database) {
        this.database = database;
    }

    /**
     * A transfer to the police, as far as it answers prompts.
     *
     * @param cameOf the record that it names
     */
    record Transferred(
            UUID id,
            String state,
            Instant recordedAt,
            @Nullable UUID cameOf) {}

    void add(TransferPrompt prompt) {
        change(ADD, (add, connection) -> {
            add.setObject(1, prompt.matter());
            add.setObject(2, prompt.record());
            add.setInt(3, prompt.number());
            add.setString(4, prompt.kind());
            add.setString(5, prompt.owner());
            add.setInt(6, prompt.version());
            add.setTimestamp(7, Timestamp.from(prompt.raisedAt()));
            setChanging(add, connection, 8, prompt);
            add.setObject(17, prompt.id());
            add.setObject(18, prompt.deadline());
        });
    }

    void change(TransferPrompt prompt) {
        change(CHANGE, (change, connection) -> {
            setChanging(change, connection, 1, prompt);
            change.setObject(10, prompt.id());
        });
    }

    private static void setChanging(PreparedStatement s, Connection connection, int from, TransferPrompt prompt)
            throws SQLException {
        s.setObject(from, prompt.measured().on());
        s.setArray(from + 1, RecordRows.texts(connection, prompt.measured().reached()));
        s.setArray(from + 2, RecordRows.texts(connection, prompt.measured().unknown()));
        s.setBoolean(from + 3, prompt.measured().suspicion());
        s.setString(from + 4, prompt.state().name());
        s.setTimestamp(from + 5, prompt.endedAt() == null ? null : Timestamp.from(prompt.endedAt()));
        s.setObject(from + 6, prompt.transfer());
        s.setObject(from + 7, prompt.decidedVersion());
        s.setString(from + 8, prompt.decidedBy());
    }

    /** The newest of a record. */
    Optional<TransferPrompt> last(UUID record) {
        return list(LAST, (s, c) -> s.setObject(1, record)).stream().findFirst();
    }

    /** The newest of each of the unit's records in a matter. */
    List<TransferPrompt> last(UUID matter, String owner) {
        return list(LAST_OF_MATTER, (s, c) -> {
            s.setObject(1, matter);
            s.setString(2, owner);
        });
    }

    List<TransferPrompt> ofRecord(UUID record) {
        return list(OF_RECORD, (s, c) -> s.setObject(1, record));
    }

    /** Those that started these deadlines. */
    List<TransferPrompt> ofDeadlines(Collection<UUID> deadlines) {
        return deadlines.isEmpty()
                ? List.of()
                : list(BY_DEADLINES, (s, c) -> s.setArray(1, c.createArrayOf("uuid", deadlines.toArray())));
    }

    /** The unit's open ones, the oldest first. */
    List<TransferPrompt> open(String unit, Cursor after, int limit) {
        return list(OPEN, (s, c) -> {
            s.setString(1, unit);
            s.setTimestamp(2, Timestamp.from(after.at()));
            s.setObject(3, after.id());
            s.setInt(4, limit);
        });
    }

    /** Those of others that were answered by a decision not to transfer, upon records that the viewers see in full. */
    List<TransferPrompt> decided(List<String> viewers, Cursor after, Span span, int limit) {
        return list(DECIDED, (s, c) -> {
            s.setTimestamp(1, Timestamp.from(after.at()));
            s.setObject(2, after.id());
            s.setTimestamp(3, Timestamp.from(span.from()));
            s.setTimestamp(4, Timestamp.from(span.until()));
            s.setString(5, viewers.getFirst());
            s.setArray(6, RecordRows.texts(c, viewers));
            s.setInt(7, limit);
        });
    }

    /** The unit's transfers to the police in a matter, the oldest first. */
    List<Transferred> transfers(UUID matter, String owner) {
        return read(
                TRANSFERS,
                (s, c) -> {
                    s.setObject(1, matter);
                    s.setString(2, owner);
                },
                row -> new Transferred(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4) == null ? null : UUID.fromString(row.getString(4))));
    }

    /** Why, of those that were answered by a decision; what was erased of them is not there. */
    Map<UUID, String> reasons(Collection<UUID> prompts) {
        return prompts.isEmpty()
                ? Map.of()
                : read(
                                REASONS,
                                (s, c) -> s.setArray(1, c.createArrayOf("uuid", prompts.toArray())),
                                row -> Map.entry(row.getObject(1, UUID.class), row.getString(2)))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void change(String sql, Binder binder) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement, connection);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private List<TransferPrompt> list(String sql, Binder binder) {
        return read(sql, binder, TransferPromptRows::prompt);
    }

    private <T> List<T> read(String sql, Binder binder, Reader<T> reader) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement, connection);
            try (ResultSet row = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (row.next()) {
                    found.add(reader.read(row));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static TransferPrompt prompt(ResultSet row) throws SQLException {
        Timestamp ended = row.getTimestamp("ended_at");
        return new TransferPrompt(
                row.getObject("id", UUID.class),
                row.getObject("matter_id", UUID.class),
                row.getObject("record_id", UUID.class),
                row.getInt("number"),
                row.getString("kind"),
                row.getString("owner_unit"),
                row.getInt("version"),
                row.getTimestamp("raised_at").toInstant(),
                new Assessment(
                        List.of((String[]) row.getArray("reached").getArray()),
                        List.of((String[]) row.getArray("unknown").getArray()),
                        row.getBoolean("suspicion"),
                        row.getObject("measured_on", LocalDate.class)),
                TransferPrompt.State.valueOf(row.getString("state")),
                ended == null ? null : ended.toInstant(),
                row.getObject("transfer_id", UUID.class),
                row.getObject("decided_version", Integer.class),
                row.getString("decided_by"));
    }

    @FunctionalInterface
    private interface Binder {
        void bind(PreparedStatement statement, Connection connection) throws SQLException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
