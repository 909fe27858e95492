package org.xietong.record;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure as it was proposed, and as it was approved where it was.
 *
 * @param target a record, a participant or an attachment; of a release the spill
 * @param proposedKey id of the key that signed the proposal
 * @param approved none while it waits, or once it has lapsed
 */
record Erasure(
        UUID id,
        Kind kind,
        UUID target,
        String unit,
        boolean freeText,
        String basis,
        String documentNumber,
        String reason,
        String digest,
        String proposedBy,
        String proposedKey,
        Instant proposedAt,
        UUID proposedIn,
        Instant expiresAt,
        @Nullable Approval approved) {

    enum Kind {
        RECORD,
        PARTICIPANT,
        ATTACHMENT,
        /** Back into sight: what had been reported as a spill was none. */
        RELEASE
    }

    /** The second officer's. */
    record Approval(String by, String key, Instant at, UUID exchange) {}

    /** What the second officer confirms, for {@link Proposals#digest}. */
    Map<String, Object> terms() {
        return new TreeMap<>(Map.of(
                "kind", kind,
                "target", target,
                "unit", unit,
                "freeText", freeText,
                "basis", basis,
                "documentNumber", documentNumber,
                "reason", reason,
                "proposedBy", proposedBy));
    }

    Erasure digested(String over) {
        return new Erasure(
                id,
                kind,
                target,
                unit,
                freeText,
                basis,
                documentNumber,
                reason,
                over,
                proposedBy,
                proposedKey,
                proposedAt,
                proposedIn,
                expiresAt,
                approved);
    }

    Erasure approved(Approval approval) {
        return new Erasure(
                id,
                kind,
                target,
                unit,
                freeText,
                basis,
                documentNumber,
                reason,
                digest,
                proposedBy,
                proposedKey,
                proposedAt,
                proposedIn,
                expiresAt,
                approval);
    }
}
