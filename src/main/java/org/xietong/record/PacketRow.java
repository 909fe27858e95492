package org.xietong.record;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.OutsideRecipient;
import org.xietong.crypto.BodyDigest;
import org.xietong.label.Caveat;
import org.xietong.policy.View;

/**
 * A packet as the store has it, without its bytes.
 *
 * @param opened caveats that the policy's row opened when it was sent
 * @param receipt the one that counts: a signed one before a scan
 * @param scanned the scan that came before a signed one
 */
record PacketRow(
        UUID id,
        UUID record,
        int recordVersion,
        String recipient,
        String unit,
        String officer,
        Instant at,
        UUID exchange,
        View view,
        String rule,
        Set<Caveat> opened,
        String purpose,
        String documentNumber,
        List<UUID> attachments,
        @Nullable String sealedTo,
        long size,
        BodyDigest digest,
        @Nullable UUID replaces,
        @Nullable UUID replacedBy,
        @Nullable Instant collectedAt,
        @Nullable UUID collectedIn,
        @Nullable Receipt receipt,
        @Nullable Receipt scanned) {

    /** The recipient's answer. */
    record Receipt(
            PacketOutcome outcome,
            boolean verified,
            @Nullable String reason,
            @Nullable LocalDate receivedOn,
            @Nullable UUID scan,
            String officer,
            Instant at,
            UUID exchange) {}

    PacketSealing sealing() {
        return sealedTo == null ? PacketSealing.PASSPHRASE : PacketSealing.CERTIFICATE;
    }

    /** Whether the recipient, as he is registered now, opens it: by the certificate that it is sealed to, or by a passphrase. */
    boolean isSealedTo(OutsideRecipient recipient) {
        return sealedTo == null
                || recipient.key().filter(key -> key.keyId().equals(sealedTo)).isPresent();
    }

    /** Whether a receipt may come: the first, or a signed one after a scan. */
    boolean awaits(boolean signed) {
        return replacedBy == null && collectedAt != null && (receipt == null || (signed && !receipt.verified()));
    }

    /** Neither answered nor replaced. */
    boolean open() {
        return receipt == null && replacedBy == null;
    }
}
