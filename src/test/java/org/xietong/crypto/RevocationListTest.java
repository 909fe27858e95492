package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.CertificateList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an authority revoked, and since when: read by us and by openssl alike. */
class RevocationListTest {
    private static final Instant SINCE = TestParties.NOW.minus(Duration.ofHours(3));
    private static final Instant UNTIL = TestParties.NOW.plus(Duration.ofDays(7));

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"SM2", "P256"})
    void saysWhoWasRevokedAndSinceWhen(KeyAlgorithm algorithm) {
        DemonstrationAuthority authority = TestParties.authority(algorithm.suite());
        X509Certificate gone = TestParties.fresh(algorithm, "gone").certificate();
        RevocationList list = RevocationList.parse(list(authority, gone));
        assertTrue(list.isIssuedBy(authority.root()));
        assertEquals(Optional.of(SINCE), list.revokedSince(gone));
        assertTrue(list.isRevoked(gone, SINCE));
        assertFalse(list.isRevoked(gone, SINCE.minusSeconds(1)), "signed before it was revoked");
        assertFalse(list.isRevoked(TestParties.leaf(algorithm).certificate(), UNTIL));
        assertEquals(RevocationList.issuerOf(gone), list.issuer());
    }

    @Test
    void anEmptyListRevokesNobody() {
        DemonstrationAuthority authority = TestParties.authority(Suite.GM);
        RevocationList list = RevocationList.parse(list(authority));
        assertTrue(list.isIssuedBy(authority.root()));
        assertEquals(
                Optional.empty(),
                list.revokedSince(TestParties.leaf(KeyAlgorithm.SM2).certificate()));
    }

    @Test
    void coversItsTimeAndNoOther() {
        RevocationList list = RevocationList.parse(list(TestParties.authority(Suite.GM)));
        assertTrue(list.covers(TestParties.NOW));
        assertTrue(list.covers(UNTIL));
        assertFalse(list.covers(TestParties.NOW.minusSeconds(1)));
        assertFalse(list.covers(UNTIL.plusSeconds(1)));
    }

    @Test
    void isReadInDerAndInPem() {
        RevocationList list = RevocationList.parse(list(TestParties.authority(Suite.GM)));
        assertArrayEquals(
                list.der(),
                RevocationList.parse(list.pem().getBytes(StandardCharsets.US_ASCII))
                        .der());
    }

    @Test
    void isNobodyElses() {
        RevocationList list = RevocationList.parse(list(TestParties.authority(Suite.INTL)));
        assertFalse(list.isIssuedBy(TestParties.authority(Suite.GM).root()));
        DemonstrationAuthority namesake = DemonstrationAuthority.create(Suite.INTL, TestParties.FROM, TestParties.TO);
        assertFalse(list.isIssuedBy(namesake.root()), "the same name, another key");
        assertFalse(list.isIssuedBy(TestParties.leaf(KeyAlgorithm.P256).certificate()));
        assertThrows(
                IllegalArgumentException.class,
                () -> list.revokedSince(TestParties.leaf(KeyAlgorithm.SM2).certificate()));
    }

    /** Whatever byte is altered, it is no list or not the authority's. */
    @Test
    void anAlteredListIsNotTheAuthoritys() {
        DemonstrationAuthority authority = TestParties.authority(Suite.INTL);
        byte[] der =
                list(authority, TestParties.fresh(KeyAlgorithm.P256, "gone").certificate());
        for (int i = 0; i < der.length; i++) {
            byte[] altered = der.clone();
            altered[i] ^= (byte) (1 + i % 255);
            assertFalse(passes(altered, authority.root()), "byte " + i);
        }
        assertTrue(passes(der, authority.root()));
    }

    @Test
    void garbageIsRefused() {
        byte[] der = list(TestParties.authority(Suite.GM));
        for (byte[] each : List.of(
                new byte[0],
                new byte[] {0x30, 0},
                "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n".getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(der, der.length - 1),
                Arrays.copyOf(der, der.length + 1),
                new byte[RevocationList.MAX_BYTES + 1])) {
            assertThrows(IllegalArgumentException.class, () -> RevocationList.parse(each));
        }
    }

    @Test
    void opensslTakesTheListAndRefusesTheRevoked() throws Exception {
        DemonstrationAuthority authority = TestParties.authority(Suite.INTL);
        X509Certificate gone = TestParties.fresh(KeyAlgorithm.P256, "gone").certificate();
        Path root = write("root.pem", Pem.ofCertificate(authority.root()));
        Path revoking = write(
                "revoking.pem", RevocationList.parse(list(authority, gone)).pem());
        Path empty = write("empty.pem", RevocationList.parse(list(authority)).pem());
        Path leaf = write("leaf.pem", Pem.ofCertificate(gone));
        Path other = write(
                "other.pem",
                Pem.ofCertificate(TestParties.leaf(KeyAlgorithm.P256).certificate()));
        assertTrue(verifies(root, empty, leaf));
        assertFalse(verifies(root, revoking, leaf));
        assertTrue(verifies(root, revoking, other));
    }

    /** openssl 3.0 cannot be told SM2's user id for a list; it checks the signature over the part that is signed. */
    @Test
    void opensslChecksTheSignatureOfAnSm2List() throws Exception {
        DemonstrationAuthority authority = TestParties.authority(Suite.GM);
        byte[] der = list(authority, TestParties.fresh(KeyAlgorithm.SM2, "gone").certificate());
        CertificateList list = CertificateList.getInstance(der);
        Path root = write("root.pem", Pem.ofCertificate(authority.root()));
        Path signed = Files.write(folder.resolve("tbs"), list.getTBSCertList().getEncoded());
        Path signature =
                Files.write(folder.resolve("signature"), list.getSignature().getOctets());
        assertTrue(OpenSsl.verifies(KeyAlgorithm.SM2, root, signed, signature));
        String text = new String(
                OpenSsl.must(
                        "crl",
                        "-inform",
                        "DER",
                        "-in",
                        Files.write(folder.resolve("list.crl"), der).toString(),
                        "-noout",
                        "-nextupdate"),
                StandardCharsets.UTF_8);
        assertEquals("nextUpdate=Nov 29 08:00:00 2026 GMT", text.strip());
    }

    private static boolean verifies(Path root, Path list, Path leaf) throws Exception {
        String time = Long.toString(TestParties.NOW.plusSeconds(60).getEpochSecond());
        return OpenSsl.run(
                                "verify",
                                "-crl_check",
                                "-attime",
                                time,
                                "-CAfile",
                                root.toString(),
                                "-CRLfile",
                                list.toString(),
                                leaf.toString())
                        .code()
                == 0;
    }

    private static boolean passes(byte[] der, X509Certificate authority) {
        try {
            return RevocationList.parse(der).isIssuedBy(authority);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static byte[] list(DemonstrationAuthority authority, X509Certificate... revoked) {
        return authority.revocationList(
                7,
                TestParties.NOW,
                UNTIL,
                Arrays.stream(revoked).collect(Collectors.toMap(X509Certificate::getSerialNumber, each -> SINCE)));
    }

    private Path write(String name, String pem) throws Exception {
        return Files.writeString(folder.resolve(name), pem);
    }
}
