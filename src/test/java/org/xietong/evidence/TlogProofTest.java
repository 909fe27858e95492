package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TlogProofTest {
    private static final int INDEX = 41;
    private static final int SIZE = 100;

    @Test
    void writesTheLinesOfTheSpecification() throws IOException {
        TlogProof proof = proof(TreeHash.SHA_256);
        StringBuilder expected = new StringBuilder("c2sp.org/tlog-proof@v1\nindex 41\n");
        Trees trees = Trees.of(TreeHash.SHA_256);
        for (byte[] hash : trees.naive.path(INDEX, trees.first(SIZE))) {
            expected.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        expected.append('\n').append(new String(proof.checkpoint().encode(), StandardCharsets.UTF_8));
        assertEquals(expected.toString(), new String(proof.encode(), StandardCharsets.UTF_8));
    }

    @Property
    void comesBackFromItsText(@ForAll TreeHash hash, @ForAll byte[] extra, @ForAll @IntRange(max = 299) int index)
            throws IOException {
        TlogProof proof = new TlogProof(
                extra, Trees.of(hash).prover(300).inclusion(index, 300), LogKeys.signed(checkpoint(hash, 300)));
        TlogProof read = TlogProof.parse(proof.encode());
        assertEquals(proof, read);
        assertArrayEquals(extra, read.extra());
        assertTrue(read.holds(hash, Trees.of(hash).leaves.get(index)));
    }

    @Test
    void provesTheOnlyEntryWithAnEmptyPath() throws IOException {
        TlogProof proof = new TlogProof(
                Trees.of(TreeHash.SM3).prover(1).inclusion(0, 1), LogKeys.signed(checkpoint(TreeHash.SM3, 1)));
        assertTrue(TlogProof.parse(proof.encode())
                .holds(TreeHash.SM3, Trees.of(TreeHash.SM3).leaves.getFirst()));
    }

    @Test
    void extraStandsInTheSecondLine() throws IOException {
        TlogProof plain = proof(TreeHash.SHA_256);
        TlogProof proof = new TlogProof(new byte[] {1, 2, 3}, plain.inclusion(), plain.checkpoint());
        String text = new String(proof.encode(), StandardCharsets.UTF_8);
        assertTrue(text.startsWith("c2sp.org/tlog-proof@v1\nextra AQID\nindex 41\n"));
    }

    @Test
    void refusesEveryOtherForm() throws IOException {
        String good = new String(proof(TreeHash.SHA_256).encode(), StandardCharsets.UTF_8);
        TlogProof.parse(bytes(good));
        String hash = Base64.getEncoder().encodeToString(TreeHash.SHA_256.emptyRoot());
        for (String other : List.of(
                "",
                "c2sp.org/tlog-proof@v1\n",
                "c2sp.org/tlog-proof@v1\n\n",
                good.replace("@v1", "@v2"),
                good.replace("c2sp.org", " c2sp.org"),
                "\n" + good,
                good.replace("index 41", "index 041"),
                good.replace("index 41", "index  41"),
                good.replace("index 41", "index -1"),
                good.replace("index 41", "index 100"),
                good.replace("index 41", "index 9223372036854775808"),
                good.replace("index 41", "index"),
                good.replace("index 41", "Index 41"),
                good.replace("index 41\n", ""),
                good.replace("index 41\n", "index 41\nindex 41\n"),
                good.replace("index 41\n", "index 41\n\n"),
                good.replace("index 41\n", "index 41\nextra AQID\n"),
                good.replace("index 41\n", "extra AQID\nextra AQID\nindex 41\n"),
                good.replace("index 41\n", "extra \nindex 41\n"),
                good.replace("index 41\n", "extra AQI\nindex 41\n"),
                good.replace("index 41\n", "index 41\n" + hash.substring(4) + '\n'),
                good.replace("index 41\n", "index 41\n" + hash.replace('=', ' ') + '\n'),
                good.replace("index 41\n", "index 41\n" + (hash + '\n').repeat(64)),
                good.replace("\n\n", "\n"),
                good + "\n",
                good.substring(0, good.length() - 1),
                good.replace("\n", "\r\n"))) {
            assertThrows(MalformedEvidenceException.class, () -> TlogProof.parse(bytes(other)), other);
        }
    }

    @Test
    void aProofIsForItsCheckpoint() throws IOException {
        InclusionProof inclusion = Trees.of(TreeHash.SHA_256).prover(99).inclusion(INDEX, 99);
        SignedCheckpoint checkpoint = LogKeys.signed(LogKeys.checkpoint(SIZE));
        assertThrows(IllegalArgumentException.class, () -> new TlogProof(inclusion, checkpoint));
    }

    /** But for the extra data, which nothing protects, and the signature lines, which verifying then skips. */
    @Property(tries = 5_000)
    void whateverByteIsChangedNothingElseIsProved(@ForAll TreeHash hash, @ForAll("mutations") Mutation mutation)
            throws IOException {
        byte[] good = GOOD[hash.ordinal()];
        byte[] altered = mutation.apply(good);
        if (Arrays.equals(altered, good)) {
            return;
        }
        try {
            TlogProof proof = TlogProof.parse(altered);
            proof.checkpoint().verify(LogKeys.ED25519.verifierKey(), List.of(LogKeys.SM2.verifierKey()));
            if (proof.holds(hash, Trees.of(hash).leaves.get(INDEX))) {
                TlogProof original = TlogProof.parse(good);
                assertEquals(
                        original.checkpoint().checkpoint(), proof.checkpoint().checkpoint());
                assertEquals(INDEX, proof.inclusion().index());
                assertEquals(
                        Trees.hex(original.inclusion().path()),
                        Trees.hex(proof.inclusion().path()));
            }
        } catch (MalformedEvidenceException | UnverifiedNoteException refused) {
            // as it should be
        }
    }

    @Property(tries = 2_000)
    void anyTextIsRefused(@ForAll("nearlyProofs") String text) {
        assertThrows(MalformedEvidenceException.class, () -> TlogProof.parse(bytes(text)));
    }

    @Property(tries = 1_000)
    void anyBytesAreRefused(@ForAll byte[] bytes) {
        assertThrows(MalformedEvidenceException.class, () -> TlogProof.parse(bytes));
    }

    @Test
    void anotherLeafIsNotProved() throws IOException {
        TlogProof proof = proof(TreeHash.SM3);
        assertFalse(proof.holds(TreeHash.SM3, Trees.of(TreeHash.SM3).leaves.get(INDEX + 1)));
        assertFalse(proof.holds(TreeHash.SHA_256, Trees.of(TreeHash.SM3).leaves.get(INDEX)));
    }

    private static final byte[][] GOOD = new byte[TreeHash.values().length][];

    static {
        for (TreeHash hash : TreeHash.values()) {
            try {
                GOOD[hash.ordinal()] = proof(hash).encode();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100_000),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(0, 255),
                                Arbitraries.integers().between('0', '9')))
                .as(Mutation::new);
    }

    @Provide
    Arbitrary<String> nearlyProofs() {
        String hash = Base64.getEncoder().encodeToString(TreeHash.SM3.emptyRoot());
        Arbitrary<String> pieces = Arbitraries.of(
                        "index 0\n",
                        "extra AQID\n",
                        "extra ",
                        hash + '\n',
                        "\n",
                        "o\n1\n" + hash + "\n\n",
                        "— a AAAA\n",
                        "x",
                        "index ")
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(pieces.map(text -> "c2sp.org/tlog-proof@v1\n" + text), Arbitraries.strings());
    }

    private static TlogProof proof(TreeHash hash) throws IOException {
        return new TlogProof(
                Trees.of(hash).prover(SIZE).inclusion(INDEX, SIZE), LogKeys.signed(checkpoint(hash, SIZE)));
    }

    private static Checkpoint checkpoint(TreeHash hash, int size) {
        return new Checkpoint(LogKeys.ORIGIN, size, Trees.of(hash).roots.get(size));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
