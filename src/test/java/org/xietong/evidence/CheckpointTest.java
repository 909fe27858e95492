package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.OpenSsl;
import org.xietong.crypto.Pem;
import org.xietong.crypto.TestParties;

class CheckpointTest {
    private static final String HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

    /** The example of c2sp.org/tlog-checkpoint. */
    private static final String EXAMPLE = "example.com/behind-the-sofa\n20852163\n" + HASH + "\n";

    @Test
    void readsTheExampleOfTheSpecification() throws Exception {
        Checkpoint checkpoint = Checkpoint.parse(EXAMPLE);
        assertEquals("example.com/behind-the-sofa", checkpoint.origin());
        assertEquals(20_852_163, checkpoint.size());
        assertEquals(List.of(), checkpoint.extensions());
        assertEquals(EXAMPLE, checkpoint.text());
    }

    /** The signed example of the specification, with its witness's line; whose keys it does not give. */
    @Test
    void readsTheSignedExampleOfTheSpecification() throws Exception {
        String note = EXAMPLE + "\n"
                + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
                + "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
        SignedCheckpoint signed = SignedCheckpoint.parse(note.getBytes(StandardCharsets.UTF_8));
        assertEquals(20_852_163, signed.checkpoint().size());
        assertEquals(
                1_679_315_147,
                Cosignature.read(signed.note().signatures().get(1).signature())
                        .orElseThrow()
                        .time());
        assertEquals(note, new String(signed.encode(), StandardCharsets.UTF_8));
    }

    @Property
    void comesBackFromItsText(
            @ForAll("lines") String origin,
            @ForAll @LongRange(min = 0) long size,
            @ForAll @Size(32) byte[] root,
            @ForAll("extensions") List<String> extensions)
            throws MalformedEvidenceException {
        Checkpoint checkpoint = new Checkpoint(origin, size, root, extensions);
        assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "o\n",
                "o\n1\n",
                "o\n1\n" + HASH,
                "\n1\n" + HASH + "\n",
                "o\n\n" + HASH + "\n",
                "o\n1\n\n",
                "o\n1\n" + HASH + "\n\n",
                "o\n1\n" + HASH + "\nmore\n\nmore\n",
                "o\n01\n" + HASH + "\n",
                "o\n+1\n" + HASH + "\n",
                "o\n-1\n" + HASH + "\n",
                "o\n 1\n" + HASH + "\n",
                "o\n1 \n" + HASH + "\n",
                "o\n1e3\n" + HASH + "\n",
                "o\n٣\n" + HASH + "\n",
                "o\n9223372036854775808\n" + HASH + "\n",
                "o\n1\n" + HASH + " \n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n",
                "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
                "o\r\n1\r\n" + HASH + "\r\n"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThrows(MalformedEvidenceException.class, () -> Checkpoint.parse(text));
    }

    @Property(tries = 3_000)
    void anyTextIsACheckpointInItsOneFormOrRefused(@ForAll("nearlyCheckpoints") String text) {
        try {
            assertEquals(text, Checkpoint.parse(text).text());
        } catch (MalformedEvidenceException refused) {
            // as it should be
        }
    }

    @Test
    void isMadeOfWholeLinesOnly() {
        byte[] root = TreeHash.SHA_256.emptyRoot();
        for (String line : new String[] {"", "a\nb", "a\tb", "\ud800"}) {
            assertThrows(IllegalArgumentException.class, () -> new Checkpoint(line, 1, root));
            assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a", 1, root, List.of(line)));
        }
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a", -1, root));
        assertThrows(IllegalArgumentException.class, () -> new Checkpoint("a", 1, new byte[31]));
    }

    @Test
    void theLogSignsTwiceAndTheWitnessesBesideIt() throws Exception {
        SignedCheckpoint signed = LogKeys.signed(LogKeys.checkpoint(77));
        signed = signed.with(LogKeys.PROCURATORATE.cosign(signed.checkpoint(), 1_790_000_000L))
                .with(LogKeys.COURT.cosign(signed.checkpoint(), 1_790_000_001L));
        signed = SignedCheckpoint.parse(signed.encode());
        VerifiedNote verified = signed.verify(
                LogKeys.ED25519.verifierKey(),
                List.of(LogKeys.SM2.verifierKey(), LogKeys.PROCURATORATE.verifierKey(), LogKeys.COURT.verifierKey()));
        assertEquals(4, verified.signatures().size());
        assertEquals(
                1_790_000_001L,
                verified.by(LogKeys.COURT.verifierKey()).orElseThrow().time().orElseThrow());
        assertTrue(verified.by(LogKeys.SM2.verifierKey()).orElseThrow().time().isEmpty());
    }

