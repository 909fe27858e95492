package org.xietong.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a bundle is about.
 *
 * @param about the id of the exchange, the matter or the packet
 * @param origin of the log (its SHA-256 tree)
 * @param madeAt when the platform made and signed it, whole seconds
 */
public record BundleHead(Kind kind, String about, String origin, Instant madeAt) {
    /** Whose exchanges are in it. */
    public enum Kind {
        EXCHANGE("exchange", ""),
        MATTER("matter", ""),
        /** What left the system for somebody outside it: a record, and no exchanges. */
        PACKET("packet", "packet/");

        private final String code;
        private final String folder;

        Kind(String code, String folder) {
            this.code = code;
            this.folder = folder;
        }

        /** Where what it tells its reader lies. */
        String resource(String name) {
            return folder + name;
        }

        String code() {
            return code;
        }
    }

    public BundleHead {
        madeAt = madeAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
