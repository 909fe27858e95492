package org.xietong.evidence.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.Checkpoint;
import org.xietong.evidence.InclusionProof;
import org.xietong.evidence.NoteSigner;
import org.xietong.evidence.SignatureType;
import org.xietong.evidence.SignedCheckpoint;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;
import org.xietong.evidence.WitnessKey;

/** One fault each: what a bundle's verifier says of it. */
class BundleCheckTest {
    private static final Instant SOON = TestParties.NOW.plus(Duration.ofDays(1));
    private static final Instant TEN_YEARS_ON = Instant.parse("2036-11-22T08:00:00Z");

    @TempDir
    Path folder;

    @Test
    void acceptsAGoodBundle() throws Exception {
        Report report = check(new TestBundle().zip(), full(SOON));
        assertEquals(Optional.empty(), report.fault());
        assertEquals(5, report.checked(Checked.SIGNATURES), "system, officer, platform, and two on the manifest");
        assertEquals(5, report.checked(Checked.PARTS));
        assertEquals(2, report.checked(Checked.TIMESTAMPS));
        assertEquals(2, report.checked(Checked.PROOFS));
        assertEquals(4, report.checked(Checked.COSIGNATURES));
        assertEquals(Set.of(Remark.REVOCATION_NOT_CHECKED), report.remarks());
    }

    @Test
    void saysWhatItTookFromTheBundleItself() throws Exception {
        Report report = check(new TestBundle().zip(), Trust.none(SOON));
        assertTrue(report.accepted());
        assertTrue(report.remarks()
                .containsAll(Set.of(
                        Remark.KEYS_FROM_EVIDENCE,
                        Remark.ROOTS_FROM_EVIDENCE,
                        Remark.WITNESSES_NOT_GIVEN,
                        Remark.PLATFORM_NOT_GIVEN)));
    }

    /** Of another member of the platform's authorities nothing but the platform's own certificates tells. */
    @Test
    void refusesManifestAndAnswerOfAnotherMemberOfTheAuthorities() throws Exception {
        KeyFile member = TestParties.leaf(KeyAlgorithm.P256);
        KeyFile memberSm2 = TestParties.leaf(KeyAlgorithm.SM2);
        byte[] forged = new TestBundle().zip(member, memberSm2);
        assertTrue(check(forged, named(Set.of())).accepted());
        refuses(forged, full(SOON), Fault.NOT_THE_PLATFORM, BundlePath.MANIFEST_CMS);
        refuses(
                forged,
                named(keyIds(List.of(member.certificate(), TestBundle.platform().getLast()))),
                Fault.NOT_THE_PLATFORM,
                BundlePath.MANIFEST_SM2);
        refuses(
                forged,
                named(keyIds(List.of(member.certificate(), memberSm2.certificate()))),
                Fault.NOT_THE_PLATFORM,
                "response.sigbase");
    }

    private static Trust named(Set<String> platform) {
        Trust full = full(SOON);
        return new Trust(full.keys(), full.witnesses(), full.quorum(), full.roots(), platform, SOON);
    }

    @Test
    void acceptsInTenYearsByTheTimeStamp() throws Exception {
        Report report = check(new TestBundle().zip(), full(TEN_YEARS_ON));
        assertEquals(Optional.empty(), report.fault());
        assertTrue(report.remarks().contains(Remark.MANIFEST_EXPIRED));
    }

