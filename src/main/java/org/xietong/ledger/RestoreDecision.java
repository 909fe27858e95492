package org.xietong.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.xietong.evidence.Checkpoint;

/**
 * An operator's decision that the log goes on from an older database. It stands in a table that is only added to, and as an entry of
 * the platform in the log itself, so that auditors and witnesses meet the break and its reason.
 */
public final class RestoreDecision {
    /** Who speaks in the entry: no agency is called so. */
    public static final String PLATFORM = "PLATFORM";

    static final String OPERATION = "LEDGER_ACCEPT_RESTORE";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = """
            INSERT INTO ledger_restore (id, at, operator, reason, lost_size, lost_root, size)
                VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    private RestoreDecision() {}

    /**
     * Records, in the caller's transaction, that what is missing is given up.
     *
     * @param connection with the owner's rights
     * @return the entry's id; empty where the database holds every checkpoint, or that was decided before
     */
    public static Optional<UUID> accept(Connection connection, List<Checkpoint> known, String operator, String reason)
            throws SQLException {
        UUID id = ExchangeIds.next();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long size = RestoreCheck.size(connection);
        long lost = -1;
        String lostRoot = "";
        for (Checkpoint checkpoint : known) {
            if (RestoreCheck.holds(connection, checkpoint) || RestoreCheck.isAccepted(connection, checkpoint)) {
                continue;
            }
            if (checkpoint.size() > lost) {
                lost = checkpoint.size();
                lostRoot = HexFormat.of().formatHex(checkpoint.root());
            }
            try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
                insert.setObject(1, UUID.randomUUID());
                insert.setTimestamp(2, Timestamp.from(at));
                insert.setString(3, operator);
                insert.setString(4, reason);
                insert.setLong(5, checkpoint.size());
                insert.setBytes(6, checkpoint.root());
                insert.setLong(7, size);
                insert.executeUpdate();
            }
        }
        if (lost < 0) {
            return Optional.empty();
        }
        Map<String, Object> told = new TreeMap<>(Map.of(
                "operation", OPERATION,
                "operator", operator,
                "reason", reason,
                "lostSize", lost,
                "lostRoot", lostRoot,
                "size", size));
        Map<String, Object> decision = new TreeMap<>(Map.of("outcome", Outcome.PERMIT.name(), "rule", OPERATION));
        ExchangeRecord record = new ExchangeRecord(
                id,
                at,
                PLATFORM,
                List.of(
                        PartContent.of(PartContent.REQUEST, json(told)),
                        PartContent.of(PartContent.DECISION, json(decision))),
                new ExchangeIndex(
                        PLATFORM, PLATFORM, null, OPERATION, null, Outcome.PERMIT, OPERATION, 200, null, List.of()),
                List.of());
        JournalStatement.write(connection, List.of(PreparedRecord.of(record)));
        return Optional.of(id);
    }

    /** Keys in order, no white space, and no number but small whole ones: as RFC 8785 writes it. */
    private static byte[] json(Map<String, Object> value) {
        try {
            return JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry cannot be written");
        }
    }
}
