package org.xietong.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.BodyDigest;
import org.xietong.crypto.Digests;
import org.xietong.label.Caveat;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/** An attachment as the store has it. */
record AttachmentRow(
        UUID id,
        UUID record,
        String unit,
        Instant announcedAt,
        String name,
        String mediaType,
        long size,
        BodyDigest digest,
        OriginalForm original,
        @Nullable String seal,
        @Nullable String volume,
        @Nullable String pages,
        @Nullable String keptAt,
        @Nullable String provenance,
        List<Caveat> caveats,
        List<UUID> participants,
        @Nullable Instant storedAt,
        @Nullable Instant withdrawnAt,
        @Nullable String withdrawalReason,
        @Nullable Instant erasedAt) {

    /** Under which the store has the bytes. */
    String place() {
        return Digests.hex(digest.sha256());
    }

    /** @throws ProblemException ATTACHMENT_WITHDRAWN, ERASED */
    void requireStanding() {
        requireNotErased();
        if (withdrawnAt != null) {
            throw new ProblemException(ProblemType.ATTACHMENT_WITHDRAWN);
        }
    }

    /** @throws ProblemException ERASED */
    void requireNotErased() {
        if (erasedAt != null) {
            throw new ProblemException(ProblemType.ERASED);
        }
    }

    /** What the journal says was done to this attachment of the record. */
    Trace.Changed changed(RecordRow of, String action) {
        return new Trace.Changed(
                of.id(),
                of.kind(),
                of.version(),
                of.matter(),
                of.ownerUnit(),
                action,
                of.label().level(),
                place());
    }

    AttachmentType type() {
        return AttachmentType.declared(mediaType).orElseThrow();
    }

    AttachmentView view() {
        if (erasedAt != null) {
            return AttachmentView.erased(id, record, unit, RecordViews.shanghai(erasedAt));
        }
        return new AttachmentView(
                id,
                record,
                storedAt != null,
                name,
                mediaType,
                size,
                Digests.hex(digest.sha256()),
                Digests.hex(digest.sm3()),
                original,
                seal,
                volume,
                pages,
                keptAt,
                provenance,
                caveats.isEmpty() ? null : caveats,
                participants.isEmpty() ? null : participants,
                unit,
                RecordViews.shanghai(announcedAt),
                storedAt == null ? null : RecordViews.shanghai(storedAt),
                withdrawnAt == null ? null : RecordViews.shanghai(withdrawnAt),
                withdrawalReason,
                null,
                null,
                null);
    }
}
