package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.BodyDigest;
import org.xietong.label.Caveat;

/** The table {@code attachment}. Every look-up is narrowed by what the caller may see, so that a page has no gaps (I4). */
@ApplicationScoped
class AttachmentRows {
    private static final String COLUMNS = "id, record_id, by_unit, announced_at, name, media_type, size, sha256, sm3,"
            + " original, seal, volume, pages, kept_at, provenance, caveats, participants, stored_at,"
            + " withdrawn_at, withdrawal_reason, erased_at";
    private static final String SEEN = "SELECT " + COLUMNS + " FROM attachment WHERE record_id = ?"
            + " AND (? OR stored_at IS NOT NULL) AND caveats <@ ?::text[]"
            + " AND (?::uuid[] IS NULL OR (cardinality(participants) > 0 AND participants <@ ?::uuid[]))";
    private static final String ONE = SEEN + " AND id = ?";
    private static final String SOME = SEEN + " AND id = ANY (?) ORDER BY announced_at, id";
    private static final String PAGE =
            SEEN + " AND (announced_at, id) < (?, ?) ORDER BY announced_at DESC, id DESC LIMIT ?";
    private static final String ANNOUNCE = """
            INSERT INTO attachment (id, record_id, by_unit, by_system, by_officer, announced_at, announced_in, name,
                media_type, size, sha256, sm3, original, seal, volume, pages, kept_at, provenance, caveats, participants)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?::uuid[])
            """;
    private static final String STORED =
            "UPDATE attachment SET stored_at = ?, stored_in = ? WHERE id = ? AND stored_at IS NULL";
    private static final String WITHDRAW = "UPDATE attachment SET withdrawn_at = ?, withdrawn_in = ?, withdrawn_by = ?,"
            + " withdrawal_reason = ? WHERE id = ? AND withdrawn_at IS NULL";
    private static final String HELD =
            "SELECT id FROM attachment WHERE record_id = ? AND stored_at IS NOT NULL" + " AND withdrawn_at IS NULL";
    private static final String WITHDRAWN =
            SEEN + " AND withdrawn_at IS NOT NULL ORDER BY withdrawn_at DESC, id DESC LIMIT ?";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(?, 7263))";
    private static final String NOT_NEEDED = "SELECT d FROM unnest(?::text[]) AS d WHERE NOT EXISTS"
            + " (SELECT FROM attachment WHERE sha256 = decode(d, 'hex') AND stored_at IS NOT NULL)";
    private static final int AT_ONCE = 5_000;

    private final DataSource database;

    AttachmentRows(DataSource database) {
        this.database = database;
    }

    /**
     * What of a record's attachments a caller may see.
     *
     * @param announced also those that have no bytes yet
     * @param open caveats that are no obstacle
     * @param participants whom the sight is limited to, if it is
     */
    record Sight(UUID record, boolean announced, Collection<Caveat> open, Optional<Collection<UUID>> participants) {}

    Optional<AttachmentRow> find(Sight sight, UUID id) {
        List<AttachmentRow> rows = query(ONE, sight, List.of(id));
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    List<AttachmentRow> find(Sight sight, Collection<UUID> ids) {
        try (Connection connection = database.getConnection()) {
            return query(SOME, sight, List.of((Object) uuids(connection, ids)));
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    List<AttachmentRow> page(Sight sight, Cursor after, int limit) {
        return query(PAGE, sight, List.of(Timestamp.from(after.at()), after.id(), limit));
    }

    /** Ids of the record's attachments whose bytes are there, or were until they were erased. */
    Set<UUID> held(UUID record) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(HELD)) {
            find.setObject(1, record);
            try (ResultSet row = find.executeQuery()) {
                Set<UUID> ids = new HashSet<>();
                while (row.next()) {
                    ids.add(row.getObject(1, UUID.class));
                }
                return ids;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Those that were withdrawn, the latest first. */
    List<AttachmentRow> withdrawn(Sight sight, int limit) {
        return query(WITHDRAWN, sight, List.of(limit));
    }

    void announce(WriteContext context, AttachmentRow row) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(ANNOUNCE)) {
            Object[] values = {
                row.id(),
                row.record(),
                row.unit(),
                context.caller().system(),
                context.caller().officer().orElse(null),
                Timestamp.from(row.announcedAt()),
                context.exchange(),
                row.name(),
                row.mediaType(),
                row.size(),
                row.digest().sha256(),
                row.digest().sm3(),
                row.original().name(),
                row.seal(),
                row.volume(),
                row.pages(),
                row.keptAt(),
                row.provenance(),
                texts(connection, row.caveats().stream().map(Enum::name)),
                uuids(connection, row.participants())
            };
            bind(insert, values);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Until the transaction ends, nobody else keeps or removes these bytes. */
    void lockBytes(String sha256) {
        try (Connection connection = database.getConnection();
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, sha256);
            lock.execute();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    void stored(WriteContext context, UUID id, Instant at) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(STORED)) {
            bind(update, Timestamp.from(at), context.exchange(), id);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** False where it was withdrawn before. */
    boolean withdraw(WriteContext context, UUID id, String officer, String reason) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(WITHDRAW)) {
            bind(update, Timestamp.from(context.at()), context.exchange(), officer, reason, id);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Those of the digests, lower-hex, that no stored attachment has; some thousands of them in a statement. */
    List<String> notNeeded(List<String> sha256) {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement ask = connection.prepareStatement(NOT_NEEDED)) {
            for (int at = 0; at < sha256.size(); at += AT_ONCE) {
                List<String> some = sha256.subList(at, Math.min(at + AT_ONCE, sha256.size()));
                ask.setArray(1, texts(connection, some.stream()));
                try (ResultSet answer = ask.executeQuery()) {
                    while (answer.next()) {
                        found.add(answer.getString(1));
                    }
                }
            }
            return found;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private List<AttachmentRow> query(String sql, Sight sight, List<Object> more) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            Object limited = sight.participants().isEmpty()
                    ? null
                    : uuids(connection, sight.participants().get());
            List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                    sight.record(),
                    sight.announced(),
                    texts(connection, sight.open().stream().map(Enum::name)),
                    limited,
                    limited));
            values.addAll(more);
            bind(statement, values.toArray());
            try (ResultSet result = statement.executeQuery()) {
                List<AttachmentRow> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
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

    private static AttachmentRow row(ResultSet r) throws SQLException {
        Timestamp stored = r.getTimestamp(18);
        Timestamp withdrawn = r.getTimestamp(19);
        Timestamp erased = r.getTimestamp(21);
        return new AttachmentRow(
                r.getObject(1, UUID.class),
                r.getObject(2, UUID.class),
                r.getString(3),
                r.getTimestamp(4).toInstant(),
                r.getString(5),
                r.getString(6),
                r.getLong(7),
                new BodyDigest(r.getBytes(8), r.getBytes(9)),
                OriginalForm.valueOf(r.getString(10)),
                r.getString(11),
                r.getString(12),
                r.getString(13),
                r.getString(14),
                r.getString(15),
                Stream.of((String[]) r.getArray(16).getArray())
                        .map(Caveat::valueOf)
                        .toList(),
                List.of((UUID[]) r.getArray(17).getArray()),
                stored == null ? null : stored.toInstant(),
                withdrawn == null ? null : withdrawn.toInstant(),
                r.getString(20),
                erased == null ? null : erased.toInstant());
    }

    private static java.sql.Array texts(Connection connection, Stream<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static java.sql.Array uuids(Connection connection, Collection<UUID> values) throws SQLException {
        return connection.createArrayOf("uuid", values.toArray());
    }
}
