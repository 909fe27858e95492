package org.xietong.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.testing.Mutations;

/**
 * Foreign bytes to every parser of the log's formats: no failure but the declared one, and what is read has one form
 * only, the one that is written. Proofs that hold are those that the naive tree makes.
 */
class EvidenceFuzz {
    private static final int INPUTS = 20_000;
    private static final int LEAVES = 64;

    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "signedNote", EvidenceFuzz::readNote,
            "tlogProof", EvidenceFuzz::readTlogProof,
            "verifierKey", EvidenceFuzz::readVerifierKey,
            "cosignature", EvidenceFuzz::readCosignature,
            "tilePath", EvidenceFuzz::readTilePath,
            "tile", EvidenceFuzz::readTile,
            "entryBundle", EvidenceFuzz::readBundle,
            "inclusion", EvidenceFuzz::proveInclusion,
            "consistency", EvidenceFuzz::proveConsistency);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signedNote",
                "tlogProof",
                "verifierKey",
                "cosignature",
                "tilePath",
                "tile",
                "entryBundle",
                "inclusion",
                "consistency"
            })
    @Timeout(60)
    void generated(String target) {
        Mutations.of(EvidenceFuzz.class, target, INPUTS, TARGETS.get(target));
    }

    @FuzzTest(maxDuration = "3m")
    void signedNote(byte[] bytes) {
        readNote(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void tlogProof(byte[] bytes) {
        readTlogProof(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void verifierKey(byte[] bytes) {
        readVerifierKey(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void cosignature(byte[] bytes) {
        readCosignature(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void tilePath(byte[] bytes) {
        readTilePath(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void tile(byte[] bytes) {
        readTile(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void entryBundle(byte[] bytes) {
        readBundle(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void inclusion(byte[] bytes) {
        proveInclusion(bytes);
    }

    @FuzzTest(maxDuration = "3m")
    void consistency(byte[] bytes) {
        proveConsistency(bytes);
    }

    /** A note, and the checkpoint in it. */
    private static void readNote(byte[] bytes) {
        try {
            SignedNote note = SignedNote.parse(bytes);
            assertArrayEquals(bytes, note.encode());
            verify(note);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            assertEquals(note.text(), checkpoint.text());
            assertArrayEquals(bytes, SignedCheckpoint.parse(bytes).encode());
        } catch (MalformedEvidenceException declared) {
            // what foreign bytes usually meet
        }
    }

    /** No key of today's has signed the corpus, nor anything made of it. */
    private static void verify(SignedNote note) {
        try {
            note.verify(List.of(
                    LogKeys.ED25519.verifierKey(), LogKeys.SM2.verifierKey(), LogKeys.PROCURATORATE.verifierKey()));
            throw new AssertionError("a made-up signature was accepted");
        } catch (UnverifiedNoteException declared) {
            // as it must be
        }
    }

    private static void readTlogProof(byte[] bytes) {
        try {
            TlogProof proof = TlogProof.parse(bytes);
            assertArrayEquals(bytes, proof.encode());
            assertFalse(proof.holds(
                    TreeHash.SHA_256, Trees.of(TreeHash.SHA_256).leaves.getLast()));
        } catch (MalformedEvidenceException declared) {
            // what foreign bytes usually meet
        }
    }

    private static void readVerifierKey(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            VerifierKey key = VerifierKey.parse(text);
            assertEquals(text, key.toString());
            assertEquals(key, VerifierKey.of(key.name(), key.type(), key.key()));
            assertFalse(key.verify("a\n", bytes));
        } catch (MalformedEvidenceException declared) {
            // what foreign bytes usually meet
        }
    }

    private static void readCosignature(byte[] bytes) {
        Cosignature.read(bytes).ifPresent(cosignature -> {
            assertArrayEquals(bytes, cosignature.bytes());
            assertTrue(cosignature.time() >= 0);
        });
        for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
            try {
                BareKey key = BareKey.of(algorithm, bytes);
                assertArrayEquals(bytes, key.encoded());
                assertFalse(key.verify(bytes, bytes));
            } catch (IllegalArgumentException declared) {
                // what foreign bytes usually meet
            }
        }
    }

    private static void readTilePath(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        try {
            TilePath path = TilePath.parse(text);
            assertEquals(text, path.path());
            assertEquals(path.full(), TilePath.parse(path.full().path()));
            if (path instanceof TilePath.Hashes hashes) {
                assertFalse(hashes.isWithin(0));
                hashes.isWithin(Long.MAX_VALUE);
            }
        } catch (MalformedEvidenceException declared) {
            // what foreign bytes usually meet
        }
    }

    /** The first byte is the width, the others the tile. */
    private static void readTile(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        TilePath.Hashes path = new TilePath.Hashes(0, 0, 1 + (bytes[0] & 0xff));
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        try {
            Tile tile = Tile.parse(path, rest);
            assertArrayEquals(rest, tile.bytes());
            assertEquals(TreeHash.SIZE, tile.hash(path.width() - 1).length);
        } catch (MalformedEvidenceException declared) {
            // what foreign bytes usually meet
        }
    }

    /** The first byte is the width, the others the bundle. */
    private static void readBundle(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        TilePath.Entries path = new TilePath.Entries(0, 1 + (bytes[0] & 0xff));
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        try {
            EntryBundle bundle = EntryBundle.parse(path, rest);
            assertEquals(path.width(), bundle.entries().size());
            assertArrayEquals(rest, bundle.encode());
        } catch (MalformedEvidenceException declared) {
            // what foreign bytes usually meet
        }
    }

    /**
     * Size and index, then a path of nodes that stand somewhere in the tree: what holds is PATH and nothing else.
     * Outside such sizes the numbers are taken as they are, and nothing may hold.
     */
    private static void proveInclusion(byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        if (bytes.length < 2) {
            return;
        }
        Trees trees = Trees.of(TreeHash.SHA_256);
        int size = 1 + (input.get() & 0xff) % LEAVES;
        int index = (input.get() & 0xff) % size;
        List<byte[]> path = nodes(input, size);
        InclusionProof proof = new InclusionProof(index, size, path);
        boolean holds = proof.holds(trees.hash, trees.leaves.get(index), trees.roots.get(size));
        assertEquals(Trees.hex(path).equals(Trees.hex(trees.naive.path(index, trees.first(size)))), holds);
        huge(
                bytes,
                (first, second) -> assertFalse(new InclusionProof(first, second, path)
                        .holds(trees.hash, trees.leaves.get(LEAVES), trees.roots.get(size))));
    }

    /** As of inclusion: what holds between two sizes is PROOF and nothing else. */
    private static void proveConsistency(byte[] bytes) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        if (bytes.length < 2) {
            return;
        }
        Trees trees = Trees.of(TreeHash.SHA_256);
        int second = 1 + (input.get() & 0xff) % LEAVES;
        int first = 1 + (input.get() & 0xff) % second;
        List<byte[]> path = nodes(input, second);
        ConsistencyProof proof = new ConsistencyProof(first, second, path);
        boolean holds = proof.holds(trees.hash, trees.roots.get(first), trees.roots.get(second));
        assertEquals(Trees.hex(path).equals(Trees.hex(trees.naive.proof(first, trees.first(second)))), holds);
        huge(
                bytes,
                (from, to) -> assertFalse(new ConsistencyProof(from, to, path)
                        .holds(trees.hash, trees.leaves.get(LEAVES), trees.roots.get(second))));
    }

    private interface Sizes {
        void with(long first, long second);
    }

    /** Sizes as large as they can be said, from the same bytes. */
    private static void huge(byte[] bytes, Sizes property) {
        if (bytes.length >= 2 * Long.BYTES) {
            long one = ByteBuffer.wrap(bytes).getLong() >>> 1;
            long other = ByteBuffer.wrap(bytes).getLong(Long.BYTES) >>> 1;
            if (one != other) {
                property.with(Math.max(1, Math.min(one, other)), Math.max(2, Math.max(one, other)));
            }
        }
    }

    /** Each of two bytes: from which leaf, and how many more; also such ranges as no tree has. */
    private static List<byte[]> nodes(ByteBuffer input, int size) {
        List<byte[]> nodes = new ArrayList<>();
        while (input.remaining() >= 2 && nodes.size() < 64) {
            int from = (input.get() & 0xff) % size;
            int to = from + 1 + (input.get() & 0xff) % (size - from);
            nodes.add(Trees.of(TreeHash.SHA_256)
                    .naive
                    .root(Trees.of(TreeHash.SHA_256).leaves.subList(from, to)));
        }
        return nodes;
    }
}
