package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/** Keys of witnesses, present and former, as they lie in the store. */
final class WitnessKeyRows {
    /** One row a key: whatever came later, a withdrawal is for good. */
    private static final String NEWEST = """
            SELECT DISTINCT ON (vkey) vkey, event, date_trunc('second', at) AS at FROM ledger_witness_key
                ORDER BY vkey, event = 'WITHDRAWN' DESC, number DESC
            """;

    private static final String ADD = "INSERT INTO ledger_witness_key (vkey, event) VALUES (?, ?)";

    private WitnessKeyRows() {}

    /** All that are known, by name. */
    static List<WitnessKey> all(Connection connection) throws SQLException {
        List<WitnessKey> keys = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(NEWEST);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                VerifierKey key = VerifierKey.parse(row.getString(1));
                Instant at = row.getTimestamp(3).toInstant();
                keys.add(
                        switch (row.getString(2)) {
                            case "WITHDRAWN" -> WitnessKey.withdrawn(key);
                            case "RETIRED" -> WitnessKey.former(key, at);
                            default -> WitnessKey.of(key);
                        });
            }
        } catch (MalformedEvidenceException e) {
            throw new CorruptLedgerException("a stored key of a witness cannot be read", e);
        }
        return keys;
    }

    /**
     * Keeps in mind what the configuration lists, withdraws, and lists no more.
     *
     * @param retire whether what is not listed is a former key from now on; only after a change, since another replica may list it
     * @return all that are known then
     */
    static List<WitnessKey> record(Connection connection, List<KnownWitness> listed, boolean retire)
            throws SQLException {
        Map<VerifierKey, WitnessKey> known = new LinkedHashMap<>();
        all(connection).forEach(key -> known.put(key.key(), key));
        Set<VerifierKey> used =
                listed.stream().flatMap(one -> one.keys().stream()).collect(Collectors.toSet());
        Set<VerifierKey> withdrawn =
                listed.stream().flatMap(one -> one.withdrawn().stream()).collect(Collectors.toSet());
        Map<VerifierKey, String> events = new LinkedHashMap<>();
        for (VerifierKey key : used) {
            WitnessKey before = known.get(key);
            if (before == null || before.until().isPresent()) {
                events.put(key, "LISTED");
            }
        }
        known.values().stream()
                .filter(key -> retire && !key.withdrawn() && key.until().isEmpty() && !used.contains(key.key()))
                .forEach(key -> events.put(key.key(), "RETIRED"));
        withdrawn.stream()
                .filter(key -> !known.containsKey(key) || !known.get(key).withdrawn())
                .forEach(key -> events.put(key, "WITHDRAWN"));
        if (events.isEmpty()) {
            return List.copyOf(known.values());
        }
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            for (Map.Entry<VerifierKey, String> event : events.entrySet()) {
                add.setString(1, event.getKey().toString());
                add.setString(2, event.getValue());
                add.addBatch();
            }
            add.executeBatch();
        }
        return all(connection);
    }
}
