package org.xietong.record;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.BodyDigest;
import org.xietong.crypto.Digests;
import org.xietong.label.Caveat;

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
        @Nullable Instant storedAt) {

    /** Under which the store has the bytes. */
    String place() {
        return Digests.hex(digest.sha256());
    }

    AttachmentType type() {
        return AttachmentType.declared(mediaType).orElseThrow();
    }

    AttachmentView view() {
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
                null,
                null);
    }
}