    /** Otherwise witnesses could speak for the log. */
    @Test
    void isNotBelievedWithoutTheLogsOwnSignature() {
        Checkpoint checkpoint = LogKeys.checkpoint(77);
        SignedCheckpoint cosigned = new SignedCheckpoint(
                checkpoint, new SignedNote(checkpoint.text(), List.of(LogKeys.COURT.cosign(checkpoint, 5))));
        assertThrows(
                UnverifiedNoteException.class,
                () -> cosigned.verify(LogKeys.ED25519.verifierKey(), List.of(LogKeys.COURT.verifierKey())));
    }

    @Test
    void aCosignatureIsBoundToItsTimeAndText() throws Exception {
        SignedCheckpoint signed = LogKeys.signed(LogKeys.checkpoint(77));
        NoteSignature line = LogKeys.COURT.cosign(signed.checkpoint(), 5);
        VerifierKey court = LogKeys.COURT.verifierKey();
        assertEquals(
                1, signed.with(line).note().verify(List.of(court)).signatures().size());
        for (int at = 0; at < line.signature().length; at++) {
            byte[] altered = line.signature();
            altered[at] ^= (byte) 0x80;
            SignedCheckpoint other = signed.with(new NoteSignature(line.name(), line.keyId(), altered));
            assertThrows(UnverifiedNoteException.class, () -> other.note().verify(List.of(court)), "byte " + at);
        }
        SignedCheckpoint later = LogKeys.signed(LogKeys.checkpoint(78)).with(line);
        assertThrows(UnverifiedNoteException.class, () -> later.note().verify(List.of(court)));
    }

    /** c2sp.org/tlog-cosignature, "Ed25519 signed message", put together here by hand. */
    @Test
    void aCosignatureIsOverTheLinesOfTheSpecification() {
        NoteSignature line = LogKeys.COURT.cosign(LogKeys.checkpoint(77), 1_679_315_147);
        String message =
                "cosignature/v1\ntime 1679315147\n" + LogKeys.checkpoint(77).text();
        byte[] signature = Arrays.copyOfRange(line.signature(), 8, 72);
        assertTrue(LogKeys.COURT.verifierKey().key().verify(message.getBytes(StandardCharsets.UTF_8), signature));
        assertEquals("000000006418" + "50cb", HexFormat.of().formatHex(line.signature(), 0, 8));
    }

    @Test
    void logsAndWitnessesSignEachInTheirOwnWay() {
        Checkpoint checkpoint = LogKeys.checkpoint(1);
        assertThrows(IllegalStateException.class, () -> LogKeys.COURT.sign(checkpoint));
        assertThrows(IllegalStateException.class, () -> LogKeys.ED25519.cosign(checkpoint, 5));
        assertThrows(IllegalStateException.class, () -> LogKeys.SM2.cosign(checkpoint, 5));
        assertThrows(IllegalArgumentException.class, () -> LogKeys.COURT.cosign(checkpoint, -1));
    }

    @Test
    void opensslTakesBothSignaturesOfTheLog(@TempDir Path folder) throws IOException {
        SignedNote note = LogKeys.signed(LogKeys.checkpoint(77)).note();
        Path text = Files.writeString(folder.resolve("text"), note.text());
        for (NoteSignature line : note.signatures()) {
            KeyAlgorithm algorithm =
                    line.keyId() == LogKeys.SM2.verifierKey().keyId() ? KeyAlgorithm.SM2 : KeyAlgorithm.ED25519;
            Path certificate = Files.writeString(
                    folder.resolve(algorithm + ".pem"),
                    Pem.ofCertificate(TestParties.leaf(algorithm).certificate()));
            Path signature = Files.write(folder.resolve(algorithm + ".sig"), line.signature());
            assertTrue(OpenSsl.verifies(algorithm, certificate, text, signature), algorithm.name());
        }
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.strings().ofMinLength(1).ofMaxLength(30).filter(NoteText::isLine);
    }

    @Provide
    Arbitrary<List<String>> extensions() {
        return lines().list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> nearlyCheckpoints() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "o", "\n", "1", "0", HASH, "1\n", HASH + "\n", "o\n", " ", "more\n", "\u0000")
                .list()
                .ofMaxSize(8)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(pieces, pieces.map(text -> "o\n1\n" + text), Arbitraries.strings());
    }
}
