package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads the journal with the rights of one role. */
final class ExchangeReader {
    private static final String OPEN = """
            SELECT e.id, e.bytes, p.name, p.idx, p.salt, p.bytes
            FROM journal_entry e LEFT JOIN journal_part p ON p.entry_id = e.id
            WHERE e.id = ANY (?) ORDER BY e.id, p.name, p.idx
            """;
    private static final String TOUCHED = """
            SELECT entry_id, subject, thread, owner_unit, changed FROM exchange_touched
            WHERE entry_id = ANY (?) ORDER BY entry_id, subject, changed
            """;

    private static final String FIRST_READINGS = """
            SELECT h.subject, h.unit, f.entry_id, f.time FROM unnest(?::uuid[], ?::text[], ?::timestamptz[]) AS h (subject, unit, since)
            CROSS JOIN LATERAL (SELECT t.entry_id, t.time FROM exchange_touched t JOIN exchange_index x ON x.id = t.entry_id
                WHERE t.subject = h.subject AND t.time >= h.since AND NOT t.changed AND x.unit = h.unit AND x.outcome = 'PERMIT'
                    AND x.operation IN ('RECORD_READ', 'RECORD_LIST', 'RECORD_HISTORY', 'RECORD_ACT', 'ATTACHMENT_LIST', 'ATTACHMENT_READ',
                        'ATTACHMENT_DOWNLOAD')
                ORDER BY t.time, t.entry_id LIMIT 1) f
            """;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DataSource store;

    ExchangeReader(DataSource store) {
        this.store = store;
    }

    ExchangePage page(ExchangeScope scope, ExchangeFilter filter, Optional<ExchangeCursor> after, int limit)
            throws SQLException {
        ExchangeSql sql = ExchangeSql.page(scope, filter, after, limit + 1);
        List<ExchangeRow> rows = new ArrayList<>();
        try (Connection connection = store.getConnection();
                BoundedTransaction transaction = new BoundedTransaction(connection, LIMIT)) {
            planForTheseValues(connection);
            try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                for (int i = 0; i < sql.values().size(); i++) {
                    statement.setObject(i + 1, sql.values().get(i));
                }
                try (ResultSet found = statement.executeQuery()) {
                    while (found.next()) {
                        rows.add(row(found));
                    }
                }
            }
        }
        return ExchangePage.of(rows, limit);
    }

    Optional<OpenedExchange> open(UUID id) throws SQLException {
        return open(List.of(id)).stream().findFirst();
    }

    /** Those that are there, in the order of their ids. */
    List<OpenedExchange> open(Collection<UUID> ids) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(OPEN)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            List<OpenedExchange> opened = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                boolean more = found.next();
                while (more) {
                    UUID id = found.getObject(1, UUID.class);
                    byte[] entry = found.getBytes(2);
                    List<SealedPart> parts = new ArrayList<>();
                    do {
                        if (found.getString(3) != null) {
                            parts.add(new SealedPart(
                                    found.getString(3), found.getInt(4), found.getBytes(5), found.getBytes(6)));
                        }
                        more = found.next();
                    } while (more && found.getObject(1, UUID.class).equals(id));
                    opened.add(new OpenedExchange(id, entry, parts));
                }
            }
            return opened;
        }
    }

    Optional<ExchangeRow> find(UUID id) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(ExchangeSql.ONE)) {
            statement.setObject(1, id);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(row(found)) : Optional.empty();
            }
        }
    }

    List<Touched> touched(UUID id) throws SQLException {
        return touched(List.of(id)).getOrDefault(id, List.of());
    }

    /** None for who never read it. That a list of changes, deadlines or deliveries mentions a record is no reading. */
    List<FirstReading> firstReadings(Collection<Delivered> handed) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(FIRST_READINGS)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", handed.stream().map(Delivered::subject).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", handed.stream().map(Delivered::unit).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "timestamptz",
                            handed.stream()
                                    .map(each -> Timestamp.from(each.since()))
                                    .toArray()));
            List<FirstReading> first = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    first.add(new FirstReading(
                            found.getObject(1, UUID.class),
                            found.getString(2),
                            found.getObject(3, UUID.class),
                            found.getTimestamp(4).toInstant()));
                }
            }
            return first;
        }
    }

    /** By exchange; none for one that touched nothing. */
    Map<UUID, List<Touched>> touched(Collection<UUID> ids) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(TOUCHED)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            Map<UUID, List<Touched>> touched = new HashMap<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    touched.computeIfAbsent(found.getObject(1, UUID.class), id -> new ArrayList<>())
                            .add(new Touched(
                                    found.getObject(2, UUID.class),
                                    found.getObject(3, UUID.class),
                                    found.getString(4),
                                    found.getBoolean(5)));
                }
            }
            return touched;
        }
    }

    /**
     * Until the transaction ends. A plan made once for all values takes the wrong index for a rare one; and the application's
     * connections ask for such plans, for the journal's statement (application.properties).
     */
    static void planForTheseValues(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL plan_cache_mode = force_custom_plan");
        }
    }

    private static ExchangeRow row(ResultSet found) throws SQLException {
        return new ExchangeRow(
                found.getObject(1, UUID.class),
                found.getObject(2, OffsetDateTime.class).toInstant(),
                found.getString(3),
                found.getString(4),
                found.getString(5),
                found.getString(6),
                found.getString(7),
                found.getString(8),
                Outcome.valueOf(found.getString(9)),
                found.getString(10),
                found.getInt(11),
                found.getObject(12, Long.class));
    }
}
