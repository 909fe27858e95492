package org.xietong.ledger;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.Prover;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TreeHash;

/**
 * What is stored of witnesses. Uses one of the sequencer's connections at a time, and none while a witness is asked, so that
 * witnesses never keep the log from growing.
 */
@Singleton
class WitnessStore {
    private static final String TURN = """
            UPDATE ledger_witness_turn SET holder = ?, until = clock_timestamp() + interval '30 s'
                WHERE holder = ? OR until < clock_timestamp() OR until > clock_timestamp() + interval '30 s'
            """;
    private static final String KEEP = """
            INSERT INTO ledger_cosignature (size, tree, witness, line) VALUES (?, ?, ?, ?)
                ON CONFLICT (witness, tree, size) DO NOTHING
            """;
    private static final String ALARM = """
            INSERT INTO ledger_witness_alarm (witness, tree, kind, our_size, witness_size) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
            """;
    private static final String LAST =
            "SELECT coalesce(max(size), 0) FROM ledger_cosignature WHERE witness = ? AND tree = ?";
    private static final String WAITING = """
            SELECT (extract(epoch FROM clock_timestamp() - signed_at) * 1000)::bigint FROM ledger_checkpoint
                WHERE size > ? ORDER BY size LIMIT 1
            """;
    /** An alarm ends when the witness has cosigned a larger log than either spoke of. */
    private static final String ALARMED = """
            SELECT count(*) FROM ledger_witness_alarm a WHERE NOT EXISTS (
                SELECT 1 FROM ledger_cosignature c
                    WHERE c.witness = a.witness AND c.tree = a.tree AND c.size > greatest(a.our_size, a.witness_size))
            """;

    private final javax.sql.DataSource store;
    private final ReentrantLock one = new ReentrantLock();

    @Inject
    WitnessStore(@DataSource("sequencer") javax.sql.DataSource store) {
        this.store = store;
    }

    /** What is done with the connection. */
    private interface Work<T> {
        T with(Connection connection) throws SQLException, IOException;
    }

    private <T> T use(Work<T> work) throws SQLException, IOException {
        one.lock();
        try (Connection connection = store.getConnection()) {
            return work.with(connection);
        } finally {
            one.unlock();
        }
    }

    /** Whether it is this replica that submits, for the next half minute. */
    boolean takesTurn(UUID self) throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement update = connection.prepareStatement(TURN)) {
                update.setObject(1, self);
                update.setObject(2, self);
                return update.executeUpdate() == 1;
            }
        });
    }

    Optional<SignedHead> newest() throws SQLException, IOException {
        return use(StoredCheckpoints::newest);
    }

    Optional<SignedHead> at(long size) throws SQLException, IOException {
        return use(connection -> StoredCheckpoints.at(connection, size));
    }

    /** What the witness cosigned last, as far as we know; 0 if nothing. */
    long last(String witness, TreeHash tree) throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(LAST)) {
                select.setString(1, witness);
                select.setString(2, tree.name());
                return number(select);
            }
        });
    }

    /** @param first at most {@code second}, which is the size of a published checkpoint */
    ConsistencyProof proof(TreeHash tree, long first, long second) throws SQLException, IOException {
        return use(connection -> new Prover(tree, new TileNodes(tree, new StoredTiles(connection, tree), second))
                .consistency(first, second));
    }

    /** @param line checked before */
    void keep(long size, TreeHash tree, NoteSignature line) throws SQLException, IOException {
        use(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(KEEP)) {
                insert.setLong(1, size);
                insert.setString(2, tree.name());
                insert.setString(3, line.name());
                insert.setString(4, line.line());
                return insert.executeUpdate();
            }
        });
    }

    /** After what came for this checkpoint was kept: whether the quorum vouches for it now. */
    void cosigned(long size, Witnesses witnesses) throws SQLException, IOException {
        use(connection -> {
            VouchedCheckpoints.cosigned(connection, size, witnesses.known(), witnesses.quorum());
            return size;
        });
    }

    /** @return whether it is new */
    boolean keep(WitnessAlarm alarm) throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(ALARM)) {
                insert.setString(1, alarm.witness());
                insert.setString(2, alarm.tree().name());
                insert.setString(3, alarm.kind().name());
                insert.setLong(4, alarm.ourSize());
                insert.setLong(5, alarm.witnessSize());
                return insert.executeUpdate() == 1;
            }
        });
    }

    /** For how long the first checkpoint beyond this size has been published, in milliseconds; 0 if there is none. */
    long waiting(long size) throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(WAITING)) {
                select.setLong(1, size);
                return number(select);
            }
        });
    }

    /** How many alarms are raised and not ended. */
    long alarms() throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(ALARMED)) {
                return number(select);
            }
        });
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
