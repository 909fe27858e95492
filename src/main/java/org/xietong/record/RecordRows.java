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
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.xietong.label.Caveat;
import org.xietong.label.Label;
import org.xietong.matter.Precision;
import org.xietong.policy.GrantFact;
import org.xietong.policy.MilestoneFact;
import org.xietong.policy.SentUp;
import org.xietong.policy.View;

/**
 * Reads records through sight: one statement finds a record by id <em>and</em> viewer and brings the facts of its
 * matter with it, so that decision and data come from one snapshot, and a record out of sight costs what a nonexistent
 * one costs (I4). Without a transaction of its own it joins the caller's.
 */
@ApplicationScoped
class RecordRows {
    private static final String FACTS = """
            r.id, r.kind, r.matter_id, r.owner_unit, r.owner_officer, r.system, r.source_ref, r.origin,
            r.document_number, r.state, r.label::text, r.addressees, r.occurred_at, r.precision, r.recorded_at,
            r.changed_at, r.version, r.filing_id, r.attributes::text, r.participants, %s,
            ARRAY(SELECT m.unit FROM matter_member m WHERE m.matter_id = r.matter_id
                  AND (m.brought_by IS NULL OR r.owner_unit = ANY (m.brought_by))),
            ARRAY(SELECT h.from_unit FROM handover h WHERE h.matter_id = r.matter_id AND h.to_unit = r.owner_unit
                  AND NOT h.copy
                  AND (SELECT q.kind FROM record q WHERE q.id = h.record_id) IS DISTINCT FROM 'request'),
            ARRAY(SELECT s.milestone || ' ' || s.participant || ' ' || s.filing_id || ' ' || s.record_id FROM milestone s
                  WHERE s.filing_id = coalesce(r.filing_id, r.id) AND s.revoked_at IS NULL
                  UNION ALL
                  SELECT 'SUPERVISED ' || p || ' ' || v.filing_id || ' ' || v.id FROM record v,
                      unnest(CASE WHEN cardinality(v.participants) = 0 THEN r.participants ELSE v.participants END) p
                  WHERE r.kind = 'investigation' AND v.filing_id = r.filing_id AND v.kind = 'supervision'
                      AND v.attributes ->> 'type' IN ('FILING', 'WRONG_FILING', 'INVESTIGATION')
                      AND split_part(v.owner_unit, '-', 2) = split_part(r.owner_unit, '-', 2)),
            ARRAY(SELECT concat_ws(' ', g.id, g.person, g.grantee, g.view, extract(epoch FROM g.until)::bigint,
                      array_to_string(g.caveats, ' '))
                  FROM record_grant g WHERE g.record_id = r.id AND g.approved_at IS NOT NULL AND g.revoked_at IS NULL
                      AND g.until > statement_timestamp()),
            ARRAY(SELECT h.from_unit FROM record f JOIN handover h ON h.matter_id = f.matter_id AND h.to_unit = f.owner_unit
                      AND NOT h.copy
                  WHERE f.id = r.filing_id
                      AND (SELECT q.kind FROM record q WHERE q.id = h.record_id) IS DISTINCT FROM 'request'),
            ARRAY(SELECT h.to_unit || ' ' || s.participant FROM record j
                  JOIN handover h ON h.matter_id = j.matter_id AND h.record_id = j.id
                  JOIN milestone s ON s.filing_id = j.filing_id AND s.participant = ANY (j.participants)
                      AND s.milestone = 'JUDGED' AND s.revoked_at IS NULL AND s.set_at <= h.handed_at
                  WHERE j.filing_id = coalesce(r.filing_id, r.id) AND j.kind = 'judgment'),
            ARRAY(SELECT o.owner_unit FROM record o
                  WHERE r.kind = 'judgment' AND (o.id = r.filing_id OR o.filing_id = r.filing_id)),
            r.erased_at, (SELECT e.basis FROM erasure e WHERE e.id = r.erasure), r.quarantined_by IS NOT NULL,
            ARRAY(SELECT t.owner_unit FROM record t
                  WHERE r.kind = 'supervision' AND t.id = (r.content ->> 'transfer')::uuid AND t.matter_id = r.matter_id
                      AND t.kind = 'transfer' AND t.content ->> 'complainedOn' IS NOT NULL)
            """;
    private static final String COLUMNS = FACTS.formatted("r.content::text");
    private static final String BY_ID = "SELECT " + COLUMNS
            + " FROM record r WHERE r.id = ? AND r.kind = ?"
            + " AND EXISTS (SELECT 1 FROM record_sight v WHERE v.id = r.id AND v.viewer = ANY (?))";
    private static final String BY_SOURCE = "SELECT " + COLUMNS
            + " FROM record r WHERE r.system = ? AND r.kind = ? AND r.source_ref = ?"
            + " AND EXISTS (SELECT 1 FROM record_sight v WHERE v.id = r.id AND v.viewer = ANY (?))";
    private static final String BY_MATTER =
            "SELECT " + FACTS.formatted("CASE WHEN r.id = ? THEN r.content::text ELSE '' END")
                    + " FROM record r WHERE r.matter_id = ?";
    private static final String OF_OTHERS = "SELECT " + COLUMNS
            + " FROM record r WHERE r.matter_id = ? AND (r.id = ? OR r.owner_unit <> ?) AND r.erased_at IS NULL"
            + " ORDER BY r.id = ? DESC, r.recorded_at DESC LIMIT ?";
    private static final String BY_IDS = "SELECT " + COLUMNS + " FROM record r WHERE r.id = ANY (?)";

    /** Without contents: a page of requests may name many records, and asks of each no more than whether it is in sight. */
    private static final String IN_SIGHT = "SELECT " + FACTS.formatted("''") + " FROM record r WHERE r.id = ANY (?)"
            + " AND EXISTS (SELECT 1 FROM record_sight v WHERE v.id = r.id AND v.viewer = ANY (?))";

