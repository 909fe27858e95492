package org.xietong.evidence.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xietong.crypto.ContentDigest;
import org.xietong.crypto.Digests;
import org.xietong.crypto.EcdsaForm;
import org.xietong.crypto.KeyAlgorithm;
import org.xietong.crypto.VerificationKey;
import org.xietong.evidence.BundlePath;
import org.xietong.evidence.MalformedEvidenceException;
import org.xietong.evidence.TlogProof;
import org.xietong.evidence.TreeHash;

/** One exchange of a bundle: entry, parts, signatures, body, and its place in both trees. */
final class ExchangeCheck {
    private static final int SALT_BYTES = 16;
    private static final Duration CLOCKS = Duration.ofMinutes(10);
    private static final String REQUEST = "request";
    private static final String OFFICER = "officer";
    private static final String RESPONSE = "response";

    private final BundleZip zip;
    private final CertificateCheck certificates;
    private final CheckpointCheck checkpoints;
    private final TimeStamps timeStamps;
    private final Report report;

    ExchangeCheck(
            BundleZip zip,
            CertificateCheck certificates,
            CheckpointCheck checkpoints,
            TimeStamps timeStamps,
            Report report) {
        this.zip = zip;
        this.certificates = certificates;
        this.checkpoints = checkpoints;
        this.timeStamps = timeStamps;
        this.report = report;
    }

    /** @param newest the bundle's checkpoints of both trees; the proofs are of them, or of an earlier pair */
    void check(String id, CheckpointCheck.Verified newest, CheckpointCheck.Verified newestSm3) throws FaultException {
        byte[] bytes = zip.read(file(id, "entry.json"), 0xffff);
        EntryText entry = EntryText.parse(bytes, file(id, "entry.json"));
        if (!entry.id().equals(id)) {
            throw new FaultException(Fault.ENTRY_ID, file(id, "entry.json"));
        }
        checkParts(entry);
        List<VerificationKey> signers = checkSignatures(entry);
        checkBody(id);
        Optional<Instant> vouched = checkPlace(entry, bytes, newest, newestSm3);
        for (VerificationKey signer : signers) {
            certificates.requireBeforeItsEnd(signer, vouched);
        }
        report.count(Checked.EXCHANGES);
    }

    private void checkParts(EntryText entry) throws FaultException {
        String folder = file(entry.id(), "parts/");
        Set<String> opened = new HashSet<>();
        for (String path : zip.names().tailMap(folder).keySet()) {
            if (!path.startsWith(folder)) {
                break;
            }
            int dot = path.lastIndexOf('.');
            String name = path.substring(folder.length(), Math.max(dot, folder.length()));
            if (path.endsWith(".salt")) {
                zip.read(folder + name + ".json");
                continue;
            }
            byte[] content = zip.read(path);
            byte[] salt = zip.read(folder + name + ".salt");
            String committed = entry.parts().get(name);
            if (!path.endsWith(".json")
                    || salt.length != SALT_BYTES
                    || !Digests.hex(Digests.sha256(salt, content)).equals(committed)) {
                throw new FaultException(Fault.PART_DIGEST, path);
            }
            opened.add(name);
            report.count(Checked.PARTS);
        }
        if (!opened.equals(entry.parts().keySet())) {
            report.remark(Remark.PARTS_NOT_OPENED);
        }
    }

    private List<VerificationKey> checkSignatures(EntryText entry) throws FaultException {
        List<VerificationKey> signers = new ArrayList<>();
        Optional<Signed> request = signed(entry, REQUEST, signers);
        Optional<Signed> officer = signed(entry, OFFICER, signers);
        Optional<Signed> response = signed(entry, RESPONSE, signers);
        if (officer.isPresent() && request.isEmpty()) {
            throw new FaultException(Fault.FILE_MISSING, file(entry.id(), "request.sigbase"));
        }
        bindToLog(entry, request, officer, response);
        if (response.isPresent()) {
            Signed answer = response.get();
            if (!answer.text().value("\"exchange-id\"").equals(Optional.of(entry.id()))
                    || request.filter(asked -> !answer.text().answers("sys", asked.wire()))
                            .isPresent()
                    || officer.filter(asked -> !answer.text().answers(OFFICER, asked.wire()))
                            .isPresent()) {
                throw new FaultException(Fault.RESPONSE_OTHER, file(entry.id(), "response.sigbase"));
            }
        }
        return signers;
    }

