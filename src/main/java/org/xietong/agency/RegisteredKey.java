package org.xietong.agency;

import java.time.Instant;
import org.xietong.crypto.VerificationKey;

/**
 * A certificate registered to one holder, who may have several (rotation with overlap).
 *
 * @param validFrom first moment of use, never before the certificate's own
 * @param validTo end of use, exclusive, never after the certificate's own
 */
public record RegisteredKey(
        VerificationKey key, Holder holder, String holderId, Instant validFrom, Instant validTo, boolean active) {

    /** Whose key it is: a machine's or a person's. One never stands in for the other (I11). */
    public enum Holder {
        SYSTEM,
        OFFICER
    }

    /** Whether it is neither suspended nor out of its dates; says nothing about its holder. */
    boolean isUsable(Instant at) {
        return active && new Validity(validFrom, validTo).contains(at);
    }
}
