package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * The tables {@code erasure} and {@code spill}, and the functions that alone erase. They hold on their own that two officers of the
 * owner stand behind an erasure, each with his own key, and that the proposal was journaled before.
 */
@ApplicationScoped
class ErasureRows {
    private static final String COLUMNS =
            "id, kind, target, unit, free_text, basis, document_number, reason, digest, proposed_by,"
                    + " proposed_key, proposed_at, proposed_in, expires_at, approved_by, approved_key, approved_at, approved_in";
    private static final String PROPOSE =
            "INSERT INTO erasure (id, kind, target, unit, free_text, basis, document_number, reason,"
                    + " digest, proposed_by, proposed_key, proposed_at, proposed_in, expires_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ONE = "SELECT " + COLUMNS + " FROM erasure WHERE id = ? AND unit = ?";
    private static final String NEWEST =
            "SELECT " + COLUMNS + " FROM erasure WHERE unit = ? ORDER BY proposed_at DESC, id LIMIT ?";
    private static final String DONE =
            "SELECT " + COLUMNS + " FROM erasure WHERE approved_at >= ? ORDER BY approved_at, id";
    private static final String SPILLED_SINCE = "SELECT id, record_id, by_unit, by_officer, reason, at, exchange_id"
            + " FROM spill WHERE at >= ? ORDER BY at, id";
    /** A record that many exchanges touched takes longer than a request may. */
    private static final String PATIENCE = "SET LOCAL statement_timeout = '50s'";

    private static final String APPROVE = "SELECT approve_erasure(?, ?, ?, ?, ?)";
    private static final String NAMING = "SELECT records_naming(?, ?)";
    private static final String OF_ATTACHMENT =
            "SELECT a.record_id FROM attachment a JOIN record r ON r.id = a.record_id"
                    + " WHERE a.id = ? AND r.owner_unit = ? AND a.erased_at IS NULL";
    private static final String BYTES = "SELECT DISTINCT encode(a.sha256, 'hex') FROM attachment a"
            + " WHERE a.record_id = ANY (?) AND a.erased_at IS NULL AND a.stored_at IS NOT NULL";
    private static final String SPILLED =
            "INSERT INTO spill (id, record_id, kind, owner_unit, by_unit, by_officer, reason, at,"
                    + " exchange_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String QUARANTINE = "SELECT quarantine_record(?)";
    private static final String SPILLS =
            "SELECT id, record_id, kind, reason, owner_unit, by_unit, at, ended_at FROM spill WHERE ";

    private final DataSource database;

    ErasureRows(DataSource database) {
        this.database = database;
    }

    void propose(Erasure e) {
        run(
                PROPOSE,
                e.id(),
                e.kind().name(),
                e.target(),
                e.unit(),
                e.freeText(),
                e.basis(),
                e.documentNumber(),
                e.reason(),
                e.digest(),
                e.proposedBy(),
                e.proposedKey(),
                Timestamp.from(e.proposedAt()),
                e.proposedIn(),
                Timestamp.from(e.expiresAt()));
    }

    /** One of the unit's own. */
    Optional<Erasure> find(UUID id, String unit) {
        List<Erasure> found = query(ONE, ErasureRows::erasure, id, unit);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    List<Erasure> newest(String unit, int most) {
        return query(NEWEST, ErasureRows::erasure, unit, most);
    }

    /** What is to be kept outside of the erasures that were approved since then and the spills that were reported, the oldest first. */
    List<OutsideLine> outside(Instant since) {
        List<OutsideLine> lines = new ArrayList<>();
        query(SPILLED_SINCE, ErasureRows::spilled, Timestamp.from(since))
                .forEach(one -> lines.add(OutsideLine.of(one)));
        query(DONE, ErasureRows::erasure, Timestamp.from(since)).forEach(one -> lines.add(OutsideLine.of(one)));
        lines.sort(Comparator.comparing(OutsideLine::at));
        return lines;
    }

    /**
     * Erases, in the caller's transaction.
     *
     * @throws ProblemException SECOND_OFFICER_REQUIRED where the store finds no two officers; STATE_CONFLICT
     */
    void approve(UUID id, Erasure.Approval approval) {
        run(PATIENCE);
        run(APPROVE, id, approval.by(), approval.key(), approval.exchange(), Timestamp.from(approval.at()));
    }

    /** The unit's records that name the participant and stand. */
    List<UUID> naming(UUID participant, String unit) {
        return query(NAMING, row -> row.getObject(1, UUID.class), participant, unit);
    }

    /** The unit's record that the attachment belongs to. */
    Optional<UUID> ofAttachment(UUID attachment, String unit) {
        List<UUID> found = query(OF_ATTACHMENT, row -> row.getObject(1, UUID.class), attachment, unit);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    /** Where the store has the bytes of these records' attachments. */
    List<String> bytesOf(List<UUID> records) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(BYTES)) {
            select.setArray(1, connection.createArrayOf("uuid", records.toArray()));
            return all(select, row -> row.getString(1));
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** @throws ProblemException STATE_CONFLICT where it is out of sight already, or erased */
    void quarantine(WriteContext context, UUID spill, RecordRow record, String officer, String reason) {
        run(
                SPILLED,
                spill,
                record.id(),
                record.kind(),
                record.ownerUnit(),
                context.caller().unit(),
                officer,
                reason,
                Timestamp.from(context.at()),
                context.exchange());
        run(QUARANTINE, spill);
    }

    /** Spills of the unit's records, and those that it reported. */
    List<SpillView> spills(String unit, int most) {
        return query(
                SPILLS + "? IN (owner_unit, by_unit) ORDER BY at DESC, id LIMIT ?", ErasureRows::spill, unit, most);
    }

    /** A spill that has not ended, of one of the unit's records. */
    Optional<SpillView> openSpill(UUID id, String owner) {
        List<SpillView> found =
                query(SPILLS + "id = ? AND owner_unit = ? AND ended_at IS NULL", ErasureRows::spill, id, owner);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
    }

    private void run(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw switch (String.valueOf(e.getSQLState())) {
                case "XT403" -> new ProblemException(ProblemType.SECOND_OFFICER_REQUIRED);
                case "XT409" -> new ProblemException(ProblemType.STATE_CONFLICT);
                default -> new StoreException(e);
            };
        }
    }

    private <T> List<T> query(String sql, Reader<T> reader, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return all(statement, reader);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static <T> List<T> all(PreparedStatement statement, Reader<T> reader) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(reader.read(row));
            }
            return found;
        }
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        Instant approvedAt = instant(row, 17);
        return new Erasure(
                row.getObject(1, UUID.class),
                Erasure.Kind.valueOf(row.getString(2)),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getTimestamp(12).toInstant(),
                row.getObject(13, UUID.class),
                row.getTimestamp(14).toInstant(),
                approvedAt == null
                        ? null
                        : new Erasure.Approval(
                                row.getString(15), row.getString(16), approvedAt, row.getObject(18, UUID.class)));
    }

    private static OutsideLine.Spilled spilled(ResultSet row) throws SQLException {
        return new OutsideLine.Spilled(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getTimestamp(6).toInstant(),
                row.getObject(7, UUID.class));
    }

    private static SpillView spill(ResultSet row) throws SQLException {
        Instant ended = instant(row, 8);
        return new SpillView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                RecordViews.shanghai(row.getTimestamp(7).toInstant()),
                ended == null ? null : RecordViews.shanghai(ended),
                null,
                null);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
