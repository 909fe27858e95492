package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BareKeyTest {
    private static final byte[] DATA = "检查点 checkpoint".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource
    void verifiesWhatTheKeyOfTheCertificateSigned(KeyAlgorithm algorithm) {
        assertTrue(key(algorithm).verify(DATA, TestParties.signer(algorithm).sign(DATA)));
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatAnotherKeySigned(KeyAlgorithm algorithm) {
        byte[] signature = TestParties.fresh(algorithm, "another").signer().sign(DATA);
        assertFalse(key(algorithm).verify(DATA, signature));
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatIsNoSignature(KeyAlgorithm algorithm) {
        assertFalse(key(algorithm).verify(DATA, new byte[] {0x30}));
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromItsBytes(KeyAlgorithm algorithm) {
        BareKey key = key(algorithm);
        assertEquals(key, BareKey.of(algorithm, key.encoded()));
        assertNotEquals(key, BareKey.of(TestParties.fresh(algorithm, "another").certificate()));
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryOtherLength(KeyAlgorithm algorithm) {
        byte[] encoded = key(algorithm).encoded();
        for (int length = 0; length < encoded.length + 4; length++) {
            if (length != encoded.length) {
                byte[] other = Arrays.copyOf(encoded, length);
                assertThrows(IllegalArgumentException.class, () -> BareKey.of(algorithm, other), "at " + length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "ED25519", mode = EnumSource.Mode.EXCLUDE)
    void refusesCompressedAndHybridPointsAndThoseBesideTheCurve(KeyAlgorithm algorithm) {
        byte[] encoded = key(algorithm).encoded();
        byte[] compressed = Arrays.copyOf(encoded, 33);
        compressed[0] = (byte) (2 + (encoded[64] & 1));
        byte[] hybrid = encoded.clone();
        hybrid[0] = (byte) (6 + (encoded[64] & 1));
        byte[] beside = encoded.clone();
        beside[64] ^= 1;
        for (byte[] other : new byte[][] {compressed, hybrid, beside}) {
            assertThrows(IllegalArgumentException.class, () -> BareKey.of(algorithm, other));
        }
    }

    @Test
    void refusesEd25519OfSmallOrder() {
        byte[] identity = new byte[32];
        identity[0] = 1;
        assertThrows(IllegalArgumentException.class, () -> BareKey.of(KeyAlgorithm.ED25519, identity));
    }

    private static BareKey key(KeyAlgorithm algorithm) {
        return BareKey.of(TestParties.leaf(algorithm).certificate());
    }
}
