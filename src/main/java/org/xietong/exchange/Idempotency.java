package org.xietong.exchange;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.crypto.Digests;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Committed;

/**
 * Idempotency keys, for ever: the same key, method, path and body does nothing and tells what the first committed
 * request did; another request under the key is refused; one in flight is told to wait. Keys belong to a system.
 */
@ApplicationScoped
class Idempotency {
    /** The first answer showed no version, so its repetition shows none (I4). */
    private static final int NOT_SHOWN = 0;

    /**
     * Locks and looks in one. The nonces come first and one by one, so that of racing replays exactly one has all locks and
     * none spoils another. Who commits between our snapshot and our lock is met again by the primary key.
     */
    private static final String TAKE = """
            SELECT CASE
                    WHEN NOT coalesce(pg_try_advisory_xact_lock(hashtextextended(?, 7262)), true) THEN 'REPLAYED'
                    WHEN NOT coalesce(pg_try_advisory_xact_lock(hashtextextended(?, 7262)), true) THEN 'REPLAYED'
                    WHEN NOT pg_try_advisory_xact_lock(hashtextextended(?, 7261)) THEN 'IN_FLIGHT'
                    ELSE 'TAKEN' END,
                i.salt, i.fingerprint, i.status, i.kind, i.record_id, i.version, i.exchange_id
            FROM (VALUES (1)) AS one LEFT JOIN idempotency i ON i.system = ? AND i.key = ?
            """;

    private static final String REMEMBER =
            "INSERT INTO idempotency (system, key, salt, fingerprint, status, kind, record_id, version, exchange_id, at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String ERASED =
            "SELECT EXISTS (SELECT FROM idempotency WHERE system = ? AND key = ANY (?) AND fingerprint = '')";

    private final DataSource database;
    private final SecureRandom random = new SecureRandom();

    Idempotency(DataSource database) {
        this.database = database;
    }

    /** What the first committed request under a key did. */
    record Remembered(int status, String kind, UUID record, int version, UUID exchange) {
        Optional<Integer> shownVersion() {
            return version == NOT_SHOWN ? Optional.empty() : Optional.of(version);
        }
    }

    /**
     * Takes the key for this transaction; the first outcome, where there is one. A request whose nonce another one is
     * just using is a replay of that one: it must not be told to wait, since journaling that would take the nonce away
     * from the request under way.
     */
    Optional<Remembered> begin(Exchange exchange) throws SQLException {
        Optional<String> key = key(exchange);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        String system = exchange.caller().system();
        List<String> nonces = exchange.nonces().stream()
                .map(nonce -> nonce.keyId() + '\n' + nonce.nonce())
                .toList();
        try (Connection connection = database.getConnection();
                PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setString(1, nonces.isEmpty() ? null : nonces.getFirst());
            take.setString(2, nonces.size() > 1 ? nonces.getLast() : null);
            take.setString(3, system + '\n' + key.get());
            take.setString(4, system);
            take.setString(5, key.get());
            try (ResultSet row = take.executeQuery()) {
                row.next();
                return switch (row.getString(1)) {
                    case "REPLAYED" -> throw new ProblemException(ProblemType.REPLAYED);
                    case "IN_FLIGHT" -> throw new ProblemException(ProblemType.IDEMPOTENCY_IN_FLIGHT);
                    default -> row.getBytes(2) == null ? Optional.empty() : Optional.of(remembered(row, exchange));
                };
            }
        }
    }

    /** Whether what was once sent under one of the system's keys is erased. */
    boolean anyErased(String system, Collection<String> keys) {
        try (Connection connection = database.getConnection();
                PreparedStatement erased = connection.prepareStatement(ERASED)) {
            erased.setString(1, system);
            erased.setArray(2, connection.createArrayOf("text", keys.toArray()));
            try (ResultSet row = erased.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }

    void remember(Connection connection, Exchange exchange, Committed written) throws SQLException {
        Optional<String> key = key(exchange);
        if (key.isEmpty()) {
            return;
        }
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        try (PreparedStatement insert = connection.prepareStatement(REMEMBER)) {
            insert.setString(1, exchange.caller().system());
            insert.setString(2, key.get());
            insert.setBytes(3, salt);
            insert.setBytes(4, fingerprint(salt, exchange));
            insert.setInt(5, exchange.status());
            insert.setString(6, written.kind());
            insert.setObject(7, written.id());
            insert.setInt(8, Optional.ofNullable(written.version()).orElse(NOT_SHOWN));
            insert.setObject(9, exchange.id());
            insert.setTimestamp(10, Timestamp.from(exchange.time()));
            insert.executeUpdate();
        }
    }

    private static Optional<String> key(Exchange exchange) {
        return exchange.idempotencyKey();
    }

    /** Of what was erased nothing is left to compare a request with: it is told so, and nothing is done. */
    private static Remembered remembered(ResultSet row, Exchange exchange) throws SQLException {
        if (row.getBytes(3).length == 0) {
            throw new ProblemException(ProblemType.ERASED);
        }
        if (!MessageDigest.isEqual(row.getBytes(3), fingerprint(row.getBytes(2), exchange))) {
            throw new ProblemException(ProblemType.IDEMPOTENCY_KEY_REUSED);
        }
        return new Remembered(
                row.getInt(4),
                row.getString(5),
                row.getObject(6, UUID.class),
                row.getInt(7),
                row.getObject(8, UUID.class));
    }

    private static byte[] fingerprint(byte[] salt, Exchange exchange) {
        String head = exchange.request().method()
                + '\n'
                + exchange.request().path()
                + '\n'
                + exchange.request().query()
                + '\n';
        return Digests.sha256(salt, head.getBytes(StandardCharsets.UTF_8), exchange.fingerprintOfBody());
    }
}
