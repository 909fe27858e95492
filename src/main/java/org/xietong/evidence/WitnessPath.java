package org.xietong.evidence;

import java.nio.charset.StandardCharsets;
import org.xietong.crypto.Digests;

/**
 * Where a witness shows what it cosigned last of a log: {@code <monitoring prefix>/<origin hash>/checkpoint}, as the draft of
 * c2sp.org/tlog-witness has it. A signed note with the log's signatures and the witness's own.
 */
public final class WitnessPath {
    /** What our witness answers with 404 where it has cosigned nothing of that log, or does not know it. */
    public static final String NO_CHECKPOINT = "没有此路径，或尚无检查点 / no such path, or no checkpoint yet\n";

    /** The type of all that it answers there. */
    public static final String MEDIA_TYPE = "text/plain; charset=utf-8";

    private WitnessPath() {}

    /** Below the prefix, with a leading slash; the hash is the origin's SHA-256 in lower-case hexadecimal. */
    public static String checkpoint(String origin) {
        return "/" + Digests.hex(Digests.sha256(origin.getBytes(StandardCharsets.UTF_8))) + "/checkpoint";
    }
}
