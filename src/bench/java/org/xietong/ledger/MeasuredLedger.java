package org.xietong.ledger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.Prover;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TreeHash;

/** The ledger's own classes as the service calls them, for a measurement that lies in another room. */
public final class MeasuredLedger {
    private static final String LEAF =
            "SELECT e.bytes FROM ledger_leaf l JOIN journal_entry e ON e.id = l.entry_id WHERE l.position = ?";

    private final DataSource app;
    private final DataSource sequencing;
    private final int batch;
    private final Sequencer sequencer;
    private final CheckpointPublisher publisher;

    /**
     * @param app pooled connections of the application's role
     * @param sequencing pooled connections of the sequencer's role
     * @param batch entries of one transaction
     */
    public MeasuredLedger(DataSource app, DataSource sequencing, int batch) {
        this.app = app;
        this.sequencing = sequencing;
        this.batch = batch;
        this.sequencer = new Sequencer(sequencing, batch);
        this.publisher = new CheckpointPublisher(
                sequencing, new LogSigners(new Names(), keys()), sequencer.self());
    }

    /** A proof with what it is checked against. */
    public record Proof(InclusionProof proof, byte[] entry, byte[] root) {
        public boolean holds(TreeHash tree) {
            return proof.holds(tree, tree.leaf(entry), root);
        }
    }

    /** The journal with its defaults. */
    public Journal journal() {
        return new Journal(app, new Defaults(), new SimpleMeterRegistry());
    }

    /** Lets so many batches wait, a commit each. */
    public void prepare(int batches) throws SQLException {
        for (int i = 0; i < batches; i++) {
            List<PreparedRecord> records = new ArrayList<>(batch);
            for (int j = 0; j < batch; j++) {
                records.add(PreparedRecord.of(exchange()));
            }
            try (Connection connection = app.getConnection()) {
                connection.setAutoCommit(false);
                JournalStatement.write(connection, records);
                connection.commit();
            }
        }
    }

    /** One transaction of the sequencer; how many entries got their places. */
    public int sequence() throws SQLException {
        return sequencer.sequence();
    }

    /** Signs the head in both trees, with both keys, and stores it. */
    public void publish() throws SQLException, IOException {
        if (publisher.publish().isEmpty()) {
            throw new IllegalStateException("there was nothing to publish");
        }
    }

    /** The bytes of an entry, as long as those that are measured. */
    public static byte[] entry() {
        return PreparedRecord.of(exchange()).entry().bytes();
    }

    /** An exchange as a read of one record makes it: five parts, two nonces. */
    public static ExchangeRecord exchange() {
        Touched touched = new Touched(UUID.randomUUID(), UUID.randomUUID(), "POLICE-421200", false);
        ExchangeIndex index = new ExchangeIndex(
                "COURT-421200",
                "court-case",
                "o-17",
                "READ",
                "clue",
                Outcome.PERMIT,
                "R-1",
                200,
                "INTERNAL",
                List.of(touched));
        List<PartContent> parts = List.of(
                PartContent.of(PartContent.REQUEST, json(900)),
                PartContent.of(PartContent.PURPOSE, json(150)),
                PartContent.of(PartContent.DECISION, json(120)),
                new PartContent(PartContent.DISCLOSED, 0, json(300)),
                PartContent.of(PartContent.RESPONSE, json(500)));
        return new ExchangeRecord(
                ExchangeIds.next(), Instant.now(), "COURT", parts, index, List.of(nonce(), nonce()));
    }

    /** Proofs of random entries against the newest head of a tree, made from the stored tiles. */
    public List<Proof> proofs(TreeHash tree, int count) throws SQLException, IOException {
        try (Connection connection = sequencing.getConnection()) {
            long size = StoredCheckpoints.newest(connection).orElseThrow().size();
            Prover prover = new Prover(tree, new TileNodes(tree, new StoredTiles(connection, tree), size));
            byte[] root = prover.root(size);
            Random random = new Random(size);
            List<Proof> made = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long index = random.nextLong(size);
                made.add(new Proof(prover.inclusion(index, size), leaf(connection, index), root));
            }
            return made;
        }
    }

    private static byte[] leaf(Connection connection, long index) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(LEAF)) {
            select.setLong(1, index);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBytes(1);
            }
        }
    }

    private static NonceUse nonce() {
        return new NonceUse("k".repeat(64), UUID.randomUUID().toString(), Instant.now());
    }

    private static byte[] json(int length) {
        return ("{\"x\":\"" + "x".repeat(length) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static LogKeys keys() {
        Signer ed25519 = signer(KeyAlgorithm.ED25519);
        Signer sm2 = signer(KeyAlgorithm.SM2);
        return suite -> List.of(suite == Suite.GM ? sm2 : ed25519);
    }

    private static Signer signer(KeyAlgorithm algorithm) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return KeyFile.generate(algorithm, "bench", now, now.plus(Duration.ofDays(1)))
                .signer();
    }

    private record Defaults() implements JournalConfig {
        @Override
        public int writers() {
            return 2;
        }

        @Override
        public int group() {
            return 256;
        }

        @Override
        public int queue() {
            return 4096;
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(30);
        }
    }

    private record Names() implements LogConfig {
        @Override
        public Optional<List<Path>> knownCheckpoints() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> formerKeys() {
            return Optional.empty();
        }

        @Override
        public String origin() {
            return "bench.example/log";
        }

        @Override
        public Duration checkpointEvery() {
            return Duration.ZERO;
        }

        @Override
        public Duration mergeDelay() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration stopAfter() {
            return Duration.ofSeconds(60);
        }

        @Override
        public Optional<Path> outsideFolder() {
            return Optional.empty();
        }
    }
}
