package org.xietong.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.BareKey;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.TestParties;

class VerifierKeyTest {
    /** From the documentation of Go's sumdb/note. */
    private static final String GO = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    static Stream<VerifierKey> keys() {
        return Stream.of(LogKeys.ED25519, LogKeys.SM2, LogKeys.COURT).map(NoteSigner::verifierKey);
    }

    @Test
    void readsTheKeyOfGosDocumentation() throws Exception {
        VerifierKey key = VerifierKey.parse(GO);
        assertEquals("PeterNeumann", key.name());
        assertEquals(0xc74f20a3, key.keyId());
        assertEquals(SignatureType.ED25519, key.type());
        assertEquals(GO, key.toString());
    }

    /** A public witness's, from the tests of transparency-dev/formats. */
    @Test
    void readsTheKeyOfAWitness() throws Exception {
        String text = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
        VerifierKey key = VerifierKey.parse(text);
        assertEquals(SignatureType.COSIGNATURE_V1, key.type());
        assertEquals(text, key.toString());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void readsWhatItWrites(VerifierKey key) throws Exception {
        assertEquals(key, VerifierKey.parse(key.toString()));
    }

    /** SHA-256(name ‖ 0x0A ‖ 0xff ‖ identifier ‖ point)[:4], put together here by hand. */
    @Test
    void theIdOfAnSm2KeyCoversTheLongIdentifier() throws Exception {
        byte[] point =
                BareKey.of(TestParties.leaf(KeyAlgorithm.SM2).certificate()).encoded();
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        typed.write(0xff);
        typed.writeBytes("xietong/sm2-sm3/v1".getBytes(StandardCharsets.US_ASCII));
        typed.writeBytes(point);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update((LogKeys.ORIGIN + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] digest = sha256.digest(typed.toByteArray());
        assertEquals(
                LogKeys.ORIGIN
                        + '+'
                        + HexFormat.of().formatHex(Arrays.copyOf(digest, 4))
                        + '+'
                        + Base64.getEncoder().encodeToString(typed.toByteArray()),
                LogKeys.SM2.verifierKey().toString());
        assertArrayEquals(point, LogKeys.SM2.verifierKey().key().encoded());
    }

    @Test
    void oneKeyOfTwoTypesIsTwoKeys() {
        BareKey key = BareKey.of(TestParties.leaf(KeyAlgorithm.ED25519).certificate());
        VerifierKey log = VerifierKey.of("a.example", SignatureType.ED25519, key);
        VerifierKey witness = VerifierKey.of("a.example", SignatureType.COSIGNATURE_V1, key);
        assertNotEquals(log.keyId(), witness.keyId());
        assertNotEquals(log, witness);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann",
                "PeterNeumann+c74f20a3",
                "PeterNeumann+c74f20a3+",
                "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q=",
                "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW+",
                "PeterNeumann+c74f20a3+AQ==",
                "PeterNeumann+c74f20a3+/3hpZXRvbmc="
            })
    void refusesWhatIsNoKey(String text) {
        assertThrows(MalformedEvidenceException.class, () -> VerifierKey.parse(text));
    }

    @Property(tries = 2_000)
    void refusesEveryKeyWithOneCharacterChanged(@ForAll @IntRange(max = 199) int at, @ForAll char with) {
        for (VerifierKey key : keys().toList()) {
            String text = key.toString();
            int position = at % text.length();
            String altered = text.substring(0, position) + with + text.substring(position + 1);
            if (!altered.equals(text)) {
                assertThrows(MalformedEvidenceException.class, () -> VerifierKey.parse(altered));
            }
        }
    }

    @Property(tries = 1_000)
    void refusesAnyText(@ForAll String text) {
        assertThrows(MalformedEvidenceException.class, () -> VerifierKey.parse(text));
        assertThrows(MalformedEvidenceException.class, () -> VerifierKey.parse("a+00000000+" + text));
    }

    @Test
    void aNameHasNoSpacesAndNoPlus() {
        BareKey key = BareKey.of(TestParties.leaf(KeyAlgorithm.ED25519).certificate());
        for (String name :
                new String[] {"", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\u0085b", "a\u3000b", "a\nb", "\ud800"}) {
            assertThrows(IllegalArgumentException.class, () -> VerifierKey.of(name, SignatureType.ED25519, key), name);
        }
    }

    @Test
    void aTypeNeedsItsAlgorithm() {
        BareKey key = BareKey.of(TestParties.leaf(KeyAlgorithm.P256).certificate());
        for (SignatureType type : SignatureType.values()) {
            assertThrows(IllegalArgumentException.class, () -> VerifierKey.of("a.example", type, key));
        }
    }
}
