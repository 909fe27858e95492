package org.xietong.evidence.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.CmsSignature;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.VerifierKey;
import org.xietong.evidence.WitnessKey;

/** {@code verify.sh}, run by a shell and openssl: what nobody here wrote accepts a bundle, and refuses what was changed in it. */
class VerifyScriptTest {
    @TempDir
    Path folder;

    @TempDir
    Path outside;

    private record Outcome(int code, String text) {}

    @BeforeAll
    static void needsOpenSsl() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not here");
    }

    @Test
    void acceptsAGoodBundle() throws Exception {
        Outcome outcome = run(TestBundle.unzip(new TestBundle().zip()));
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("见证 witnesses 2"), outcome.text());
        assertTrue(outcome.text().contains("timestamps/checkpoint-sm3.tsr: Nov 22 08:00:30 2026"), outcome.text());
    }

    @Test
    void saysThatNobodyNamedThePlatform() throws Exception {
        Outcome outcome = run(TestBundle.unzip(new TestBundle().zip()), "-t", roots());
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("未给出平台证书"), outcome.text());
        assertTrue(outcome.text().contains("no certificates of the platform given"), outcome.text());
        assertFalse(outcome.text().contains("all is well"), outcome.text());
    }

    @Test
    void knowsThePlatformByItsCertificatesOrTheirDigests() throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        Outcome outcome = run(files, "-t", roots(), "-p", platform(TestBundle.platform()));
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("all is well"), outcome.text());
        Path digest = Files.writeString(
                outside.resolve("digest"),
                VerificationKey.of(TestBundle.platform().getFirst()).keyId().toUpperCase(Locale.ROOT) + "\r\n");
        String sm2 = platform(List.of(TestBundle.platform().getLast()));
        outcome = run(files, "-p", digest.toString(), "-p", sm2, "-t", roots());
        assertEquals(0, outcome.code(), outcome.text());
        Path nothing = Files.writeString(outside.resolve("nothing"), "no certificate\n");
        assertEquals(2, run(files, "-p", nothing.toString()).code());
        assertEquals(2, run(files, "-p", sm2, "-p", nothing.toString()).code(), "each file names somebody");
        String spoken = TestBundle.platform().stream()
                .map(each -> "subject=platform\n\n" + Pem.ofCertificate(each) + "\nissuer=city\n")
                .collect(Collectors.joining());
        Path printed = Files.writeString(outside.resolve("printed"), spoken);
        outcome = run(files, "-t", roots(), "-p", printed.toString());
        assertEquals(0, outcome.code(), outcome.text());
    }

    /** Two members of the platform's authorities pack a bundle; in the second the manifest is the platform's in one suite alone. */
    @Test
    void aManifestSignedByOtherMembersOfTheAuthoritiesIsNotThePlatforms() throws Exception {
        KeyFile member = TestParties.leaf(KeyAlgorithm.P256);
        KeyFile memberSm2 = TestParties.leaf(KeyAlgorithm.SM2);
        TreeMap<String, byte[]> forged = TestBundle.unzip(new TestBundle().zip(member, memberSm2));
        assertEquals(0, run(forged, "-t", roots()).code(), "the roots alone do not tell them apart");
        refuses(run(forged, "-t", roots(), "-p", platform(TestBundle.platform())), "manifest.p7s");
        String half =
                platform(List.of(member.certificate(), TestBundle.platform().getLast()));
        refuses(run(forged, "-t", roots(), "-p", half), "manifest.sm2.sig");
    }

    @Test
    void anAnswerSignedByAnotherMemberIsNotThePlatforms() throws Exception {
        KeyFile packer = TestParties.leaf(KeyAlgorithm.P256);
        TreeMap<String, byte[]> files =
                TestBundle.unzip(new TestBundle().zip(packer, TestParties.leaf(KeyAlgorithm.SM2)));
        String known = platform(
                List.of(packer.certificate(), TestParties.leaf(KeyAlgorithm.SM2).certificate()));
        refuses(run(files, "-t", roots(), "-p", known), "response.sigbase");
    }

    /** The signature in CMS is by a certificate beside the one that the manifest names. */
    @Test
    void refusesASignerWhomTheManifestDoesNotName() throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.put(
                BundlePath.MANIFEST_CMS,
                CmsSignature.sign(
                        files.get(BundlePath.MANIFEST),
                        TestParties.signer(KeyAlgorithm.P256),
                        TestParties.NOW.plusSeconds(3600)));
        refuses(run(files, "-t", roots(), "-p", platform(TestBundle.platform())), "manifest.p7s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.txt",
                "manifest.p7s",
                "manifest.sm2.sig",
                "checkpoints/checkpoint.txt",
                "exchanges/" + TestBundle.ID + "/request.body",
                "timestamps/checkpoint.tsr"
            })
    void refusesAChangedFile(String path) throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.computeIfPresent(path, (name, bytes) -> changed(bytes));
        refuses(run(files), path);
    }

    @Test
    void refusesAMissingAndAnAddedFile() throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.put("exchanges/more.txt", new byte[0]);
        refuses(run(files), "exchanges/more.txt");
        files.remove("exchanges/more.txt");
        Files.delete(folder.resolve("exchanges/more.txt"));
        Files.delete(folder.resolve("README.txt"));
        files.remove("README.txt");
        refuses(run(files), "README.txt");
    }

    /** The platform itself packs what does not fit: its manifest is right, and what it proves is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "parts/decision.json",
                "parts/changed-1.salt",
                "request.body",
                "request.sig",
                "officer.sig",
                "response.sig",
                "request.sigbase"
            })
    void refusesWhatDoesNotFitUnderATrueManifest(String file) throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.put(file, changed(bundle.get(file)));
        assertEquals(1, run(TestBundle.unzip(bundle.zip())).code());
    }

    @Test
    void refusesAnEntryThatIsNotInTheTree() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.put("inclusion-sm3.tlog-proof", bundle.log.proof(TreeHash.SM3, 6).encode());
        refuses(run(TestBundle.unzip(bundle.zip())), "inclusion-sm3.tlog-proof");
    }

    /** The reader's file names a key in use that the bundle says is withdrawn; the verifier in Java counts as many. */
    @Test
    void whatTheBundleSaysIsWithdrawnCountsNoMore() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.files.put(
                BundlePath.WITNESSES,
                (WitnessKey.withdrawn(TestLog.COURT.verifierKey()) + "\n"
                                + WitnessKey.of(TestLog.PROCURATORATE.verifierKey()) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        countsOneWitness(bundle, "", TestLog.trusted());
    }

    /** As written by an editor that ends lines with both characters, and with the key in use on a line of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"%s withdrawn\r\n", "%1$s\n%1$s withdrawn\n", "%1$s withdrawn\r\n%1$s\r\n", "%s withdrawn"})
    void whatTheReaderSaysIsWithdrawnCountsNoMore(String court) throws Exception {
        VerifierKey key = TestLog.COURT.verifierKey();
        countsOneWitness(
                new TestBundle(),
                court.formatted(key),
                List.of(
                        WitnessKey.of(TestLog.PROCURATORATE.verifierKey()),
                        WitnessKey.of(key),
                        WitnessKey.withdrawn(key)));
    }

    /** @param court of the reader's file; where empty, its key in use */
    private void countsOneWitness(TestBundle bundle, String court, List<WitnessKey> witnesses) throws Exception {
        byte[] zip = bundle.zip();
        StringBuilder keys = new StringBuilder();
        for (NoteSigner each :
                List.of(TestLog.ED25519, TestLog.SM2, TestLog.ED25519_SM3, TestLog.SM2_SM3, TestLog.PROCURATORATE)) {
            keys.append(each.verifierKey()).append("\r\n");
        }
        keys.append(court.isEmpty() ? TestLog.COURT.verifierKey() + "\n" : court);
        Path file = Files.writeString(outside.resolve("vkeys"), keys);
        Outcome outcome = run(TestBundle.unzip(zip), "-k", file.toString());
        assertEquals(0, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("见证 witnesses 1"), outcome.text());
        assertFalse(outcome.text().contains("见证 witnesses 2"), outcome.text());
        Path packed = Files.write(outside.resolve("bundle.zip"), zip);
        for (int quorum = 1; quorum <= 2; quorum++) {
            Report java =
                    BundleCheck.check(packed, new Trust(List.of(), witnesses, quorum, List.of(), TestParties.NOW));
            assertEquals(quorum == 1, java.accepted(), java.lines().toString());
        }
    }

    /** Near the end: in the middle of a CMS signature lies a certificate, which openssl takes from beside it as well. */
    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length - 8] ^= 1;
        return changed;
    }

    private String roots() throws IOException {
        return pem(
                "roots.pem",
                Stream.of(Suite.values())
                        .map(suite -> TestParties.authority(suite).root())
                        .toList());
    }

    private String platform(List<X509Certificate> certificates) throws IOException {
        return pem("platform-" + certificates.hashCode() + ".pem", certificates);
    }

    private String pem(String name, List<X509Certificate> certificates) throws IOException {
        return Files.writeString(
                        outside.resolve(name),
                        certificates.stream().map(Pem::ofCertificate).collect(Collectors.joining()))
                .toString();
    }

    private static void refuses(Outcome outcome, String file) {
        assertEquals(1, outcome.code(), outcome.text());
        assertTrue(outcome.text().contains("FAULT"), outcome.text());
        assertTrue(outcome.text().contains(file), outcome.text());
    }

    private Outcome run(TreeMap<String, byte[]> files, String... options) throws IOException, InterruptedException {
        TestBundle.unpack(files, folder);
        List<String> command =
                new ArrayList<>(List.of("sh", folder.resolve("verify.sh").toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
