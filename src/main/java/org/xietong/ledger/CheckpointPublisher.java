package org.xietong.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TreeHash;

/**
 * Signs the head that is on disk, and stores the two notes. Storing is publishing: readers
 * see what is stored, and nothing else. Whoever dies before storing has told nobody; the next signs the same head, or a
 * later one, of the same trees, so that no fork can arise.
 */
final class CheckpointPublisher {
    private static final String UNSIGNED = """
            SELECT epoch, size, sha256, sm3 FROM ledger_head
                WHERE holder = ? AND size > coalesce((SELECT max(size) FROM ledger_checkpoint), -1)
            """;
    private static final String STORE = """
            INSERT INTO ledger_checkpoint (size, sha256, sm3, signed_at) VALUES (?, ?, ?, clock_timestamp())
                ON CONFLICT (size) DO NOTHING
            """;

    private final DataSource store;
    private final LogSigners signers;
    private final UUID holder;
    private boolean originIsKnown;

    /**
     * @param store with the rights of {@code xietong_sequencer}
     * @param holder who leads, if this replica does
     */
    CheckpointPublisher(DataSource store, LogSigners signers, UUID holder) {
        this.store = store;
        this.signers = signers;
        this.holder = holder;
    }

    /**
     * Publishes the head, where this replica leads and it is not published yet.
     *
     * @return its size, if it was
     * @throws CorruptLedgerException if the log had another origin before
     */
    Optional<Long> publish() throws SQLException {
        try (Connection connection = store.getConnection()) {
            Optional<LedgerHead> head = unsigned(connection);
            if (head.isEmpty()) {
                return Optional.empty();
            }
            requireOrigin(connection);
            SignedHead signed = signers.sign(head.get());
            store(connection, signed);
            return Optional.of(signed.size());
        }
    }

    private Optional<LedgerHead> unsigned(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(UNSIGNED)) {
            select.setObject(1, holder);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new LedgerHead(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)))
                        : Optional.empty();
            }
        }
    }

    private static void store(Connection connection, SignedHead signed) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(STORE)) {
            insert.setLong(1, signed.size());
            insert.setString(2, signed.sha256());
            insert.setString(3, signed.sm3());
            insert.executeUpdate();
        }
    }

    /** One log has one origin: under another name it would be another log, and its first checkpoint not its beginning. */
    private void requireOrigin(Connection connection) throws SQLException {
        if (originIsKnown) {
            return;
        }
        Optional<SignedHead> newest = StoredCheckpoints.newest(connection);
        try {
            if (newest.isPresent()
                    && !SignedCheckpoint.parse(newest.get().sha256().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .checkpoint()
                            .origin()
                            .equals(signers.origin(TreeHash.SHA_256))) {
                throw new CorruptLedgerException("the log has another origin than xietong.log.origin", null);
            }
        } catch (MalformedEvidenceException e) {
            throw new CorruptLedgerException("a stored checkpoint cannot be read", e);
        }
        originIsKnown = true;
    }
}
