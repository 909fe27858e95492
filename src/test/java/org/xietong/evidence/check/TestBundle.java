package org.xietong.evidence.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.xietong.crypto.CanonicalJson;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.DemonstrationAuthority;
import org.xietong.crypto.Digests;
import org.xietong.crypto.HttpRequest;
import org.xietong.crypto.HttpResponse;
import org.xietong.crypto.ImprintHash;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.KeyFile;
import org.xietong.crypto.MessageSignature;
import org.xietong.crypto.Nonces;
import org.xietong.crypto.Pem;
import org.xietong.crypto.RequestBinding;
import org.xietong.crypto.RequestSignatures;
import org.xietong.crypto.ResponseSignatures;
import org.xietong.crypto.Signer;
import org.xietong.crypto.Suite;
import org.xietong.crypto.TestParties;
import org.xietong.crypto.TimeStampAuthority;
import org.xietong.crypto.TimeStampException;
import org.xietong.crypto.TimeStampRequest;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundleHead;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.BundleWriter;
import org.xietong.evidence.TreeHash;

/** A bundle of one exchange from real keys, in a log of several entries. Its files can be changed before it is packed. */
public final class TestBundle {
    static final String ID = "019aa9f2-1234-7abc-8def-0123456789ab";
    static final byte[] BODY = "{\"title\":\"假冒注册商标线索\"}".getBytes(StandardCharsets.UTF_8);
    static final Instant END_OF_LEAVES = TestParties.NOW.plus(Duration.ofDays(365));
    static final KeyFile STAMPER =
            TestParties.authority(Suite.INTL).issueForTimeStamping("测试时间戳", TestParties.FROM, TestParties.TO);

    private static final int PLACE = 5;
    private static final KeyFile SYSTEM = leaf(KeyAlgorithm.SM2, "办案系统");
    private static final KeyFile OFFICER = leaf(KeyAlgorithm.P256, "办案人员某");
    private static final KeyFile PLATFORM = leaf(KeyAlgorithm.P256, "平台");
    private static final KeyFile PLATFORM_SM2 = leaf(KeyAlgorithm.SM2, "平台");

    final TreeMap<String, byte[]> files = new TreeMap<>();
    final TestLog log = new TestLog();

    private static KeyFile leaf(KeyAlgorithm algorithm, String name) {
        return TestParties.authority(algorithm.suite()).issue(algorithm, name, TestParties.FROM, END_OF_LEAVES);
    }

