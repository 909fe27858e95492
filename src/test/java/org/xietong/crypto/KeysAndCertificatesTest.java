package org.xietong.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysAndCertificatesTest {
    private static final char[] PASSWORD = "口令 correct horse".toCharArray();

    @TempDir
    Path folder;

    @Test
    void bouncyCastleStandsFirst() {
        Crypto.install();
        Crypto.install();
        assertEquals("BC", Security.getProviders()[0].getName());
    }

    @ParameterizedTest
    @EnumSource
    void aKeyFileOpensToTheSameKey(KeyAlgorithm algorithm) throws Exception {
        Path file = folder.resolve("key.p12");
        TestParties.leaf(algorithm).create(file, PASSWORD);
        assertEquals(
                TestParties.signer(algorithm).keyId(),
                KeyFile.open(file, PASSWORD).signer().keyId());
    }

    @Test
    void aKeyFileStaysShutToAnotherPassword() throws Exception {
        Path file = folder.resolve("key.p12");
        TestParties.leaf(KeyAlgorithm.SM2).create(file, PASSWORD);
        assertThrows(IOException.class, () -> KeyFile.open(file, "wrong".toCharArray()));
    }

    @Test
    void aKeyFileIsItsOwnersAlone() throws Exception {
        Path file = folder.resolve("key.p12");
        TestParties.leaf(KeyAlgorithm.SM2).create(file, PASSWORD);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aKeyFileIsNeverOverwrittenByANewOne() throws Exception {
        Path file = folder.resolve("key.p12");
        TestParties.leaf(KeyAlgorithm.SM2).create(file, PASSWORD);
        assertThrows(
                FileAlreadyExistsException.class,
                () -> TestParties.leaf(KeyAlgorithm.P256).create(file, PASSWORD));
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateComesToAKeyThatNeverLeft(KeyAlgorithm algorithm) throws Exception {
        Path file = folder.resolve("key.p12");
        KeyFile fresh = KeyFile.generate(algorithm, "某市公安局办案系统", TestParties.FROM, TestParties.TO);
        fresh.create(file, PASSWORD);
        CertificateRequest request = Pem.request(Pem.ofRequest(fresh.request()));
        X509Certificate issued =
                TestParties.authority(algorithm.suite()).issue(request, TestParties.FROM, TestParties.TO);
        KeyFile.open(file, PASSWORD).withCertificate(issued).replace(file, PASSWORD);
        assertEquals(
                VerificationKey.of(issued).keyId(),
                KeyFile.open(file, PASSWORD).signer().keyId());
    }

    @Test
    void aCertificateForAnotherKeyIsRefused() {
        X509Certificate other = TestParties.fresh(KeyAlgorithm.P256, "other").certificate();
        assertThrows(
                IllegalArgumentException.class,
                () -> TestParties.leaf(KeyAlgorithm.P256).withCertificate(other));
    }

    @Test
    void aRequestSignedByAnotherKeyIsRefused() throws Exception {
        byte[] der = TestParties.leaf(KeyAlgorithm.SM2).request().der();
        der[der.length - 1] ^= 1;
        assertThrows(IllegalArgumentException.class, () -> CertificateRequest.of(der));
    }

    /** Found by fuzzing: Bouncy Castle reads such requests and certificates, and fails when they are used. */
    @Test
    void bitsThatAreNoWholeBytesAreRefused() throws Exception {
        byte[] request = TestParties.leaf(KeyAlgorithm.SM2).request().der();
        request[lastBitString(request, request.length) + 2] = 1;
        request[request.length - 1] &= ~1;
        assertThrows(IllegalArgumentException.class, () -> CertificateRequest.of(request));
        byte[] der = Certificates.der(TestParties.leaf(KeyAlgorithm.SM2).certificate());
        der[keyBits(der)] = 1;
        der[keyBits(der) + 65] &= ~1;
        X509Certificate certificate = Pem.certificate(der);
        assertThrows(IllegalArgumentException.class, () -> VerificationKey.of(certificate));
        assertThrows(IllegalArgumentException.class, () -> BareKey.of(certificate));
    }

    /** Where the BIT STRING before the end begins: the signature. */
    private static int lastBitString(byte[] der, int end) {
        for (int at = end - 3; ; at--) {
            if (der[at] == 3 && at + 2 + (der[at + 1] & 0xff) == end && der[at + 2] == 0) {
                return at;
            }
        }
    }

    /** Where the count of unused bits of an uncompressed point stands: {@code 03 42 00 04}. */
    private static int keyBits(byte[] der) {
        for (int at = 0; ; at++) {
            if (der[at] == 3 && der[at + 1] == 0x42 && der[at + 2] <= 1 && der[at + 3] == 4) {
                return at + 2;
            }
        }
    }

    @Test
    void anAuthorityRefusesKeysOfAnotherSuite() {
        CertificateRequest request = TestParties.leaf(KeyAlgorithm.P256).request();
        assertThrows(
                IllegalArgumentException.class,
                () -> TestParties.authority(Suite.GM).issue(request, TestParties.FROM, TestParties.TO));
    }

    @Test
    void anAuthorityGoesOnFromItsFile() throws Exception {
        Path file = folder.resolve("root.p12");
        TestParties.authority(Suite.GM).keyFile().create(file, PASSWORD);
        KeyFile leaf = DemonstrationAuthority.of(KeyFile.open(file, PASSWORD))
                .issue(KeyAlgorithm.SM2, "later", TestParties.FROM, TestParties.TO);
        assertEquals(CertificateTrust.TRUSTED, CertificateTrust.issuedBy(leaf.certificate(), roots(), TestParties.NOW));
    }

    @Test
    void aLeafIsNoAuthority() {
        assertThrows(
                IllegalArgumentException.class, () -> DemonstrationAuthority.of(TestParties.leaf(KeyAlgorithm.SM2)));
    }

    @ParameterizedTest
    @EnumSource
    void anIssuedLeafIsTrusted(KeyAlgorithm algorithm) {
        assertEquals(CertificateTrust.TRUSTED, trust(TestParties.leaf(algorithm).certificate(), TestParties.NOW));
    }

    @Test
    void aLeafIsNotTrustedBeforeItsTime() {
        X509Certificate leaf = TestParties.authority(Suite.GM)
                .issue(KeyAlgorithm.SM2, "later", TestParties.NOW.plusSeconds(1), TestParties.TO)
                .certificate();
        assertEquals(CertificateTrust.NOT_YET_VALID, trust(leaf, TestParties.NOW));
    }

    @Test
    void aLeafIsNotTrustedAfterItsTime() {
        X509Certificate leaf = TestParties.authority(Suite.GM)
                .issue(KeyAlgorithm.SM2, "earlier", TestParties.FROM, TestParties.NOW.minusSeconds(1))
                .certificate();
        assertEquals(CertificateTrust.EXPIRED, trust(leaf, TestParties.NOW));
    }

    @ParameterizedTest
    @EnumSource
    void aSelfSignedLeafIsNotTrusted(KeyAlgorithm algorithm) {
        KeyFile own = KeyFile.generate(algorithm, "own", TestParties.FROM, TestParties.TO);
        assertEquals(CertificateTrust.UNKNOWN_ISSUER, trust(own.certificate(), TestParties.NOW));
    }

    @Test
    void aLeafOfAnotherRootOfTheSameNameIsNotTrusted() {
        X509Certificate leaf = DemonstrationAuthority.create(Suite.GM, TestParties.FROM, TestParties.TO)
                .issue(KeyAlgorithm.SM2, "impostor", TestParties.FROM, TestParties.TO)
                .certificate();
        assertEquals(CertificateTrust.UNKNOWN_ISSUER, trust(leaf, TestParties.NOW));
    }

    @Test
    void anExpiredRootGivesNoTrust() {
        DemonstrationAuthority old =
                DemonstrationAuthority.create(Suite.GM, TestParties.FROM, TestParties.NOW.minusSeconds(1));
        X509Certificate leaf = old.issue(KeyAlgorithm.SM2, "leaf", TestParties.FROM, TestParties.TO)
                .certificate();
        assertEquals(
                CertificateTrust.UNKNOWN_ISSUER, CertificateTrust.issuedBy(leaf, List.of(old.root()), TestParties.NOW));
    }

    @Test
    void aLeafGivesNoTrustToAnother() {
        KeyFile leaf = TestParties.leaf(KeyAlgorithm.SM2);
        KeyFile child = KeyFile.generate(KeyAlgorithm.SM2, "child", TestParties.FROM, TestParties.TO);
        var info = org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(
                Certificates.publicKeyInfo(child.certificate()));
        X509Certificate signed = Certificates.sign(
                new Certificates.Content(
                        Certificates.named("child"), info, Certificates.Use.SIGNING, TestParties.FROM, TestParties.TO),
                Certificates.subject(leaf.certificate()),
                info,
                Certificates.contentSigner(KeyAlgorithm.SM2, leaf.privateKey()));
        assertEquals(
                CertificateTrust.UNKNOWN_ISSUER,
                CertificateTrust.issuedBy(signed, List.of(leaf.certificate()), TestParties.NOW));
    }

    @Test
    void aRootMayNotSignExchanges() {
        assertEquals(
                CertificateTrust.NOT_FOR_SIGNING,
                trust(TestParties.authority(Suite.GM).root(), TestParties.NOW));
    }

    @Test
    void anRsaCertificateIsNotSupported() throws Exception {
        OpenSsl.must(
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=rsa",
                "-keyout",
                folder.resolve("rsa.key").toString(),
                "-out",
                folder.resolve("rsa.pem").toString());
        X509Certificate rsa = Pem.certificate(Files.readString(folder.resolve("rsa.pem")));
        assertEquals(CertificateTrust.UNSUPPORTED_KEY, trust(rsa, TestParties.NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIB",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            })
    void whatIsNoCertificateIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Pem.certificate(text));
    }

    @Test
    void aCertificateSurvivesPem() {
        X509Certificate certificate = TestParties.leaf(KeyAlgorithm.SM2).certificate();
        assertEquals(certificate, Pem.certificate(Pem.ofCertificate(certificate)));
    }

    private static List<X509Certificate> roots() {
        return List.of(
                TestParties.authority(Suite.GM).root(),
                TestParties.authority(Suite.INTL).root());
    }

    private static CertificateTrust trust(X509Certificate leaf, Instant at) {
        return CertificateTrust.issuedBy(leaf, roots(), at);
    }
}
