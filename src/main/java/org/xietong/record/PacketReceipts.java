package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.BodyDigest;
import org.xietong.crypto.Digests;
import org.xietong.crypto.ForeignSignature;
import org.xietong.crypto.VerificationKey;
import org.xietong.label.Declaration;
import org.xietong.matter.Occurred;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Receipts 回执 of outside recipients, each entered by an officer of the sender, once per packet: signed by the certificate that the recipient
 * is registered with, and then checked; or a scan, of which nothing is checked and which says so. A signed one may follow a scan: it counts
 * from then on, whatever it says, and the scan stays beside it. The record stays where the first has brought it.
 */
@ApplicationScoped
public class PacketReceipts {
    private final Packets packets;
    private final PacketRows rows;
    private final OutsideRecipients recipients;
    private final AttachmentRows attachments;
    private final OutwardActs along;

    PacketReceipts(
            Packets packets,
            PacketRows rows,
            OutsideRecipients recipients,
            AttachmentRows attachments,
            OutwardActs along) {
        this.packets = packets;
        this.rows = rows;
        this.recipients = recipients;
        this.attachments = attachments;
        this.along = along;
    }

    /**
     * What the recipient signs: four lines in UTF-8, each with its line feed, five where it is returned. The digest is of the sealed file
     * as it came.
     */
    static byte[] text(UUID packet, BodyDigest sealed, PacketOutcome outcome, @Nullable String reason) {
        String text = "xietong packet receipt v1\npacket " + packet + "\nsha256 " + Digests.hex(sealed.sha256())
                + "\noutcome " + outcome + '\n' + (reason == null ? "" : "reason " + reason + '\n');
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Enters the answer to a packet.
     *
     * @throws ProblemException STATE_CONFLICT where it is answered (by a scan: unless this one is signed) or replaced, or was never fetched; INVALID_CONTENT, also for a signature that is not the
     *     recipient's over this very answer
     */
    public <C extends Content> Written enter(
            WriteContext context, Kind<C> kind, UUID id, UUID packet, PacketReceiptDraft draft) {
        Seen<C> seen = packets.own(context, kind, id);
        PacketRow row = rows.require(id, packet);
        Declaration.require(draft.noStateSecret());
        check(context, row, draft);
        // Nobody outside has what no officer has fetched to convey.
        if (!row.awaits(draft.signature() != null)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        PacketRows.Answer answer =
                draft.signature() == null ? scanned(context, seen, draft) : signed(context, row, draft);
        if (!rows.answer(context, row, DraftRules.signer(context), answer)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        context.trace().changed(Packets.changed(seen, kind, "enter-receipt", row));
        if (row.receipt() == null) {
            OutwardActs.possible(
                            seen,
                            answer.outcome() == PacketOutcome.RECEIVED
                                    ? Content.Outward.RECEIVED
                                    : Content.Outward.RETURNED)
                    .ifPresent(act -> along.take(context, seen, act, row.documentNumber()));
        }
        return Written.of(Written.Kind.PACKET_RECEIPT, packet);
    }

    private static void check(WriteContext context, PacketRow row, PacketReceiptDraft draft) {
        if ((draft.signature() == null) == (draft.scan() == null)) {
            throw Packets.fault("/signature", "EXACTLY_ONE");
        }
        boolean returned = draft.outcome() == PacketOutcome.RETURNED;
        if (returned != (draft.reason() != null)) {
            throw Packets.fault("/reason", returned ? "REQUIRED" : "NOT_ALLOWED");
        }
        // A line of its own is what was signed.
        if (draft.reason() != null && draft.reason().codePoints().anyMatch(Character::isISOControl)) {
            throw Packets.fault("/reason", "CHARACTER");
        }
        LocalDate day = draft.receivedOn();
        if (day != null && day.isAfter(LocalDate.ofInstant(context.at(), Occurred.ZONE))) {
            throw Packets.fault("/receivedOn", "FUTURE");
        }
        if (day != null && day.isBefore(LocalDate.ofInstant(row.at(), Occurred.ZONE))) {
            throw Packets.fault("/receivedOn", "ORDER");
        }
    }

    private PacketRows.Answer signed(WriteContext context, PacketRow row, PacketReceiptDraft draft) {
        VerificationKey key = recipients.requireKey("/signature", row.recipient(), context.at());
        byte[] signature = decoded(Objects.requireNonNull(draft.signature()));
        PacketOutcome outcome = Objects.requireNonNull(draft.outcome());
        if (!ForeignSignature.isOf(key, signature, text(row.id(), row.digest(), outcome, draft.reason()))) {
            throw Packets.fault("/signature", "BAD_SIGNATURE");
        }
        return new PacketRows.Answer(
                outcome, draft.reason(), day(draft.receivedOn()), signature, der(key.certificate()), null);
    }

    private PacketRows.Answer scanned(WriteContext context, Seen<?> seen, PacketReceiptDraft draft) {
        UUID scan = Objects.requireNonNull(draft.scan());
        AttachmentRow shown = attachments.find(AttachmentLookup.sight(context.caller(), seen), List.of(scan)).stream()
                .filter(row -> row.storedAt() != null)
                .findFirst()
                .orElseThrow(() -> Packets.fault("/scan", "UNKNOWN"));
        shown.requireStanding();
        return new PacketRows.Answer(
                Objects.requireNonNull(draft.outcome()), draft.reason(), day(draft.receivedOn()), null, null, scan);
    }

    private static @Nullable Date day(@Nullable LocalDate day) {
        return day == null ? null : Date.valueOf(day);
    }

    private static byte[] decoded(String signature) {
        try {
            return Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            throw Packets.fault("/signature", "FORMAT");
        }
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a registered certificate has an encoding", e);
        }
    }
}
