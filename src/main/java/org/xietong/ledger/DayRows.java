package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows that days are counted by; what is PostgreSQL's own stands here. */
final class DayRows {
    /** Leaves that are read at once. */
    private static final int SOME = 5_000;

    private static final String LAST = "SELECT day, until_position FROM ledger_day ORDER BY day DESC LIMIT 1";
    private static final String FIRST =
            "SELECT e.time FROM ledger_leaf l JOIN journal_entry e ON e.id = l.entry_id WHERE l.position = 0";

    /** The sequencer takes the oldest first: if the last entry of a time has its place, so have those before it. */
    private static final String WAITS = """
            SELECT NOT EXISTS (SELECT FROM ledger_leaf l WHERE l.entry_id = e.id)
            FROM (SELECT id FROM journal_entry WHERE id < ? ORDER BY id DESC LIMIT 1) e
            """;

    private static final String LEAVES = """
            SELECT e.agency, e.time FROM ledger_leaf l
            CROSS JOIN LATERAL (SELECT agency, time FROM journal_entry WHERE id = l.entry_id OFFSET 0) e
            WHERE l.position >= ? AND l.position < ? ORDER BY l.position
            """;
    private static final String ADD = """
            INSERT INTO ledger_day (day, entry_id, from_position, until_position) VALUES (?, ?, ?, ?) ON CONFLICT (day) DO NOTHING
            """;

    private final Connection connection;

    DayRows(Connection connection) {
        this.connection = connection;
    }

    /** Where the count of a day begins. */
    record Stretch(LocalDate day, long from) {}

    /** What of a leaf is counted. */
    record Leaf(String agency, Instant time) {}

    /** The first day that is not stated: the day after the last one that is, or the day of the log's first entry. */
    Optional<Stretch> uncounted() throws SQLException {
        try (PreparedStatement last = connection.prepareStatement(LAST);
                ResultSet row = last.executeQuery()) {
            if (row.next()) {
                return Optional.of(new Stretch(row.getObject(1, LocalDate.class).plusDays(1), row.getLong(2)));
            }
        }
        try (PreparedStatement first = connection.prepareStatement(FIRST);
                ResultSet row = first.executeQuery()) {
            return row.next()
                    ? Optional.of(new Stretch(
                            row.getObject(1, OffsetDateTime.class)
                                    .atZoneSameInstant(DayCount.ZONE)
                                    .toLocalDate(),
                            0))
                    : Optional.empty();
        }
    }

    /** Whether an entry from before that time has no place yet. */
    boolean waitsBefore(Instant time) throws SQLException {
        try (PreparedStatement waits = connection.prepareStatement(WAITS)) {
            waits.setObject(1, ExchangeIds.first(time));
            try (ResultSet row = waits.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Leaves from a place on, in their order; none at the end of the log. */
    List<Leaf> leaves(long from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LEAVES)) {
            select.setLong(1, from);
            select.setLong(2, from + SOME);
            try (ResultSet row = select.executeQuery()) {
                List<Leaf> leaves = new ArrayList<>();
                while (row.next()) {
                    leaves.add(new Leaf(
                            row.getString(1),
                            row.getObject(2, OffsetDateTime.class).toInstant()));
                }
                return leaves;
            }
        }
    }

    /** False where the day is stated already; waits for whoever is just stating it. */
    boolean add(DayCount day, UUID entry) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setObject(1, day.day());
            insert.setObject(2, entry);
            insert.setLong(3, day.from());
            insert.setLong(4, day.until());
            return insert.executeUpdate() == 1;
        }
    }
}
