package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    /** From the documentation of Go's sumdb/note. */
    private static final String GO_NOTE = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.

            — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
            — EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=
            """;

    private static final String GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final List<VerifierKey> KNOWN =
            List.of(LogKeys.ED25519.verifierKey(), LogKeys.SM2.verifierKey(), LogKeys.PROCURATORATE.verifierKey());

    @Test
    void believesTheNoteOfGosDocumentation() throws Exception {
        VerifierKey key = VerifierKey.parse(GO_KEY);
        VerifiedNote note = SignedNote.parse(bytes(GO_NOTE)).verify(List.of(key));
        assertEquals(GO_NOTE.substring(0, GO_NOTE.indexOf("\n\n") + 1), note.text());
        assertEquals(
                List.of(key),
                note.signatures().stream().map(VerifiedNote.By::key).toList());
    }

    @Test
    void refusesTheNoteOfGosDocumentationWithAnotherText() throws Exception {
        VerifierKey key = VerifierKey.parse(GO_KEY);
        SignedNote note = SignedNote.parse(bytes(GO_NOTE.replace("problem is", "problem was")));
        UnverifiedNoteException refused = assertThrows(UnverifiedNoteException.class, () -> note.verify(List.of(key)));
        assertEquals(Optional.of(key), refused.wrong());
    }

    @Test
    void textMayHoldEmptyLinesAndDashes() throws Exception {
        String text = "\n\n— not a signature\n\n";
        SignedNote note = new SignedNote(text, List.of(new NoteSignature("a", 1, new byte[] {2})));
        assertEquals(note, SignedNote.parse(note.encode()));
    }

    @Test
    void skipsWhatUnknownKeysSigned() throws Exception {
        SignedNote note = LogKeys.signed(LogKeys.checkpoint(9)).note();
        VerifierKey sm2 = LogKeys.SM2.verifierKey();
        assertEquals(1, note.verify(List.of(sm2)).signatures().size());
        assertTrue(note.verify(List.of(sm2)).isSignedBy(sm2));
        assertFalse(note.verify(List.of(sm2)).isSignedBy(LogKeys.ED25519.verifierKey()));
    }

    @Test
    void skipsAKeyThatSharesTheNameOrTheIdOnly() throws Exception {
        SignedNote note = LogKeys.signed(LogKeys.checkpoint(9)).note();
        VerifierKey known = LogKeys.ED25519.verifierKey();
        byte[] wrong = new byte[64];
        SignedNote more = note.with(new NoteSignature(known.name(), known.keyId() + 1, wrong))
                .with(new NoteSignature("another.example", known.keyId(), wrong));
        assertEquals(
                List.of(known),
                more.verify(List.of(known)).signatures().stream()
                        .map(VerifiedNote.By::key)
                        .toList());
    }

    @Test
    void isNotBelievedWhenNobodyKnownSigned() {
        SignedNote note = LogKeys.signed(LogKeys.checkpoint(9)).note();
        for (List<VerifierKey> known : List.of(List.<VerifierKey>of(), List.of(LogKeys.COURT.verifierKey()))) {
            UnverifiedNoteException refused = assertThrows(UnverifiedNoteException.class, () -> note.verify(known));
            assertEquals(Optional.empty(), refused.wrong());
        }
    }

    @Test
    void isNotBelievedWhenOneKnownSignatureIsWrongThoughAnotherIsRight() {
        SignedNote note = LogKeys.signed(LogKeys.checkpoint(9)).note();
        for (NoteSignature signature : note.signatures()) {
            byte[] other = signature.signature();
            other[other.length - 1] ^= 1;
            SignedNote altered = note.with(new NoteSignature(signature.name(), signature.keyId(), other));
            UnverifiedNoteException refused = assertThrows(UnverifiedNoteException.class, () -> altered.verify(KNOWN));
            assertEquals(signature.keyId(), refused.wrong().orElseThrow().keyId());
        }
    }

    @Test
    void aSecondWrongLineOfAKeyIsSeenToo() {
        SignedNote note = LogKeys.signed(LogKeys.checkpoint(9)).note();
        List<NoteSignature> lines = new ArrayList<>(note.signatures());
        VerifierKey key = LogKeys.ED25519.verifierKey();
        lines.add(new NoteSignature(key.name(), key.keyId(), new byte[64]));
        SignedNote twice = new SignedNote(note.text(), lines);
        assertThrows(UnverifiedNoteException.class, () -> twice.verify(KNOWN));
    }

    @Test
    void aKeyThatSignedTwiceCountsOnce() throws Exception {
        Checkpoint checkpoint = LogKeys.checkpoint(9);
        SignedNote note = new SignedNote(
                checkpoint.text(),
                List.of(LogKeys.PROCURATORATE.cosign(checkpoint, 7), LogKeys.PROCURATORATE.cosign(checkpoint, 8)));
        VerifiedNote verified = note.verify(KNOWN);
        assertEquals(1, verified.signatures().size());
        assertEquals(
                7,
                verified.by(LogKeys.PROCURATORATE.verifierKey())
                        .orElseThrow()
                        .time()
                        .orElseThrow());
    }

    @Test
    void aNewSignatureTakesThePlaceOfTheOld() throws Exception {
        SignedCheckpoint note = LogKeys.signed(LogKeys.checkpoint(9));
        SignedCheckpoint cosigned =
                note.with(LogKeys.COURT.cosign(note.checkpoint(), 7)).with(LogKeys.COURT.cosign(note.checkpoint(), 8));
        assertEquals(3, cosigned.note().signatures().size());
        VerifierKey court = LogKeys.COURT.verifierKey();
        assertEquals(
                8,
                cosigned.note()
                        .verify(List.of(court))
                        .by(court)
                        .orElseThrow()
                        .time()
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\n\n",
                "text",
                "text\n",
                "text\n\n",
                "text\n— a AAAAAAE=\n",
                "text\n\n— a AAAAAAE=",
                "text\n\n— a AAAAAAE=\n\n",
                "text\n\n- a AAAAAAE=\n",
                "text\n\n—a AAAAAAE=\n",
                "text\n\n— AAAAAAE=\n",
                "text\n\n—  AAAAAAE=\n",
                "text\n\n— a  AAAAAAE=\n",
                "text\n\n— a b AAAAAAE=\n",
                "text\n\n— a+b AAAAAAE=\n",
                "text\n\n— a\u00a0b AAAAAAE=\n",
                "text\n\n— a\u2003b AAAAAAE=\n",
                "text\n\n— a AAAAAAE= \n",
                "text\n\n— a AAAAAA==\n",
                "text\n\n— a AAAA\n",
                "text\n\n— a AAAAAAE\n",
                "text\n\n— a AAAAAAF=\n",
                "text\n\n— a AAAAAA-=\n",
                "text\n\n— a \n",
                "text\n\n— a\n",
                "te\txt\n\n— a AAAAAAE=\n",
                "te\rxt\n\n— a AAAAAAE=\n",
                "te\u0000xt\n\n— a AAAAAAE=\n",
                "text\r\n\r\n— a AAAAAAE=\r\n"
            })
    void refusesWhatIsNoNote(String text) {
        assertThrows(MalformedEvidenceException.class, () -> SignedNote.parse(bytes(text)));
    }

    @Test
    void readsTheSmallestNote() throws Exception {
        assertEquals("text\n", SignedNote.parse(bytes("text\n\n— a AAAAAAE=\n")).text());
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] note = bytes("text\n\n— a AAAAAAE=\n");
        note[1] = (byte) 0xff;
        assertThrows(MalformedEvidenceException.class, () -> SignedNote.parse(note));
    }

    @Test
    void takesAHundredSignaturesAndNoMore() throws Exception {
        String line = "— a AAAAAAE=\n";
        assertEquals(
                100,
                SignedNote.parse(bytes("text\n\n" + line.repeat(100)))
                        .signatures()
                        .size());
        assertThrows(MalformedEvidenceException.class, () -> SignedNote.parse(bytes("text\n\n" + line.repeat(101))));
        byte[] longer = bytes("t".repeat(SignedNote.LONGEST) + "\n\n" + line);
        assertThrows(MalformedEvidenceException.class, () -> SignedNote.parse(longer));
    }

    @Property(tries = 3_000)
    void whateverByteIsChangedTheTextIsRefusedOrTheLineNoLongerCounts(@ForAll("mutations") Mutation mutation)
            throws UnverifiedNoteException {
        SignedCheckpoint signed = Cosigned.NOTE;
        byte[] altered = mutation.apply(signed.encode());
        if (Arrays.equals(altered, signed.encode())) {
            return;
        }
        try {
            VerifiedNote verified = SignedNote.parse(altered).verify(KNOWN);
            assertEquals(signed.note().text(), verified.text());
            assertTrue(verified.signatures().size() < KNOWN.size());
        } catch (MalformedEvidenceException | UnverifiedNoteException refused) {
            // as it should be
        }
    }

    @Property(tries = 3_000)
    void anyTextIsANoteInItsOneFormOrRefused(@ForAll("nearlyNotes") String text) {
        try {
            assertArrayEquals(bytes(text), SignedNote.parse(bytes(text)).encode());
        } catch (MalformedEvidenceException refused) {
            // as it should be
        }
    }

    @Property(tries = 1_000)
    void anyBytesAreANoteInItsOneFormOrRefused(@ForAll byte[] bytes) {
        try {
            assertArrayEquals(bytes, SignedNote.parse(bytes).encode());
        } catch (MalformedEvidenceException refused) {
            // as it should be
        }
    }

    @Test
    void isMadeOfTextAndSignaturesOnly() {
        List<NoteSignature> one = List.of(new NoteSignature("a", 1, new byte[] {2}));
        for (String text : new String[] {"", "text", "te\txt\n", "\ud800\n"}) {
            assertThrows(IllegalArgumentException.class, () -> new SignedNote(text, one));
        }
        assertThrows(IllegalArgumentException.class, () -> new SignedNote("text\n", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new NoteSignature("a b", 1, new byte[] {2}));
        assertThrows(IllegalArgumentException.class, () -> new NoteSignature("a", 1, new byte[0]));
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 100_000),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(0, 255),
                                Arbitraries.of((int) '\n', (int) ' ', (int) '=', (int) 'A')))
                .as(Mutation::new);
    }

    @Provide
    Arbitrary<String> nearlyNotes() {
        return Arbitraries.of("text", "\n", "\n\n", "— ", "a ", "AAAAAAE=", "— a AAAAAAE=\n", " ", "+", "\t", "é")
                .list()
                .ofMaxSize(9)
                .map(list -> String.join("", list));
    }

    /** Signed by all three known keys. */
    private static final class Cosigned {
        static final SignedCheckpoint NOTE = LogKeys.signed(LogKeys.checkpoint(9))
                .with(LogKeys.PROCURATORATE.cosign(LogKeys.checkpoint(9), 1_790_000_000L));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