    public TestBundle() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("content-type", List.of("application/json"));
        headers.put("content-digest", List.of(ContentDigest.of(Suite.GM, BODY)));
        headers.put("idempotency-key", List.of("\"3f2c\""));
        HttpRequest request = new HttpRequest(
                "POST", TestParties.AUTHORITY, "/v1/clues", null, true, name -> headers.getOrDefault(name, List.of()));
        MessageSignature system = sign(request, RequestSignatures.SYSTEM, SYSTEM.signer());
        MessageSignature officer = sign(request, RequestSignatures.OFFICER, OFFICER.signer());
        headers.put("signature", List.of(MessageSignature.signature(system, officer)));
        byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> answered = Map.of(
                "content-type",
                "application/json",
                "content-digest",
                ContentDigest.of(Suite.GM, answer),
                "exchange-id",
                ID);
        MessageSignature response = ResponseSignatures.sign(
                new HttpResponse(
                        201, true, name -> answered.containsKey(name) ? List.of(answered.get(name)) : List.of()),
                RequestBinding.of(request),
                PLATFORM.signer(),
                TestParties.NOW,
                Nonces.next());
        signature("request", SYSTEM, system);
        signature("officer", OFFICER, officer);
        signature("response", PLATFORM, response);
        put("request.body", BODY);
        parts(system, officer, response);
        for (Suite suite : Suite.values()) {
            pem(TestParties.authority(suite).root());
        }
        prove();
        stamp(TestParties.NOW.plusSeconds(30));
    }

    private static MessageSignature sign(HttpRequest request, String label, Signer signer) {
        return RequestSignatures.sign(request, label, signer, TestParties.NOW, Duration.ofSeconds(120), Nonces.next());
    }

    private void signature(String name, KeyFile key, MessageSignature signature) {
        put(name + ".sigbase", signature.base());
        put(name + ".sig", key.signer().algorithm().foreignForm(signature.value()));
        pem(key.certificate());
    }

    private void pem(X509Certificate certificate) {
        files.put(
                BundlePath.certificate(VerificationKey.of(certificate).keyId()),
                Pem.ofCertificate(certificate).getBytes(StandardCharsets.UTF_8));
    }

    void put(String file, byte[] bytes) {
        files.put(BundlePath.ofExchange(ID, file), bytes);
    }

    byte[] get(String file) {
        return files.get(BundlePath.ofExchange(ID, file));
    }

    private void parts(MessageSignature system, MessageSignature officer, MessageSignature response) {
        Map<String, Object> request =
                Map.of("method", "POST", "signatures", List.of(signed("sys", system), signed("officer", officer)));
        Map<String, Object> answer = Map.of(
                "status", 201,
                "base", text(response.base()),
                "signature", Base64.getEncoder().encodeToString(response.value()));
        Map<String, Object> digests = Map.of(
                "request", part("request", 0, request),
                "decision", part("decision", 0, Map.of("outcome", "PERMIT", "rule", "某规则")),
                "disclosed", List.of(),
                "changed",
                        List.of(
                                part("changed", 0, Map.of("kind", "clue")),
                                part("changed", 1, Map.of("kind", "filing"))),
                "response", part("response", 0, answer));
        put(
                "entry.json",
                CanonicalJson.of(Map.of(
                        "v",
                        1,
                        "id",
                        ID,
                        "time",
                        "2026-11-22T08:00:00.123Z",
                        "agency",
                        "POLICE-421200",
                        "parts",
                        digests)));
    }

    private static Map<String, Object> signed(String label, MessageSignature signature) {
        return Map.of(
                "label", label,
                "base", text(signature.base()),
                "signature", Base64.getEncoder().encodeToString(signature.value()));
    }

    private String part(String name, int index, Map<String, Object> content) {
        byte[] salt =
                Arrays.copyOf(Digests.sha256(name.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) index}), 16);
        byte[] bytes = CanonicalJson.of(content);
        files.put(BundlePath.part(ID, name, index) + ".json", bytes);
        files.put(BundlePath.part(ID, name, index) + ".salt", salt);
        return Digests.hex(Digests.sha256(salt, bytes));
    }

    /** Puts the entry into the log, with others before and behind it, and proofs and checkpoints into the bundle. */
    void prove() {
        log.entries.clear();
        for (int i = 0; i < 300; i++) {
            log.entries.add(i == PLACE ? get("entry.json") : TestLog.entry(i, "COURT-421200"));
        }
        log.grow();
        put("inclusion.tlog-proof", log.proof(TreeHash.SHA_256, PLACE).encode());
        put("inclusion-sm3.tlog-proof", log.proof(TreeHash.SM3, PLACE).encode());
        files.put(
                BundlePath.CHECKPOINT,
                TestLog.cosigned(log.checkpoint(TreeHash.SHA_256)).encode());
        files.put(
                BundlePath.CHECKPOINT_SM3,
                TestLog.cosigned(log.checkpoint(TreeHash.SM3)).encode());
        files.put(
                BundlePath.VKEYS,
                (TestLog.ED25519.verifierKey() + "\n" + TestLog.SM2.verifierKey() + "\n"
                                + TestLog.ED25519_SM3.verifierKey() + "\n" + TestLog.SM2_SM3.verifierKey() + "\n"
                                + TestLog.PROCURATORATE.verifierKey() + "\n" + TestLog.COURT.verifierKey() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    void stamp(Instant at) {
        stamp(STAMPER, TestParties.authority(Suite.INTL).root(), at);
    }

    /** By an authority under another root. */
    void stamp(DemonstrationAuthority root, Instant at) {
        stamp(root.issueForTimeStamping("其他时间戳", TestParties.FROM, TestParties.TO), root.root(), at);
    }

    private void stamp(KeyFile key, X509Certificate root, Instant at) {
        TimeStampAuthority authority = new TimeStampAuthority(key.signer(), Clock.fixed(at, ZoneOffset.UTC));
        files.put("timestamps/checkpoint.tsr", token(authority, root, TreeHash.SHA_256, ImprintHash.SHA_256));
        files.put("timestamps/checkpoint-sm3.tsr", token(authority, root, TreeHash.SM3, ImprintHash.SM3));
    }

    private byte[] token(TimeStampAuthority authority, X509Certificate root, TreeHash tree, ImprintHash hash) {
        TimeStampRequest request = TimeStampRequest.over(log.checkpoint(tree).encode(), hash);
        try {
            return request.accept(authority.answer(request.der()), List.of(root))
                    .response();
        } catch (TimeStampException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate officer() {
        return OFFICER.certificate();
    }

    /** The certificates by which the platform signs manifests (first P-256, which signs answers as well, then SM2). */
    public static List<X509Certificate> platform() {
        return List.of(PLATFORM.certificate(), PLATFORM_SM2.certificate());
    }

    /** Lists of both authorities that cover the time of the exchange; these certificates stand on that of suite intl. */
    void revocations(Map<BigInteger, Instant> revoked) {
        for (Suite suite : Suite.values()) {
            files.put(
                    "certificates/" + suite.name().toLowerCase(Locale.ROOT) + ".crl",
                    TestParties.authority(suite)
                            .revocationList(
                                    1,
                                    TestParties.NOW.minusSeconds(7200),
                                    TestParties.NOW.plusSeconds(86_400),
                                    suite == Suite.INTL ? revoked : Map.of()));
        }
    }

    /** As the platform packs it: what was changed before is under its signatures. */
    public byte[] zip() {
        return zip(PLATFORM, PLATFORM_SM2);
    }

    /** As somebody packs it who signs the manifest with these. */
    byte[] zip(KeyFile p256, KeyFile sm2) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new BundleWriter(p256.signer(), sm2.signer())
                    .write(
                            new BundleHead(
                                    BundleHead.Kind.EXCHANGE, ID, TestLog.ORIGIN, TestParties.NOW.plusSeconds(3600)),
                            files,
                            out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static TreeMap<String, byte[]> unzip(byte[] zip) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    /** Packs files as they are, as somebody else would. */
    public static byte[] repack(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    public static void unpack(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
