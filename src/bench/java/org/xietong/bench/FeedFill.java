package org.xietong.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A backlog as a week of work leaves it: copies of one clue that went through the service, each in a matter of its own, in sight of whoever
 * sees that one, and told of to each in the order of the feed; every tenth was changed since it appeared.
 */
final class FeedFill {
    private static final String MADE = """
            CREATE TABLE xietong.bench_made AS
                SELECT i, gen_random_uuid() AS id, gen_random_uuid() AS matter, i %% 10 = 0 AS changed FROM generate_series(1, %d) AS i
            """;
    private static final String MATTERS = "INSERT INTO xietong.matter (id, opened_by, opened_at)"
            + " SELECT made.matter, m.opened_by, m.opened_at FROM xietong.bench_made made, xietong.matter m, xietong.record r"
            + " WHERE r.id = ? AND m.id = r.matter_id";
    private static final String MEMBERS = copy(
            "matter_member",
            "t.matter_id = (SELECT matter_id FROM xietong.record WHERE id = ?)",
            "'id', gen_random_uuid(), 'matter_id', made.matter, 'joined_through', made.id");
    private static final String RECORDS =
            copy("record", "t.id = ?", "'id', made.id, 'matter_id', made.matter, 'source_ref', NULL");
    private static final String SIGHT = copy("record_sight", "t.id = ?", "'id', made.id, 'matter_id', made.matter");
    private static final String FEED = """
            INSERT INTO xietong.sight_change (viewer, record_id, slot, kind, gone, position, since)
            SELECT s.viewer, made.id, slot, s.kind, false,
                (SELECT head FROM xietong.change_sequencer) + row_number() OVER (ORDER BY made.i, slot DESC, s.viewer), NULL
            FROM xietong.bench_made made, xietong.record_sight s, (VALUES ('SIGHT', false), ('CONTENT', true)) AS each (slot, later)
            WHERE s.id = ? AND (NOT later OR made.changed)
            """;

    private FeedFill() {}

    /** @param events how many the supervisor is told, the copied record's own one not counted */
    static void fill(DataSource owner, UUID template, int events) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(MADE.formatted(events * 10L / 11));
            for (String sql : new String[] {MATTERS, RECORDS, MEMBERS, SIGHT, FEED}) {
                try (PreparedStatement copies = connection.prepareStatement(sql)) {
                    copies.setObject(1, template);
                    copies.executeUpdate();
                }
            }
            statement.execute("UPDATE xietong.change_sequencer SET head = (SELECT max(position) FROM xietong.sight_change)");
            statement.execute("DROP TABLE xietong.bench_made");
            connection.commit();
            connection.setAutoCommit(true);
            for (String table : new String[] {"matter", "matter_member", "record", "record_sight", "sight_change"}) {
                statement.execute("VACUUM (ANALYZE) xietong." + table);
            }
        }
    }

    private static String copy(String table, String which, String other) {
        return "INSERT INTO xietong." + table + " SELECT c.* FROM xietong.bench_made made, xietong." + table
                + " t, LATERAL jsonb_populate_record(t, jsonb_build_object(" + other + ")) AS c WHERE " + which;
    }
}
