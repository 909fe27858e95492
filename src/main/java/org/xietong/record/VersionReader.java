package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Label;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.RecordRepositories.VersionRepository;

/** Reads the versions of a record with their typed content. */
@ApplicationScoped
class VersionReader {
    /** What a page carries at most, unless its first version alone is larger. */
    static final int MOST_BYTES = 4 << 20;

    private static final String PLACES = """
            SELECT version, place = 1 OR (place <= ? AND total <= ?) FROM (
                SELECT version, row_number() OVER (ORDER BY version) AS place,
                    sum(octet_length(content::text) + coalesce(octet_length(act_content::text), 0))
                        OVER (ORDER BY version) AS total
                FROM (SELECT version, content, act_content FROM record_version
                    WHERE record_id = ? AND version > ? ORDER BY version LIMIT ?) next) placed
            ORDER BY version
            """;

    private static final String LAST =
            "SELECT at FROM record_version WHERE record_id = ? AND act = ? ORDER BY version DESC LIMIT 1";

    private final DataSource database;
    private final VersionRepository versions;
    private final StoredJson json;

    VersionReader(DataSource database, VersionRepository versions, StoredJson json) {
        this.database = database;
        this.versions = versions;
        this.json = json;
    }

    record Version<C extends Content>(
            int version,
            String act,
            String unit,
            Instant at,
            String state,
            UUID exchange,
            @Nullable ActDraft<C> actContent,
            C content) {}

    /** @param next where the next page begins, where there is one */
    record Page<C extends Content>(List<Version<C>> versions, Optional<String> next) {}

    /** Versions after the cursor, oldest first: so many at most, and so much. */
    <C extends Content> Page<C> page(Kind<C> kind, UUID record, Optional<String> after, int limit) {
        List<Integer> fitting = new ArrayList<>();
        boolean more = false;
        try (Connection connection = database.getConnection();
                PreparedStatement places = connection.prepareStatement(PLACES)) {
            places.setInt(1, limit);
            places.setLong(2, MOST_BYTES);
            places.setObject(3, record);
            places.setInt(4, after.map(VersionReader::decode).orElse(0));
            places.setInt(5, limit + 1);
            try (ResultSet row = places.executeQuery()) {
                while (row.next() && !more) {
                    more = !row.getBoolean(2);
                    if (!more) {
                        fitting.add(row.getInt(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        List<Version<C>> page =
                versions.of(record, fitting).stream().map(v -> version(kind, v)).toList();
        return new Page<>(page, more ? Optional.of(encode(fitting.getLast())) : Optional.empty());
    }

    /** What was written in a version, and under which label. */
    record Labelled<C extends Content>(Label label, C content) {}

    <C extends Content> Labelled<C> labelled(Kind<C> kind, UUID record, int version) {
        VersionEntity v = versions.of(record, List.of(version)).getFirst();
        return new Labelled<>(json.read(v.label, Label.class), json.read(v.content, kind.contentType()));
    }

    /** When the act was last taken upon the record; empty where it never was. */
    Optional<Instant> last(UUID record, String act) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(LAST)) {
            find.setObject(1, record);
            find.setString(2, act);
            try (ResultSet row = find.executeQuery()) {
                return row.next() ? Optional.of(row.getTimestamp(1).toInstant()) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private static String encode(int version) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static int decode(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length == Integer.BYTES && bytes[0] >= 0) {
                return ByteBuffer.wrap(bytes).getInt();
            }
        } catch (IllegalArgumentException e) {
            // not base64url: falls through to the same refusal
        }
        throw new ProblemException(ProblemType.INVALID_CURSOR, new FieldFault("after", "SYNTAX"));
    }

    private <C extends Content> Version<C> version(Kind<C> kind, VersionEntity v) {
        @Nullable ActDraft<C> act = v.actContent == null ? null : json.readAct(v.actContent, kind.contentType());
        return new Version<>(
                v.version, v.act, v.byUnit, v.at, v.state, v.exchange, act, json.read(v.content, kind.contentType()));
    }
}
