package org.xietong.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a bundle is about.
 *
 * @param about the exchange's id or the matter's
 * @param origin of the log (its SHA-256 tree)
 * @param madeAt when the platform made and signed it, whole seconds
 */
public record BundleHead(Kind kind, String about, String origin, Instant madeAt) {
    /** Whose exchanges are in it. */
    public enum Kind {
        EXCHANGE("exchange"),
        MATTER("matter");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    public BundleHead {
        madeAt = madeAt.truncatedTo(ChronoUnit.SECONDS);
    }
}
