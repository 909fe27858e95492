package org.xietong.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.record.StoreException;

/** The table {@code reported_reading}, which is only added to, and what the journal says was delivered. */
@ApplicationScoped
class ReadingRows {
    private static final String DELIVERED = """
            SELECT x.id, x.time, t.subject FROM exchange_index x JOIN exchange_touched t ON t.entry_id = x.id
            WHERE x.id = ANY (?) AND x.system = ? AND cardinality(t.parts) > 0
            """;
    private static final String ADD =
            "INSERT INTO reported_reading (report_id, entry_id, subject, officer, at, reported_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private final DataSource database;

    ReadingRows(DataSource database) {
        this.database = database;
    }

    /** An exchange of the system, and the records that it disclosed. */
    record Delivered(Instant time, Set<UUID> records) {}

    /** One officer and one record. */
    record Row(UUID exchange, UUID record, String officer, Instant at) {}

    /** Of these exchanges those that disclosed anything to the system. */
    Map<UUID, Delivered> delivered(String system, Collection<UUID> exchanges) {
        try (Connection connection = database.getConnection();
                PreparedStatement find = connection.prepareStatement(DELIVERED)) {
            find.setArray(1, connection.createArrayOf("uuid", exchanges.toArray()));
            find.setString(2, system);
            Map<UUID, Delivered> delivered = new HashMap<>();
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    Instant time = row.getTimestamp(2).toInstant();
                    delivered
                            .computeIfAbsent(row.getObject(1, UUID.class), id -> new Delivered(time, new HashSet<>()))
                            .records()
                            .add(row.getObject(3, UUID.class));
                }
            }
            return delivered;
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    void add(UUID report, Instant reportedAt, List<Row> rows) {
        try (Connection connection = database.getConnection();
                PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Row row : rows) {
                add.setObject(1, report);
                add.setObject(2, row.exchange());
                add.setObject(3, row.record());
                add.setString(4, row.officer());
                add.setTimestamp(5, Timestamp.from(row.at()));
                add.setTimestamp(6, Timestamp.from(reportedAt));
                add.addBatch();
            }
            add.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