    private Optional<Signed> signed(EntryText entry, String name, List<VerificationKey> signers) throws FaultException {
        String baseFile = file(entry.id(), name + ".sigbase");
        String signatureFile = file(entry.id(), name + ".sig");
        if (!zip.has(baseFile) && !zip.has(signatureFile)) {
            return Optional.empty();
        }
        byte[] base = zip.read(baseFile, 1 << 20);
        byte[] signature = zip.read(signatureFile, 1024);
        SignatureText text = SignatureText.parse(base, baseFile);
        VerificationKey key = certificates.at(text.keyId(), entry.time());
        try {
            byte[] wire = key.algorithm() == KeyAlgorithm.P256 ? EcdsaForm.toRaw(signature) : signature;
            if (key.verify(base, wire)) {
                if (name.equals(RESPONSE)) {
                    certificates.requirePlatform(key, baseFile);
                }
                signers.add(key);
                report.count(Checked.SIGNATURES);
                return Optional.of(new Signed(base, wire, text));
            }
        } catch (IllegalArgumentException notDer) {
            // falls through to the one refusal
        }
        throw new FaultException(Fault.SIGNATURE, signatureFile);
    }

    /** What was signed is what the log's own parts say that was signed, where they are opened. */
    private void bindToLog(
            EntryText entry, Optional<Signed> request, Optional<Signed> officer, Optional<Signed> response)
            throws FaultException {
        String requestFile = file(entry.id(), "parts/request.json");
        if (!zip.has(requestFile)) {
            if (request.isPresent()) {
                report.remark(Remark.REQUEST_NOT_BOUND);
            }
        } else {
            Json part = Json.of(zip.read(requestFile), Fault.REQUEST_OTHER, requestFile);
            if (!part.has("withheld")) {
                requireLogged(part, "sys", request, requestFile);
                requireLogged(part, OFFICER, officer, requestFile);
            }
        }
        String responseFile = file(entry.id(), "parts/response.json");
        if (response.isPresent() && zip.has(responseFile)) {
            Json part = Json.of(zip.read(responseFile), Fault.REQUEST_OTHER, responseFile);
            if (!part.has("base") || !response.get().isAs(part)) {
                throw new FaultException(Fault.REQUEST_OTHER, file(entry.id(), "response.sigbase"));
            }
        }
    }

    private static void requireLogged(Json part, String label, Optional<Signed> signed, String file)
            throws FaultException {
        for (Object element : part.list("signatures")) {
            Json logged = part.element(element);
            if (logged.text("label").equals(label)) {
                if (signed.isPresent() && !signed.get().isAs(logged)) {
                    throw new FaultException(Fault.REQUEST_OTHER, file);
                }
                return;
            }
        }
        if (signed.isPresent()) {
            throw new FaultException(Fault.REQUEST_OTHER, file);
        }
    }

    /** The whole body is what the request's signature says; of a body of several lines, the line is what the log says. */
    private void checkBody(String id) throws FaultException {
        String bodyFile = file(id, "request.body");
        if (!zip.has(bodyFile)) {
            return;
        }
        byte[] body = zip.read(bodyFile);
        String partFile = file(id, "parts/request.json");
        Json part = zip.has(partFile) ? Json.of(zip.read(partFile), Fault.REQUEST_OTHER, partFile) : null;
        if (part != null && part.has("lineDigest")) {
            if (part.text("lineDigest").equals(Digests.hex(Digests.sha256(body)))) {
                return;
            }
        } else {
            String baseFile = file(id, "request.sigbase");
            Optional<String> digest =
                    SignatureText.parse(zip.read(baseFile), baseFile).value("\"content-digest\"");
            if (digest.filter(field -> ContentDigest.matches(field, body)).isPresent()) {
                return;
            }
        }
        throw new FaultException(Fault.BODY_DIGEST, bodyFile);
    }

