package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignAndVerifyTest {
    private static final byte[] DATA = "线索移送 case transfer".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource
    void acceptsItsOwnSignature(KeyAlgorithm algorithm) {
        byte[] signature = TestParties.signer(algorithm).sign(DATA);
        assertTrue(TestParties.key(algorithm).verify(DATA, signature));
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryFlippedBitOfTheSignature(KeyAlgorithm algorithm) {
        VerificationKey key = TestParties.key(algorithm);
        byte[] signature = TestParties.signer(algorithm).sign(DATA);
        for (int bit = 0; bit < signature.length * 8; bit++) {
            byte[] altered = signature.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            assertFalse(key.verify(DATA, altered), "bit " + bit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesOtherData(KeyAlgorithm algorithm) {
        byte[] signature = TestParties.signer(algorithm).sign(DATA);
        byte[] altered = DATA.clone();
        altered[3] ^= 1;
        assertFalse(TestParties.key(algorithm).verify(altered, signature));
    }

    @ParameterizedTest
    @EnumSource
    void refusesTheSignatureOfAnotherKey(KeyAlgorithm algorithm) {
        byte[] signature = TestParties.fresh(algorithm, "another").signer().sign(DATA);
        assertFalse(TestParties.key(algorithm).verify(DATA, signature));
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryTruncationAndExtension(KeyAlgorithm algorithm) {
        byte[] signature = TestParties.signer(algorithm).sign(DATA);
        for (int length = 0; length < signature.length + 4; length++) {
            if (length != signature.length) {
                assertFalse(TestParties.key(algorithm).verify(DATA, Arrays.copyOf(signature, length)), "at " + length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void verifiesAgainAfterMalformedSignatures(KeyAlgorithm algorithm) {
        VerificationKey key = TestParties.key(algorithm);
        byte[] signature = TestParties.signer(algorithm).sign(DATA);
        key.verify(DATA, new byte[] {1, 2, 3});
        assertTrue(key.verify(DATA, signature));
    }

    @ParameterizedTest
    @EnumSource
    void servesManyVirtualThreadsAtOnce(KeyAlgorithm algorithm) throws Exception {
        Signer signer = TestParties.signer(algorithm);
        VerificationKey key = TestParties.key(algorithm);
        List<Future<Boolean>> outcomes = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                byte[] data = ("message " + i).getBytes(StandardCharsets.UTF_8);
                outcomes.add(executor.submit(() -> key.verify(data, signer.sign(data))));
            }
        }
        for (Future<Boolean> outcome : outcomes) {
            assertTrue(outcome.get());
        }
    }

    @Test
    void refusesSm2InDerThatIsNotCanonical() {
        byte[] der = TestParties.signer(KeyAlgorithm.SM2).sign(DATA);
        byte[] longForm = new byte[der.length + 1];
        longForm[0] = der[0];
        longForm[1] = (byte) 0x81;
        System.arraycopy(der, 1, longForm, 2, der.length - 1);
        assertFalse(TestParties.key(KeyAlgorithm.SM2).verify(DATA, longForm));
    }

    @Test
    void refusesSm2WithAPaddedInteger() {
        byte[] der = TestParties.signer(KeyAlgorithm.SM2).sign(DATA);
        byte[] padded = new byte[der.length + 1];
        System.arraycopy(der, 0, padded, 0, 4);
        System.arraycopy(der, 4, padded, 5, der.length - 4);
        padded[1]++;
        padded[3]++;
        assertFalse(TestParties.key(KeyAlgorithm.SM2).verify(DATA, padded));
    }

    @Test
    void refusesP256InDer() {
        byte[] der = EcdsaForm.toDer(TestParties.signer(KeyAlgorithm.P256).sign(DATA));
        assertFalse(TestParties.key(KeyAlgorithm.P256).verify(DATA, der));
    }

    @Test
    void refusesP256OfZeros() {
        assertFalse(TestParties.key(KeyAlgorithm.P256).verify(DATA, new byte[64]));
    }

    @Test
    void signsP256In64Bytes() {
        assertEquals(64, TestParties.signer(KeyAlgorithm.P256).sign(DATA).length);
    }

    @Test
    void convertsP256ThereAndBack() {
        byte[] raw = TestParties.signer(KeyAlgorithm.P256).sign(DATA);
        assertTrue(Arrays.equals(raw, EcdsaForm.toRaw(EcdsaForm.toDer(raw))));
    }

    @Test
    void refusesToConvertWhatIsNoSignature() {
        assertThrows(IllegalArgumentException.class, () -> EcdsaForm.toRaw(new byte[] {0x30, 0x02, 0x01}));
    }

    @Test
    void keyIdIsTheDigestOfTheCertificate() throws Exception {
        KeyFile leaf = TestParties.leaf(KeyAlgorithm.SM2);
        assertEquals(
                Digests.hex(Digests.sha256(leaf.certificate().getEncoded())),
                leaf.signer().keyId());
    }
}
