package org.xietong.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.xietong.crypto.CanonicalJson;
import org.xietong.crypto.CmsSignature;
import org.xietong.crypto.Digests;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Signer;

/**
 * Writes an evidence bundle: a plain zip of the files given, a manifest of all of them under two signatures of the platform, and
 * what a reader needs who has nothing else, {@code README.txt} and {@code verify.sh}. The files lie in it sorted, uncompressed and
 * without times, so that the same files make the same zip but for the SM2 signature, which is random. It looks into none of the
 * files: whether they prove anything is the verifier's question.
 *
 * <p>Names, as the verifier looks for them (P-256 signatures in DER, {@link KeyAlgorithm#foreignForm}):
 *
 * <pre>
 * exchanges/&lt;id&gt;/entry.json, parts/&lt;name&gt;[-&lt;i&gt;].json and .salt (16 bytes)
 * exchanges/&lt;id&gt;/request.sigbase request.sig  officer.sigbase officer.sig  response.sigbase response.sig  request.body
 * exchanges/&lt;id&gt;/inclusion.tlog-proof inclusion-sm3.tlog-proof
 * checkpoints/checkpoint.txt checkpoint-sm3.txt vkeys.txt witnesses.txt   timestamps/*.tsr authorities.pem
 * certificates/&lt;keyid&gt;.pem *.crl
 * </pre>
 *
 * A packet has other files, {@code packet.json record.json attachments/*}, a README of its own and no script: its reader knows nobody here,
 * and whoever forges a packet writes the script in it. He gets {@code evidence/packet/verify.sh} from the operator.
 */
public final class BundleWriter {
    /** The zip format has no time before 1980; the first day of it is special to the JDK. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Signer p256;
    private final Signer sm2;

    /** @throws IllegalArgumentException unless the keys are of these algorithms */
    public BundleWriter(Signer p256, Signer sm2) {
        if (p256.algorithm() != KeyAlgorithm.P256 || sm2.algorithm() != KeyAlgorithm.SM2) {
            throw new IllegalArgumentException("a bundle is signed with P-256 and SM2");
        }
        this.p256 = p256;
        this.sm2 = sm2;
    }

    /**
     * Writes the zip and does not close the stream. The certificates of the two signers are added; their issuers' are the caller's
     * to give.
     *
     * @param files by path, none of those that are added
     * @throws IllegalArgumentException if a path is not allowed or is one of the writer's own
     */
    public void write(BundleHead head, Map<String, byte[]> files, OutputStream out) throws IOException {
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        for (Signer signer : List.of(p256, sm2)) {
            all.put(BundlePath.certificate(signer.keyId()), utf8(Pem.ofCertificate(signer.certificate())));
        }
        add(all, BundlePath.README, resource(head.kind().resource("README.txt")));
        if (head.kind() != BundleHead.Kind.PACKET) {
            add(all, BundlePath.SCRIPT, resource(head.kind().resource("verify.sh")));
        }
        byte[] manifest = manifest(head, all);
        add(all, BundlePath.MANIFEST, manifest);
        add(all, BundlePath.MANIFEST_CMS, CmsSignature.sign(manifest, p256, head.madeAt()));
        add(all, BundlePath.MANIFEST_SM2, sm2.sign(manifest));
        zip(all, out);
    }

    private static void add(SortedMap<String, byte[]> files, String path, byte[] bytes) {
        if (files.put(path, bytes) != null) {
            throw new IllegalArgumentException("the writer makes this file itself");
        }
    }

    private byte[] manifest(BundleHead head, SortedMap<String, byte[]> files) {
        List<Map<String, Object>> listed = new ArrayList<>();
        files.forEach((path, bytes) -> {
            if (!BundlePath.isAllowed(path)) {
                throw new IllegalArgumentException("not a name for a file in a bundle");
            }
            listed.add(Map.of(
                    "path",
                    path,
                    "sha256",
                    Digests.hex(Digests.sha256(bytes)),
                    "size",
                    bytes.length,
                    "sm3",
                    Digests.hex(Digests.sm3(bytes))));
        });
        return CanonicalJson.of(Map.of(
                "v", 1,
                "kind", head.kind().code(),
                "about", head.about(),
                "origin", head.origin(),
                "madeAt", DateTimeFormatter.ISO_INSTANT.format(head.madeAt()),
                "madeAtSeconds", head.madeAt().getEpochSecond(),
                "signers", Map.of("p256", p256.keyId(), "sm2", sm2.keyId()),
                "files", listed));
    }

    private static void zip(SortedMap<String, byte[]> files, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            CRC32 crc = new CRC32();
            crc.update(file.getValue());
            ZipEntry entry = new ZipEntry(file.getKey());
            entry.setMethod(ZipEntry.STORED);
            entry.setTimeLocal(NO_TIME);
            entry.setSize(file.getValue().length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(file.getValue());
        }
        zip.finish();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = BundleWriter.class.getResourceAsStream("/evidence/" + name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the build: evidence/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
