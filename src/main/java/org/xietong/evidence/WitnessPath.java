package org.xietong.evidence;

import java.nio.charset.StandardCharsets;
import org.xietong.crypto.Digests;

/**
 * Where a witness shows what it cosigned last of a log: {@code <monitoring prefix>/<origin hash>/checkpoint}, as the draft of
 * c2sp.org/tlog-witness has it. A signed note with the log's signatures and the witness's own.
 */
public final class WitnessPath {
    private WitnessPath() {}

    /** Below the prefix, with a leading slash; the hash is the origin's SHA-256 in lower-case hexadecimal. */
    public static String checkpoint(String origin) {
        return "/" + Digests.hex(Digests.sha256(origin.getBytes(StandardCharsets.UTF_8))) + "/checkpoint";
    }
}
