package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.BodyDigest;
import org.xietong.label.Caveat;
import org.xietong.policy.View;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** The tables {@code packet}, {@code packet_bytes} and {@code packet_receipt}. */
@ApplicationScoped
class PacketRows {
    private static final String SELECT = """
            SELECT p.id, p.record_id, p.record_version, p.recipient, p.by_unit, p.by_officer, p.at, p.exchange_id, p.view, p.rule,
                p.purpose, p.document_number, p.attachments, p.sealed_to, p.size, p.sha256, p.sm3, p.replaces, n.id,
                p.collected_at, p.collected_in, p.opened,
                g.outcome, g.reason, g.received_on, g.scan, g.by_officer, g.at, g.exchange_id,
                s.outcome, s.reason, s.received_on, s.scan, s.by_officer, s.at, s.exchange_id
            FROM packet p LEFT JOIN packet n ON n.replaces = p.id
                LEFT JOIN packet_receipt g ON g.packet = p.id AND g.signed
                LEFT JOIN packet_receipt s ON s.packet = p.id AND NOT s.signed
            WHERE p.record_id = ?""";
    private static final String ADD = """
            INSERT INTO packet (id, record_id, record_version, recipient, by_unit, by_officer, at, exchange_id, view, rule, purpose,
                document_number, attachments, sealed_to, size, sha256, sm3, replaces, opened)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String COLLECT =
            "UPDATE packet SET collected_at = ?, collected_in = ? WHERE id = ? AND collected_at IS NULL";
    private static final String ANSWER = """
            INSERT INTO packet_receipt (packet, record_id, outcome, reason, received_on, signature, certificate, scan, by_unit,
                by_officer, at, exchange_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

    private final DataSource database;

    PacketRows(DataSource database) {
        this.database = database;
    }

    /** What a recipient answered, as it is stored. */
    record Answer(
            PacketOutcome outcome,
            @Nullable String reason,
            @Nullable Date receivedOn,
            byte @Nullable [] signature,
            byte @Nullable [] certificate,
            @Nullable UUID scan) {}

    /** Those of a record, the first first. */
    List<PacketRow> of(UUID record) {
        return query(SELECT + " ORDER BY p.at, p.id", record);
    }

    /** @throws ProblemException NOT_FOUND where the record has none of this id */
    PacketRow require(UUID record, UUID packet) {
        return query(SELECT + " AND p.id = ?", record, packet).stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    void add(PacketRow row, byte[] bytes) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD);
                PreparedStatement keep = connection.prepareStatement(
                        "INSERT INTO packet_bytes (packet, record_id, bytes) VALUES (?, ?, ?)")) {
            bind(
                    add,
                    row.id(),
                    row.record(),
                    row.recordVersion(),
                    row.recipient(),
                    row.unit(),
                    row.officer(),
                    Timestamp.from(row.at()),
                    row.exchange(),
                    row.view().name(),
                    row.rule(),
                    row.purpose(),
                    row.documentNumber(),
                    connection.createArrayOf("uuid", row.attachments().toArray()),
                    row.sealedTo(),
                    row.size(),
                    row.digest().sha256(),
                    row.digest().sm3(),
                    row.replaces(),
                    connection.createArrayOf(
                            "text",
                            row.opened().stream().map(Enum::name).sorted().toArray()));
            add.executeUpdate();
            bind(keep, row.id(), row.record(), bytes);
            keep.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The sealed bytes; empty once they are erased. */
    Optional<byte[]> bytes(UUID packet) {
        try (Connection connection = database.getConnection();
                PreparedStatement find =
                        connection.prepareStatement("SELECT bytes FROM packet_bytes WHERE packet = ?")) {
            bind(find, packet);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Notes who first collected it; later ones stand in the journal. */
    void collected(WriteContext context, UUID packet) {
        run(COLLECT, Timestamp.from(context.at()), context.exchange(), packet);
    }

    /** False where it was answered in this form before. */
    boolean answer(WriteContext context, PacketRow packet, String officer, Answer answer) {
        return run(
                        ANSWER,
                        packet.id(),
                        packet.record(),
                        answer.outcome().name(),
                        answer.reason(),
                        answer.receivedOn(),
                        answer.signature(),
                        answer.certificate(),
                        answer.scan(),
                        context.caller().unit(),
                        officer,
                        Timestamp.from(context.at()),
                        context.exchange())
                == 1;
    }

    private int run(String sql, @Nullable Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private List<PacketRow> query(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(sql)) {
            bind(find, values);
            try (ResultSet row = find.executeQuery()) {
                List<PacketRow> found = new ArrayList<>();
                while (row.next()) {
                    found.add(row(row));
                }
                return found;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static PacketRow row(ResultSet r) throws SQLException {
        PacketRow.@Nullable Receipt signed = receipt(r, 23, true);
        PacketRow.@Nullable Receipt scanned = receipt(r, 30, false);
        return new PacketRow(
                r.getObject(1, UUID.class),
                r.getObject(2, UUID.class),
                r.getInt(3),
                r.getString(4),
                r.getString(5),
                r.getString(6),
                r.getTimestamp(7).toInstant(),
                r.getObject(8, UUID.class),
                View.valueOf(r.getString(9)),
                r.getString(10),
                Stream.of((String[]) r.getArray(22).getArray())
                        .map(Caveat::valueOf)
                        .collect(Collectors.toUnmodifiableSet()),
                r.getString(11),
                r.getString(12),
                List.of((UUID[]) r.getArray(13).getArray()),
                r.getString(14),
                r.getLong(15),
                new BodyDigest(r.getBytes(16), r.getBytes(17)),
                r.getObject(18, UUID.class),
                r.getObject(19, UUID.class),
                instant(r, 20),
                r.getObject(21, UUID.class),
                signed == null ? scanned : signed,
                signed == null ? null : scanned);
    }

    /** The receipt whose columns begin here; none where there is none of this form. */
    private static PacketRow.@Nullable Receipt receipt(ResultSet r, int from, boolean verified) throws SQLException {
        String outcome = r.getString(from);
        Date day = r.getDate(from + 2);
        return outcome == null
                ? null
                : new PacketRow.Receipt(
                        PacketOutcome.valueOf(outcome),
                        verified,
                        r.getString(from + 1),
                        day == null ? null : day.toLocalDate(),
                        r.getObject(from + 3, UUID.class),
                        r.getString(from + 4),
                        r.getTimestamp(from + 5).toInstant(),
                        r.getObject(from + 6, UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