    private final DataSource database;
    private final StoredJson json;

    RecordRows(DataSource database, StoredJson json) {
        this.database = database;
        this.json = json;
    }

    /** The record, if one of the viewers has it in sight. */
    Optional<RecordRow> seen(UUID id, String kind, List<String> viewers) {
        return one(BY_ID, (s, c) -> {
            s.setObject(1, id);
            s.setString(2, kind);
            s.setArray(3, texts(c, viewers));
        });
    }

    /** The record that a case system knows under its own id, if one of the viewers has it in sight. */
    Optional<RecordRow> bySource(String system, String kind, String sourceRef, List<String> viewers) {
        return one(BY_SOURCE, (s, c) -> {
            s.setString(1, system);
            s.setString(2, kind);
            s.setString(3, sourceRef);
            s.setArray(4, texts(c, viewers));
        });
    }

    /** All records of a matter, for computing sight; only the one that was written comes with its content. */
    List<RecordRow> ofMatter(UUID matter, UUID written) {
        return many(BY_MATTER, (s, c) -> {
            s.setObject(1, written);
            s.setObject(2, matter);
        });
    }

    /** The record, and those of its matter that other units than its owner keep and that were not erased; the newest, at most so many. */
    List<RecordRow> ofOthers(RecordRow record, int most) {
        return many(OF_OTHERS, (s, c) -> {
            s.setObject(1, record.matter());
            s.setObject(2, record.id());
            s.setString(3, record.ownerUnit());
            s.setObject(4, record.id());
            s.setInt(5, most);
        });
    }

    /** The records of one page, in no particular order. */
    List<RecordRow> byIds(List<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : many(BY_IDS, (s, c) -> s.setArray(1, c.createArrayOf("uuid", ids.toArray())));
    }

    /** Those of them that one of the viewers has in sight, of whatever kind. */
    List<RecordRow> inSight(Set<UUID> ids, List<String> viewers) {
        return many(IN_SIGHT, (s, c) -> {
            s.setArray(1, c.createArrayOf("uuid", ids.toArray()));
            s.setArray(2, texts(c, viewers));
        });
    }

    private Optional<RecordRow> one(String sql, Binder binder) {
        List<RecordRow> rows = many(sql, binder);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    private List<RecordRow> many(String sql, Binder binder) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement, connection);
            try (ResultSet result = statement.executeQuery()) {
                List<RecordRow> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private RecordRow row(ResultSet r) throws SQLException {
        return new RecordRow(
                r.getObject(1, UUID.class),
                r.getString(2),
                r.getObject(3, UUID.class),
                r.getObject(18, UUID.class),
                r.getString(4),
                r.getString(5),
                r.getString(6),
                r.getString(7),
                Origin.valueOf(r.getString(8)),
                r.getString(9),
                r.getString(10),
                json.read(r.getString(11), Label.class),
                List.of((String[]) r.getArray(12).getArray()),
                instant(r, 13),
                Precision.valueOf(r.getString(14)),
                r.getTimestamp(15).toInstant(),
                r.getTimestamp(16).toInstant(),
                r.getInt(17),
                json.attributes(r.getString(19)),
                Set.of((UUID[]) r.getArray(20).getArray()),
                r.getString(21),
                set(r, 22),
                set(r, 23),
                set(r, 26),
                sentUp(r, 27),
                set(r, 28),
                set(r, 32),
                milestones(r, 24, false),
                milestones(r, 24, true),
                grants(r, 25),
                tombstone(r),
                r.getBoolean(31));
    }

    private static RecordRow.@Nullable Tombstone tombstone(ResultSet r) throws SQLException {
        Instant at = instant(r, 29);
        return at == null ? null : new RecordRow.Tombstone(at, r.getString(30));
    }

    private static @Nullable Instant instant(ResultSet r, int column) throws SQLException {
        Timestamp at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static Set<String> set(ResultSet r, int column) throws SQLException {
        return new LinkedHashSet<>(List.of((String[]) r.getArray(column).getArray()));
    }

    private static Set<MilestoneFact> milestones(ResultSet r, int column, boolean own) throws SQLException {
        Set<MilestoneFact> facts = new LinkedHashSet<>();
        for (String stated : (String[]) r.getArray(column).getArray()) {
            String[] part = stated.split(" ", 4);
            if (!own || part[3].equals(r.getString(1))) {
                facts.add(new MilestoneFact(part[0], UUID.fromString(part[1]), UUID.fromString(part[2])));
            }
        }
        return facts;
    }

    private static Set<SentUp> sentUp(ResultSet r, int column) throws SQLException {
        Set<SentUp> facts = new LinkedHashSet<>();
        for (String stated : (String[]) r.getArray(column).getArray()) {
            String[] part = stated.split(" ", 2);
            facts.add(new SentUp(part[0], UUID.fromString(part[1])));
        }
        return facts;
    }

    private static Set<GrantFact> grants(ResultSet r, int column) throws SQLException {
        Set<GrantFact> facts = new LinkedHashSet<>();
        for (String stated : (String[]) r.getArray(column).getArray()) {
            String[] part = stated.strip().split(" ");
            facts.add(new GrantFact(
                    UUID.fromString(part[0]),
                    part[1].startsWith("t"),
                    part[2],
                    View.valueOf(part[3]),
                    Arrays.stream(part).skip(5).map(Caveat::valueOf).collect(Collectors.toSet()),
                    Instant.ofEpochSecond(Long.parseLong(part[4]))));
        }
        return facts;
    }

    static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    @FunctionalInterface
    private interface Binder {
        void bind(PreparedStatement statement, Connection connection) throws SQLException;
    }
}
