package org.xietong.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.Prover;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TileNodes;
import org.xietong.evidence.TreeHash;

/** Derives a ledger again from the entries, by code that the sequencer does not use. */
final class WholeLedger {
    private final List<byte[]> entries = new ArrayList<>();
    private final Set<UUID> ids = new HashSet<>();
    private final Connection store;

    private WholeLedger(Connection store) {
        this.store = store;
    }

    /**
     * What was acknowledged stands in the ledger, once each and without a gap; both heads are the trees of that; the
     * tiles prove each leaf; and every checkpoint that was ever stored is a beginning of it under the log's keys.
     */
    static void check(JournalDatabase database, Collection<UUID> acknowledged, LogSigners signers) throws Exception {
        try (Connection superuser = database.connect("postgres")) {
            WholeLedger ledger = new WholeLedger(superuser);
            ledger.readLeaves();
            assertTrue(ledger.ids.containsAll(acknowledged), "an acknowledged entry is lost");
            assertEquals(acknowledged.size(), ledger.ids.size(), "an entry that nobody was told of");
            assertEquals(0, database.number("SELECT count(*) FROM xietong.journal_pending"));
            ledger.checkHead();
            ledger.checkTiles(TreeHash.SHA_256);
            ledger.checkTiles(TreeHash.SM3);
            ledger.checkCheckpoints(signers);
        }
    }

    private void readLeaves() throws Exception {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT l.position, e.id, e.bytes FROM xietong.ledger_leaf l"
                        + " JOIN xietong.journal_entry e ON e.id = l.entry_id ORDER BY l.position")) {
            while (row.next()) {
                assertEquals(entries.size(), row.getLong(1));
                assertTrue(ids.add(row.getObject(2, UUID.class)), "an entry stands twice");
                entries.add(row.getBytes(3));
            }
        }
    }

    private void checkHead() throws Exception {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT size, sha256, sm3 FROM xietong.ledger_head")) {
            assertTrue(row.next());
            assertEquals(entries.size(), row.getLong(1));
            assertArrayEquals(root(TreeHash.SHA_256, entries.size()), row.getBytes(2));
            assertArrayEquals(root(TreeHash.SM3, entries.size()), row.getBytes(3));
        }
    }

    private void checkTiles(TreeHash hash) throws Exception {
        int size = entries.size();
        byte[] root = root(hash, size);
        try (Statement path = store.createStatement()) {
            path.execute("SET search_path = xietong");
        }
        Prover prover = new Prover(hash, new TileNodes(hash, new StoredTiles(store, hash), size));
        for (int index = 0; index < size; index++) {
            InclusionProof proof = prover.inclusion(index, size);
            assertTrue(proof.holds(hash, hash.leaf(entries.get(index)), root), hash + " " + index);
        }
    }

    private void checkCheckpoints(LogSigners signers) throws Exception {
        try (Statement statement = store.createStatement();
                ResultSet row = statement.executeQuery("SELECT size, sha256, sm3 FROM xietong.ledger_checkpoint")) {
            while (row.next()) {
                checkCheckpoint(signers, TreeHash.SHA_256, row.getLong(1), row.getString(2));
                checkCheckpoint(signers, TreeHash.SM3, row.getLong(1), row.getString(3));
            }
        }
    }

    private void checkCheckpoint(LogSigners signers, TreeHash hash, long size, String note) throws Exception {
        SignedCheckpoint signed = SignedCheckpoint.parse(note.getBytes(StandardCharsets.UTF_8));
        signed.verify(signers.verifierKeys(hash).getFirst(), signers.verifierKeys(hash));
        assertEquals(
                new Checkpoint(signers.origin(hash), size, root(hash, Math.toIntExact(size))), signed.checkpoint());
    }

    private byte[] root(TreeHash hash, int size) {
        return size == 0 ? hash.emptyRoot() : naive(hash, entries.subList(0, size));
    }

    /** RFC 6962 §2.1, word for word. */
    private static byte[] naive(TreeHash hash, List<byte[]> entries) {
        if (entries.size() == 1) {
            return hash.leaf(entries.getFirst());
        }
        int split = Integer.highestOneBit(entries.size() - 1);
        return hash.node(naive(hash, entries.subList(0, split)), naive(hash, entries.subList(split, entries.size())));
    }
}
