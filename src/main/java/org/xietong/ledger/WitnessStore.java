package org.xietong.ledger;

import io.quarkus.agroal.DataSource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.xietong.evidence.ConsistencyProof;
import org.xietong.evidence.NoteSignature;
import org.xietong.evidence.Prover;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

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
                ON CONFLICT (witness, tree, size, key_id) DO NOTHING
            """;
    private static final String ALARM = """
            INSERT INTO ledger_witness_alarm AS a
                (witness, tree, kind, first_our_size, first_witness_size, our_size, witness_size) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (witness, tree, kind) WHERE ended_at IS NULL DO UPDATE SET
                    our_size = EXCLUDED.our_size, witness_size = EXCLUDED.witness_size, times = a.times + 1,
                    last_seen = greatest(a.last_seen, clock_timestamp())
                RETURNING times
            """;
    private static final String LAST =
            "SELECT coalesce(max(size), 0) FROM ledger_cosignature WHERE witness = ? AND tree = ? AND key_id = ANY (?)";
    private static final String WAITING = """
            SELECT (extract(epoch FROM clock_timestamp() - signed_at) * 1000)::bigint FROM ledger_checkpoint
                WHERE size > ? ORDER BY size LIMIT 1
            """;
    /** An alarm ends when the witness has since cosigned at least what we had when it last spoke. */
    private static final String END = """
            UPDATE ledger_witness_alarm a SET ended_at = clock_timestamp() WHERE ended_at IS NULL AND EXISTS (
                SELECT 1 FROM ledger_cosignature c WHERE c.witness = a.witness AND c.tree = a.tree
                    AND c.size >= a.our_size AND c.at > a.last_seen)
            """;

    private static final String OPEN = "SELECT count(*) FROM ledger_witness_alarm WHERE ended_at IS NULL";

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

    /** As {@link WitnessKeyRows#record}. */
    List<WitnessKey> record(List<KnownWitness> listed, boolean retire) throws SQLException, IOException {
        return use(connection -> WitnessKeyRows.record(connection, listed, retire));
    }

    /** The published checkpoints of a size, without cosignatures. */
    Optional<SignedHead> at(long size) throws SQLException, IOException {
        return use(connection -> StoredCheckpoints.at(connection, size));
    }

    Optional<SignedHead> newest() throws SQLException, IOException {
        return use(StoredCheckpoints::newest);
    }

    /** What the witness cosigned last under one of these keys, as far as we know; 0 if nothing. */
    long last(String witness, TreeHash tree, List<VerifierKey> keys) throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(LAST)) {
                select.setString(1, witness);
                select.setString(2, tree.name());
                select.setArray(
                        3,
                        connection.createArrayOf(
                                "text",
                                keys.stream()
                                        .map(key -> HexFormat.of().toHexDigits(key.keyId()))
                                        .toArray()));
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
            VouchedCheckpoints.cosigned(connection, size, witnesses);
            return size;
        });
    }

    /** Notes what a crash between a cosignature or a time and its note may have left out. */
    void noteAgain(Witnesses witnesses) throws SQLException, IOException {
        for (long size : use(VouchedCheckpoints::unnoted)) {
            cosigned(size, witnesses);
        }
    }

    /** @return whether it is new; what is said again of an alarm that has not ended is counted */
    boolean keep(WitnessAlarm alarm) throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(ALARM)) {
                insert.setString(1, alarm.witness());
                insert.setString(2, alarm.tree().name());
                insert.setString(3, alarm.kind().name());
                insert.setLong(4, alarm.ourSize());
                insert.setLong(5, alarm.witnessSize());
                insert.setLong(6, alarm.ourSize());
                insert.setLong(7, alarm.witnessSize());
                return number(insert) == 1;
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

    /** Ends the alarms that are over; how many are open. */
    long alarms() throws SQLException, IOException {
        return use(connection -> {
            try (PreparedStatement end = connection.prepareStatement(END);
                    PreparedStatement open = connection.prepareStatement(OPEN)) {
                end.executeUpdate();
                return number(open);
            }
        });
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
