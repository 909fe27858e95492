package org.xietong.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.xietong.crypto.Jcs;

/**
 * An operator's decision that the log goes on from an older database. It stands in a table that is only added to, and as an entry of
 * the platform in the log itself, so that auditors and witnesses meet the break and its reason. It is about exactly the checkpoints
 * that it names: what comes to light later is decided anew.
 *
 * @param entry in the log; empty where nothing was given up
 * @param givenUp published checkpoints that the database does not hold, the largest first
 * @param open those that are lost too and were not decided about
 */
public record RestoreDecision(Optional<UUID> entry, List<KnownCheckpoint> givenUp, List<KnownCheckpoint> open) {
    static final String OPERATION = "LEDGER_ACCEPT_RESTORE";
    private static final String RECORD = """
            INSERT INTO ledger_restore (id, at, operator, reason, lost_size, lost_root, size)
                VALUES (?, ?, ?, ?, ?, ?, ?)
            """;

    /**
     * Records, in the caller's transaction, that what is missing is given up: of the checkpoints in files, and of those that witnesses
     * have shown to the service.
     *
     * @param connection with the owner's rights
     * @param size if given, only checkpoints of this size are given up
     * @throws IOException with a message for the operator, if a file is of no use
     */
    public static RestoreDecision accept(
            Connection connection,
            KnownCheckpoints known,
            LogIdentity identity,
            OptionalLong size,
            String operator,
            String reason)
            throws SQLException, IOException {
        List<KnownCheckpoint> lost = lost(connection, known.read(connection, identity));
        List<KnownCheckpoint> givenUp = lost.stream()
                .filter(one -> size.isEmpty() || one.size() == size.getAsLong())
                .toList();
        List<KnownCheckpoint> open =
                lost.stream().filter(one -> !givenUp.contains(one)).toList();
        if (givenUp.isEmpty()) {
            return new RestoreDecision(Optional.empty(), givenUp, open);
        }
        UUID id = ExchangeIds.next();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long now = RestoreCheck.size(connection);
        for (KnownCheckpoint one : givenUp) {
            record(connection, at, operator, reason, one, now);
        }
        ExchangeRecord record = PlatformEntry.of(
                id,
                at,
                OPERATION,
                OPERATION,
                List.of(
                        PartContent.of(PartContent.REQUEST, request(operator, reason, givenUp, now)),
                        PartContent.of(PartContent.DECISION, decision())));
        JournalStatement.write(connection, List.of(PreparedRecord.of(record)));
        return new RestoreDecision(Optional.of(id), givenUp, open);
    }

    /** Each once, wherever it is known from; the largest first. */
    private static List<KnownCheckpoint> lost(Connection connection, List<KnownCheckpoint> kept) throws SQLException {
        List<KnownCheckpoint> all = new ArrayList<>(kept);
        all.addAll(LostCheckpoints.undecided(connection));
        Map<Object, KnownCheckpoint> lost = new LinkedHashMap<>();
        for (KnownCheckpoint one : all) {
            if (RestoreCheck.isLost(connection, one)) {
                lost.putIfAbsent(one.checkpoint(), one);
            }
        }
        return lost.values().stream()
                .sorted(Comparator.comparingLong(KnownCheckpoint::size)
                        .reversed()
                        .thenComparing(KnownCheckpoint::tree))
                .toList();
    }

    private static void record(
            Connection connection, Instant at, String operator, String reason, KnownCheckpoint lost, long size)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setTimestamp(2, Timestamp.from(at));
            insert.setString(3, operator);
            insert.setString(4, reason);
            insert.setLong(5, lost.size());
            insert.setBytes(6, lost.checkpoint().root());
            insert.setLong(7, size);
            insert.executeUpdate();
        }
    }

    private static byte[] request(String operator, String reason, List<KnownCheckpoint> givenUp, long size) {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("operation", OPERATION);
        told.put("operator", operator);
        told.put("reason", reason);
        told.put("size", size);
        told.put("lostSize", givenUp.getFirst().size());
        told.put("lostRoot", hex(givenUp.getFirst()));
        ArrayNode lost = told.putArray("lost");
        for (KnownCheckpoint one : givenUp) {
            lost.addObject()
                    .put("tree", one.tree().name())
                    .put("size", one.size())
                    .put("root", hex(one));
        }
        return Jcs.canonical(told);
    }

    private static String hex(KnownCheckpoint lost) {
        return HexFormat.of().formatHex(lost.checkpoint().root());
    }

    private static byte[] decision() {
        ObjectNode decision = JsonNodeFactory.instance.objectNode();
        decision.put("outcome", Outcome.PERMIT.name());
        decision.put("rule", OPERATION);
        return Jcs.canonical(decision);
    }
}