    private Optional<Instant> checkPlace(
            EntryText entry, byte[] bytes, CheckpointCheck.Verified newest, CheckpointCheck.Verified newestSm3)
            throws FaultException {
        String file = file(entry.id(), "inclusion.tlog-proof");
        String sm3File = file(entry.id(), "inclusion-sm3.tlog-proof");
        Place sha256 = place(file, TreeHash.SHA_256, bytes);
        Place sm3 = place(sm3File, TreeHash.SM3, bytes);
        checkpoints.requirePair(sha256.checkpoint(), sm3.checkpoint(), sm3File);
        if (sha256.index() != sm3.index()) {
            throw new FaultException(Fault.INCLUSION, sm3File);
        }
        CheckpointCheck.Verified seen = ofSameLog(sha256.checkpoint(), newest, file);
        CheckpointCheck.Verified seenSm3 = ofSameLog(sm3.checkpoint(), newestSm3, sm3File);
        Optional<Instant> stamped = earlier(timeStamps.of(seen.signed()), timeStamps.of(seenSm3.signed()));
        if (stamped.filter(at -> at.plus(CLOCKS).isBefore(entry.time())).isPresent()) {
            throw new FaultException(Fault.TIME_CONTRADICTS, file(entry.id(), "entry.json"));
        }
        if (stamped.isEmpty()) {
            report.remark(Remark.NO_TIMESTAMP);
        }
        return stamped.or(() -> checkpoints.seenByQuorum(seen));
    }

    /** The bundle's own checkpoint, if the proof is of that; otherwise the proof's, which is older and has its own cosignatures. */
    private CheckpointCheck.Verified ofSameLog(
            CheckpointCheck.Verified proof, CheckpointCheck.Verified newest, String file) throws FaultException {
        if (proof.checkpoint().equals(newest.checkpoint())) {
            return newest;
        }
        if (!proof.checkpoint().origin().equals(newest.checkpoint().origin())
                || proof.checkpoint().size() >= newest.checkpoint().size()) {
            throw new FaultException(Fault.FORKED, file);
        }
        checkpoints.requireQuorum(proof, file);
        report.remark(Remark.OLDER_CHECKPOINT);
        return proof;
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.filter(one.get()::isAfter).isEmpty() ? one : other;
    }

    private Place place(String file, TreeHash tree, byte[] entry) throws FaultException {
        try {
            TlogProof proof = TlogProof.parse(zip.read(file, TlogProof.LONGEST));
            if (!proof.holds(tree, tree.leaf(entry))) {
                throw new FaultException(Fault.INCLUSION, file);
            }
            report.count(Checked.PROOFS);
            return new Place(proof.inclusion().index(), checkpoints.check(proof.checkpoint(), tree, file));
        } catch (MalformedEvidenceException e) {
            throw new FaultException(Fault.MALFORMED, file);
        }
    }

    private static String file(String id, String name) {
        return BundlePath.ofExchange(id, name);
    }

    private record Place(long index, CheckpointCheck.Verified checkpoint) {}

    /** @param wire the signature as it was sent: P-256 as r‖s */
    private record Signed(byte[] base, byte[] wire, SignatureText text) {
        boolean isAs(Json logged) throws FaultException {
            return logged.text("base").equals(new String(base, java.nio.charset.StandardCharsets.UTF_8))
                    && logged.text("signature").equals(Base64.getEncoder().encodeToString(wire));
        }
    }
}
