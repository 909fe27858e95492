package org.xietong.evidence.check;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xietong.crypto.Digests;
import org.xietong.evidence.BundlePath;

/**
 * What a bundle's manifest says.
 *
 * @param p256 key id of who signed it in CMS
 * @param sm2 key id of who signed it with SM2
 */
record Manifest(byte[] bytes, String origin, Instant madeAt, String p256, String sm2) {
    private static final Set<String> OWN =
            Set.of(BundlePath.MANIFEST, BundlePath.MANIFEST_CMS, BundlePath.MANIFEST_SM2);

    /** Reads it and holds every file against it: none missing, none more, none changed. */
    static Manifest check(BundleZip zip, Report report) throws FaultException {
        if (!zip.has(BundlePath.MANIFEST)) {
            throw new FaultException(Fault.NOT_A_BUNDLE, BundlePath.MANIFEST);
        }
        byte[] bytes = zip.read(BundlePath.MANIFEST);
        Json json = Json.of(bytes, Fault.MALFORMED, BundlePath.MANIFEST);
        Set<String> listed = new HashSet<>(OWN);
        long total = 0;
        for (Listed file : files(json)) {
            if (!BundlePath.isAllowed(file.path()) || !listed.add(file.path())) {
                throw new FaultException(Fault.MALFORMED, BundlePath.MANIFEST);
            }
            byte[] content = zip.read(file.path());
            total += content.length;
            if (total > BundleZip.MOST_BYTES) {
                throw new FaultException(Fault.TOO_LARGE, file.path());
            }
            if (content.length != file.size()
                    || !Digests.hex(Digests.sha256(content)).equals(file.sha256())
                    || !Digests.hex(Digests.sm3(content)).equals(file.sm3())) {
                throw new FaultException(Fault.FILE_CHANGED, file.path());
            }
            report.count(Checked.FILES);
        }
        for (String name : zip.names().keySet()) {
            if (!listed.contains(name)) {
                throw new FaultException(Fault.FILE_ADDED, name);
            }
        }
        return read(bytes, json);
    }

    private static Manifest read(byte[] bytes, Json json) throws FaultException {
        try {
            Instant madeAt = Instant.parse(json.text("madeAt"));
            if (json.number("v") == 1 && json.number("madeAtSeconds") == madeAt.getEpochSecond()) {
                Json signers = json.object("signers");
                return new Manifest(bytes, json.text("origin"), madeAt, signers.text("p256"), signers.text("sm2"));
            }
        } catch (DateTimeException e) {
            // falls through to the one refusal
        }
        throw new FaultException(Fault.MALFORMED, BundlePath.MANIFEST);
    }

    private static List<Listed> files(Json json) throws FaultException {
        List<Listed> files = new ArrayList<>();
        for (Object element : json.list("files")) {
            Json file = json.element(element);
            files.add(new Listed(file.text("path"), file.number("size"), file.text("sha256"), file.text("sm3")));
        }
        return files;
    }

    private record Listed(String path, long size, String sha256, String sm3) {}
}
