package org.xietong.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.xietong.agency.CertificateArchive;
import org.xietong.agency.OutsideRecipient;
import org.xietong.agency.PlatformKeys;
import org.xietong.agency.Unit;
import org.xietong.crypto.BodyDigest;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Jcs;
import org.xietong.crypto.Pem;
import org.xietong.crypto.Suite;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundleHead;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.BundleWriter;
import org.xietong.evidence.TreeHash;
import org.xietong.ledger.LogSigners;
import org.xietong.policy.Decision;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Makes the zip that a packet holds: the record as it was granted, in canonical JSON (RFC 8785), the attachments chosen, what it is, from
 * whom and to whom, and the platform's signatures under the manifest of it all. Not sealed yet.
 */
@ApplicationScoped
class PacketMaker {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectMapper json;
    private final PlatformKeys keys;
    private final LogSigners logs;
    private final CertificateArchive certificates;
    private final AttachmentStore store;
    private final CurrentPolicy policy;

    PacketMaker(
            ObjectMapper json,
            PlatformKeys keys,
            LogSigners logs,
            CertificateArchive certificates,
            AttachmentStore store,
            CurrentPolicy policy) {
        this.json = json;
        this.keys = keys;
        this.logs = logs;
        this.certificates = certificates;
        this.store = store;
        this.policy = policy;
    }

    /**
     * What goes into it beside the record.
     *
     * @param id of the packet
     * @param permitted the decision by which it leaves
     */
    record Letter(
            UUID id,
            OutsideRecipient to,
            PacketDraft draft,
            Decision.Permitted permitted,
            List<AttachmentRow> attachments) {}

    /** @throws ProblemException UNAVAILABLE where the store has lost an attachment's bytes */
    byte[] zip(WriteContext context, Letter letter, RecordView<?> record) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("packet.json", Jcs.canonical(cover(context, letter, record)));
        files.put("record.json", Jcs.canonical(json.valueToTree(record)));
        letter.attachments().forEach(row -> files.put(path(row), bytes(row)));
        for (X509Certificate issuer : certificates.authorities()) {
            files.put(
                    BundlePath.certificate(VerificationKey.of(issuer).keyId()),
                    Pem.ofCertificate(issuer).getBytes(StandardCharsets.UTF_8));
        }
        BundleHead head = new BundleHead(
                BundleHead.Kind.PACKET, letter.id().toString(), logs.origin(TreeHash.SHA_256), Instant.now());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new BundleWriter(keys.evidenceSigner(Suite.INTL), keys.evidenceSigner(Suite.GM)).write(head, files, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private ObjectNode cover(WriteContext context, Letter letter, RecordView<?> record) {
        Unit sender = policy.units().find(context.caller().unit()).orElseThrow();
        ObjectNode cover = JSON.objectNode();
        cover.put("v", 1);
        cover.put("packet", letter.id().toString());
        cover.put("exchangeId", context.exchange().toString());
        cover.put("madeAt", RecordViews.shanghai(context.at()).toString());
        cover.putObject("sender")
                .put("unit", sender.id())
                .put("name", sender.name())
                .put("telephone", sender.telephone());
        cover.putObject("recipient")
                .put("id", letter.to().id())
                .put("name", letter.to().nameZh())
                .put("nameEn", letter.to().nameEn());
        cover.put("purpose", letter.draft().purpose());
        cover.put("documentNumber", letter.draft().documentNumber());
        cover.put("kind", record.kind());
        cover.put("recordId", record.id().toString());
        cover.put("view", String.valueOf(letter.draft().view()));
        cover.put("rule", letter.permitted().rule());
        ArrayNode attached = cover.putArray("attachments");
        letter.attachments()
                .forEach(row -> attached.addObject()
                        .put("id", row.id().toString())
                        .put("path", path(row))
                        .put("name", row.name())
                        .put("mediaType", row.mediaType())
                        .put("original", row.original().name())
                        .put("sha256", Digests.hex(row.digest().sha256()))
                        .put("sm3", Digests.hex(row.digest().sm3())));
        return cover;
    }

    private static String path(AttachmentRow row) {
        return "attachments/" + row.id() + '.' + row.type().ending();
    }

    private byte[] bytes(AttachmentRow row) {
        try (InputStream in = store.open(row.place())) {
            byte[] bytes = in.readNBytes((int) row.size() + 1);
            if (!new BodyDigest(Digests.sha256(bytes), Digests.sm3(bytes)).isSameAs(row.digest())) {
                throw new ProblemException(ProblemType.UNAVAILABLE);
            }
            return bytes;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
    }
}