    @Test
    void acceptsInTenYearsByTheWitnessesWhereNoAuthorityAnswered() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.files.keySet().removeIf(name -> name.startsWith("timestamps/"));
        Report report = check(bundle.zip(), full(TEN_YEARS_ON));
        assertEquals(Optional.empty(), report.fault());
        assertTrue(report.remarks().contains(Remark.NO_TIMESTAMP));
        refuses(
                bundle.zip(),
                new Trust(TestLog.keys(), List.of(), 0, full(SOON).roots(), TEN_YEARS_ON),
                Fault.CERTIFICATE_EXPIRED,
                "certificates/");
    }

    @Test
    void refusesATimeStampFromAfterTheCertificatesEnd() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.stamp(TestBundle.END_OF_LEAVES.plusSeconds(1));
        refuses(bundle.zip(), full(TEN_YEARS_ON), Fault.CERTIFICATE_EXPIRED, "certificates/");
    }

    @Test
    void refusesATimeStampFromBeforeTheEntry() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.stamp(TestParties.NOW.minusSeconds(3600));
        refuses(bundle.zip(), full(SOON), Fault.TIME_CONTRADICTS, "entry.json");
    }

    @Test
    void refusesWhoWasRevokedBeforeHeSignedAndTakesWhoWasRevokedLater() throws Exception {
        TestBundle bundle = new TestBundle();
        var officer = TestBundle.officer();
        bundle.revocations(Map.of(officer.getSerialNumber(), TestParties.NOW.plusSeconds(60)));
        assertEquals(Optional.empty(), check(bundle.zip(), full(SOON)).fault());
        bundle.revocations(Map.of(officer.getSerialNumber(), TestParties.NOW.minusSeconds(60)));
        refuses(bundle.zip(), full(SOON), Fault.CERTIFICATE_REVOKED, "certificates/");
    }

    @Test
    void looksRevocationUpForAllWhereTheListsAreThere() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.revocations(Map.of());
        assertEquals(Set.of(), check(bundle.zip(), full(SOON)).remarks());
    }

    @Test
    void refusesOthersRoots() throws Exception {
        var stranger = org.xietong.crypto.DemonstrationAuthority.create(Suite.GM, TestParties.FROM, TestParties.TO);
        Trust trust = new Trust(TestLog.keys(), List.of(), 0, List.of(stranger.root()), SOON);
        refuses(new TestBundle().zip(), trust, Fault.CERTIFICATE_UNTRUSTED, "certificates/");
    }

    @Test
    void refusesAnotherLogsKey() throws Exception {
        Trust trust = new Trust(
                List.of(TestLog.OTHER.verifierKey()), List.of(), 0, full(SOON).roots(), SOON);
        refuses(new TestBundle().zip(), trust, Fault.CHECKPOINT_SIGNATURE, BundlePath.CHECKPOINT);
    }

    @Test
    void asksForTheQuorum() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.files.put(
                BundlePath.CHECKPOINT,
                bundle.log
                        .checkpoint(TreeHash.SHA_256)
                        .with(TestLog.COURT.cosign(
                                bundle.log.checkpoint(TreeHash.SHA_256).checkpoint(), TestLog.COSIGNED_AT))
                        .encode());
        refuses(bundle.zip(), full(SOON), Fault.QUORUM, BundlePath.CHECKPOINT);
        Trust one = new Trust(TestLog.keys(), TestLog.trusted(), 1, full(SOON).roots(), SOON);
        assertEquals(Optional.empty(), check(bundle.zip(), one).fault());
    }

    /** The court's key was replaced: what it cosigned before counts, what somebody cosigned with it afterwards does not. */
    @Test
    void aFormerKeyOfAWitnessCountsInItsTime() throws Exception {
        Instant cosigned = Instant.ofEpochSecond(TestLog.COSIGNED_AT);
        byte[] zip = new TestBundle().zip();
        assertEquals(
                Optional.empty(),
                check(zip, courtsKey(WitnessKey.former(TestLog.COURT.verifierKey(), cosigned)))
                        .fault());
        refuses(
                zip,
                courtsKey(WitnessKey.former(TestLog.COURT.verifierKey(), cosigned.minusSeconds(1))),
                Fault.QUORUM,
                BundlePath.CHECKPOINT);
    }

    @Test
    void aWithdrawnKeyOfAWitnessCountsNoMore() throws Exception {
        TestBundle bundle = new TestBundle();
        Report report = check(bundle.zip(), courtsKey(WitnessKey.withdrawn(TestLog.COURT.verifierKey())));
        assertEquals(Fault.QUORUM, report.fault().orElseThrow().fault());
        assertTrue(report.remarks().contains(Remark.WITNESS_WITHDRAWN));
        bundle.files.put(
                BundlePath.WITNESSES,
                (TestLog.PROCURATORATE.verifierKey() + "\n" + TestLog.COURT.verifierKey() + " withdrawn\n")
                        .getBytes(StandardCharsets.UTF_8));
        refuses(bundle.zip(), full(SOON), Fault.QUORUM, BundlePath.CHECKPOINT);
    }

    @Test
    void twoKeysOfOneWitnessAreOneWitness() throws Exception {
        NoteSigner next = NoteSigner.of(
                TestLog.COURT.verifierKey().name(),
                SignatureType.COSIGNATURE_V1,
                TestParties.fresh(KeyAlgorithm.ED25519, "next").signer());
        TestBundle bundle = new TestBundle();
        for (TreeHash tree : TreeHash.values()) {
            SignedCheckpoint own = bundle.log.checkpoint(tree);
            bundle.files.put(
                    tree == TreeHash.SM3 ? BundlePath.CHECKPOINT_SM3 : BundlePath.CHECKPOINT,
                    own.with(TestLog.COURT.cosign(own.checkpoint(), TestLog.COSIGNED_AT))
                            .with(next.cosign(own.checkpoint(), TestLog.COSIGNED_AT))
                            .encode());
        }
        List<WitnessKey> all = new ArrayList<>(TestLog.trusted());
        all.add(WitnessKey.of(next.verifierKey()));
        Trust two = new Trust(TestLog.keys(), all, 2, full(SOON).roots(), SOON);
        refuses(bundle.zip(), two, Fault.QUORUM, BundlePath.CHECKPOINT);
        Trust one = new Trust(TestLog.keys(), all, 1, full(SOON).roots(), SOON);
        assertEquals(Optional.empty(), check(bundle.zip(), one).fault());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Trust(TestLog.keys(), all, 3, full(SOON).roots(), SOON));
    }

    private static Trust courtsKey(WitnessKey court) {
        return new Trust(
                TestLog.keys(),
                List.of(WitnessKey.of(TestLog.PROCURATORATE.verifierKey()), court),
                2,
                full(SOON).roots(),
                SOON);
    }

    /** An authority with a root of its own, whose certificate the reader of the bundle alone does not have. */
    @Test
    void takesTheTimeOfAnAuthorityWhoseRootTheBundleHoldsWhereTheReaderNamesNone() throws Exception {
        var other = DemonstrationAuthority.create(Suite.INTL, TestParties.FROM, TestParties.TO);
        TestBundle bundle = new TestBundle();
        bundle.stamp(other, TestParties.NOW.plusSeconds(30));
        refuses(bundle.zip(), Trust.none(SOON), Fault.TIMESTAMP, "timestamps/");
        bundle.files.put(
                BundlePath.TIME_AUTHORITIES, Pem.ofCertificate(other.root()).getBytes(StandardCharsets.UTF_8));
        Report report = check(bundle.zip(), Trust.none(SOON));
        assertEquals(Optional.empty(), report.fault());
        assertEquals(2, report.checked(Checked.TIMESTAMPS));
        refuses(bundle.zip(), full(SOON), Fault.TIMESTAMP, "timestamps/");
    }

    static Stream<Arguments> changesAfterPacking() {
        return Stream.of(
                arguments("README.txt", Fault.FILE_CHANGED),
                arguments("exchanges/" + TestBundle.ID + "/entry.json", Fault.FILE_CHANGED),
                arguments("manifest.p7s", Fault.MANIFEST_SIGNATURE),
                arguments("manifest.sm2.sig", Fault.MANIFEST_SIGNATURE),
                arguments("timestamps/checkpoint.tsr", Fault.FILE_CHANGED));
    }

    @ParameterizedTest
    @MethodSource
    void changesAfterPacking(String path, Fault fault) throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.computeIfPresent(path, (name, bytes) -> changed(bytes));
        refuses(TestBundle.repack(files), full(SOON), fault, path);
        files.remove(path);
        refuses(TestBundle.repack(files), full(SOON), Fault.FILE_MISSING, path);
    }

    @Test
    void refusesAnAddedFile() throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.put("exchanges/more.txt", new byte[0]);
        refuses(TestBundle.repack(files), full(SOON), Fault.FILE_ADDED, "exchanges/more.txt");
    }

    static Stream<Arguments> underATrueManifest() {
        return Stream.of(
                lie("parts/decision.json", Fault.PART_DIGEST, change("parts/decision.json")),
                lie("parts/changed-1.json", Fault.PART_DIGEST, change("parts/changed-1.salt")),
                lie("parts/decision.salt", Fault.FILE_MISSING, b -> b.files.remove(path("parts/decision.salt"))),
                lie("parts/other.salt", Fault.FILE_MISSING, b -> b.put("parts/other.json", new byte[] {'{', '}'})),
                lie("entry.json", Fault.ENTRY_FORM, b -> b.put("entry.json", append(b.get("entry.json"), ' '))),
                lie("entry.json", Fault.ENTRY_ID, b -> b.put("entry.json", TestLog.entry(1, "COURT-421200"))),
                lie("request.sig", Fault.SIGNATURE, change("request.sig")),
                lie("officer.sig", Fault.SIGNATURE, change("officer.sig")),
                lie("response.sig", Fault.SIGNATURE, change("response.sig")),
                lie(
                        "request.sig",
                        Fault.SIGNATURE,
                        b -> b.put("request.sigbase", replaced(b, "/v1/clues", "/v1/other"))),
                lie(
                        "request.sigbase",
                        Fault.SIGNATURE_BASE,
                        b -> b.put("request.sigbase", append(b.get("request.sigbase"), '\n'))),
                lie("request.body", Fault.BODY_DIGEST, change("request.body")),
                lie("inclusion.tlog-proof", Fault.FILE_MISSING, b -> b.files.remove(path("inclusion.tlog-proof"))),
                lie("inclusion.tlog-proof", Fault.INCLUSION, b -> b.put("inclusion.tlog-proof", moved(b))),
                lie(
                        "inclusion-sm3.tlog-proof",
                        Fault.INCLUSION,
                        b -> b.put(
                                "inclusion-sm3.tlog-proof",
                                b.log.proof(TreeHash.SM3, 6).encode())),
                lie(
                        "inclusion-sm3.tlog-proof",
                        Fault.MALFORMED,
                        b -> b.put("inclusion-sm3.tlog-proof", new byte[] {'x'})));
    }

    private static Arguments lie(String file, Fault fault, Consumer<TestBundle> change) {
        return arguments(file, fault, change);
    }

    /** The platform itself packs and signs what does not fit. */
    @ParameterizedTest(name = "{1} {0}")
    @MethodSource
    void underATrueManifest(String file, Fault fault, Consumer<TestBundle> change) throws Exception {
        TestBundle bundle = new TestBundle();
        change.accept(bundle);
        refuses(bundle.zip(), full(SOON), fault, file);
    }

    @Test
    void refusesAnotherRequestUnderTheSameAnswer() throws Exception {
        TestBundle bundle = new TestBundle();
        TestBundle other = new TestBundle();
        bundle.put("request.sigbase", other.get("request.sigbase"));
        bundle.put("request.sig", other.get("request.sig"));
        refuses(bundle.zip(), full(SOON), Fault.REQUEST_OTHER, "request.json");
        bundle.files.keySet().removeIf(name -> name.contains("/parts/request."));
        refuses(bundle.zip(), full(SOON), Fault.RESPONSE_OTHER, "response.sigbase");
    }

    @Test
    void refusesACheckpointThatTheLogDidNotSign() throws Exception {
        TestBundle bundle = new TestBundle();
        Checkpoint forged = new Checkpoint(TestLog.ORIGIN, 300, new byte[32]);
        bundle.files.put(
                BundlePath.CHECKPOINT,
                (forged.text()
                                + new String(bundle.files.get(BundlePath.CHECKPOINT), StandardCharsets.UTF_8)
                                        .substring(new String(
                                                                bundle.files.get(BundlePath.CHECKPOINT),
                                                                StandardCharsets.UTF_8)
                                                        .indexOf("\n\n")
                                                + 1))
                        .getBytes(StandardCharsets.UTF_8));
        refuses(bundle.zip(), full(SOON), Fault.CHECKPOINT_SIGNATURE, BundlePath.CHECKPOINT);
    }

    @Test
    void refusesAForkThatTheLogSigned() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.files.put(
                BundlePath.CHECKPOINT,
                TestLog.cosigned(TestLog.signed(new Checkpoint(TestLog.ORIGIN, 300, new byte[32])))
                        .encode());
        refuses(bundle.zip(), full(SOON), Fault.FORKED, "inclusion.tlog-proof");
    }

    @Test
    void refusesTreesOfUnequalSize() throws Exception {
        TestBundle bundle = new TestBundle();
        bundle.files.put(
                BundlePath.CHECKPOINT_SM3,
                TestLog.signed(new Checkpoint(TestLog.ORIGIN + "/sm3", 301, new byte[32]))
                        .encode());
        refuses(bundle.zip(), full(SOON), Fault.CHECKPOINT_PAIR, BundlePath.CHECKPOINT_SM3);
    }

    @Test
    void refusesATimeStampOverSomethingElse() throws Exception {
        TestBundle bundle = new TestBundle();
        TestBundle other = new TestBundle();
        bundle.files.put("timestamps/checkpoint.tsr", other.files.get("timestamps/checkpoint.tsr"));
        refuses(bundle.zip(), full(SOON), Fault.TIMESTAMP, "timestamps/checkpoint.tsr");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escape.txt",
                "/etc/passwd",
                "a//b",
                "exchanges/../README.txt",
                "C:\\x",
                "a\u001b[2J",
                ".hidden"
            })
    void refusesNamesThatLeadElsewhere(String name) throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.put(name, new byte[0]);
        Report report = check(TestBundle.repack(files), full(SOON));
        assertEquals(Fault.FILE_NAME, report.fault().orElseThrow().fault());
        assertTrue(report.lines().stream().noneMatch(line -> line.contains("\u001b")));
    }

    @Test
    void refusesAFileTwice() throws Exception {
        TreeMap<String, byte[]> files = TestBundle.unzip(new TestBundle().zip());
        files.put("README.tx2", files.get("README.txt"));
        byte[] zip = TestBundle.repack(files);
        byte[] from = "README.tx2".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + from.length <= zip.length; i++) {
            if (Arrays.equals(zip, i, i + from.length, from, 0, from.length)) {
                zip[i + from.length - 1] = 't';
            }
        }
        refuses(zip, full(SOON), Fault.FILE_TWICE, "README.txt");
    }

    @Test
    void refusesAZipBombWithoutUnpackingIt() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("manifest.json"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                zip.write(zeros);
            }
        }
        refuses(out.toByteArray(), full(SOON), Fault.TOO_LARGE, "manifest.json");
    }

    @Test
    void refusesWhatIsNoBundle() throws Exception {
        refuses(new byte[0], full(SOON), Fault.NOT_A_BUNDLE, "bundle.zip");
        refuses("no zip".getBytes(StandardCharsets.US_ASCII), full(SOON), Fault.NOT_A_BUNDLE, "bundle.zip");
        refuses(TestBundle.repack(Map.of("a", new byte[0])), full(SOON), Fault.NOT_A_BUNDLE, "manifest.json");
        refuses(
                TestBundle.repack(Map.of("manifest.json", "[".repeat(100_000).getBytes(StandardCharsets.US_ASCII))),
                full(SOON),
                Fault.MALFORMED,
                "manifest.json");
    }

    private static Consumer<TestBundle> change(String file) {
        return bundle -> bundle.put(file, changed(bundle.get(file)));
    }

    private static String path(String file) {
        return BundlePath.ofExchange(TestBundle.ID, file);
    }

    /** Says another index than the one that it proves. */
    private static byte[] moved(TestBundle bundle) {
        TlogProof proof = bundle.log.proof(TreeHash.SHA_256, 5);
        return new TlogProof(new InclusionProof(4, 300, proof.inclusion().path()), proof.checkpoint()).encode();
    }

    private static byte[] replaced(TestBundle bundle, String from, String to) {
        return new String(bundle.get("request.sigbase"), StandardCharsets.US_ASCII)
                .replace(from, to)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] append(byte[] bytes, char more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = (byte) more;
        return longer;
    }

    private static byte[] changed(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length - 2] ^= 1;
        return changed;
    }

    static Trust full(Instant now) {
        return new Trust(
                TestLog.keys(),
                TestLog.trusted(),
                2,
                List.of(
                        TestParties.authority(Suite.GM).root(),
                        TestParties.authority(Suite.INTL).root()),
                keyIds(TestBundle.platform()),
                now);
    }

    private static Set<String> keyIds(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> VerificationKey.of(certificate).keyId())
                .collect(Collectors.toSet());
    }

    private Report check(byte[] zip, Trust trust) throws IOException {
        return BundleCheck.check(Files.write(folder.resolve("bundle.zip"), zip), trust);
    }

    private void refuses(byte[] zip, Trust trust, Fault fault, String file) throws IOException {
        Report report = check(zip, trust);
        FaultException found = report.fault().orElseThrow(() -> new AssertionError("accepted: " + report.lines()));
        assertEquals(fault, found.fault(), found.file());
        assertTrue(found.file().contains(file), found.file());
    }
}
