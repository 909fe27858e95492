package org.xietong.record;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A record that left the system in a packet, and what became of that.
 *
 * @param collected when an officer of the sender first fetched it to convey it; no delivery
 * @param answered the recipient's receipt
 * @param returned whether the receipt says that it came back
 * @param verified whether the receipt is signed by the recipient; false of a scan
 */
public record OutsideHandover(
        UUID packet,
        String from,
        String recipient,
        Instant at,
        UUID exchange,
        @Nullable Step collected,
        @Nullable Step answered,
        boolean returned,
        boolean verified,
        @Nullable UUID replacedBy) {

    /** When, and in which exchange. */
    public record Step(Instant at, UUID exchange) {}

    static OutsideHandover of(PacketRow row) {
        PacketRow.Receipt receipt = row.receipt();
        return new OutsideHandover(
                row.id(),
                row.unit(),
                row.recipient(),
                row.at(),
                row.exchange(),
                row.collectedAt() == null || row.collectedIn() == null
                        ? null
                        : new Step(row.collectedAt(), row.collectedIn()),
                receipt == null ? null : new Step(receipt.at(), receipt.exchange()),
                receipt != null && receipt.outcome() == PacketOutcome.RETURNED,
                receipt != null && receipt.verified(),
                row.replacedBy());
    }
}
