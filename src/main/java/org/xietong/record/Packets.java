package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.agency.OutsideRecipient;
import org.xietong.crypto.BodyDigest;
import org.xietong.crypto.CmsEnvelope;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Passphrase;
import org.xietong.label.Declaration;
import org.xietong.policy.Decision;
import org.xietong.policy.View;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Packets 外送数据包 for recipients outside the system: the owner's officer sends one of his unit's records, under his own key, in no fuller
 * form than the policy lets leave, sealed for the one recipient. Who supervises the owner by right learns of
 * them among the deliveries; nobody else does (I4).
 */
@ApplicationScoped
public class Packets {
    public static final String MEDIA_TYPE = "application/pkcs7-mime";

    private final Lookup lookup;
    private final Rights rights;
    private final RecordWriting writing;
    private final RecordViews views;
    private final CurrentPolicy policy;
    private final OutsideRecipients recipients;
    private final PacketAttachments attachments;
    private final PacketMaker maker;
    private final PacketRows rows;
    private final OutwardActs along;
    private final VersionReader versions;
    private final PacketPlaces places;

    Packets(
            Lookup lookup,
            Rights rights,
            RecordWriting writing,
            RecordViews views,
            CurrentPolicy policy,
            OutsideRecipients recipients,
            PacketAttachments attachments,
            PacketMaker maker,
            PacketRows rows,
            OutwardActs along,
            VersionReader versions,
            PacketPlaces places) {
        this.lookup = lookup;
        this.rights = rights;
        this.writing = writing;
        this.views = views;
        this.policy = policy;
        this.recipients = recipients;
        this.attachments = attachments;
        this.maker = maker;
        this.rows = rows;
        this.along = along;
        this.versions = versions;
        this.places = places;
    }

    /**
     * Makes and seals a packet.
     *
     * @return with the passphrase, where one seals it; it is told now and never again
     * @throws ProblemException FORBIDDEN without a right, or where policy or label keep it inside; STATE_CONFLICT where the record
     *     may not leave as it stands, the recipient has one under this number already, or the one to be replaced is answered; INVALID_CONTENT;
     *     RATE_LIMITED
     */
    public <C extends Content> PacketView send(WriteContext context, Kind<C> kind, UUID id, PacketDraft draft) {
        if (draft.view() == View.METADATA) {
            throw fault("/view", "NOT_ALLOWED");
        }
        return places.within(() -> made(context, kind, id, draft));
    }

    private <C extends Content> PacketView made(WriteContext context, Kind<C> kind, UUID id, PacketDraft draft) {
        Seen<C> seen = own(context, kind, id);
        Declaration.require(draft.noStateSecret());
        OutsideRecipient to = recipients.require("/recipient", Objects.requireNonNull(draft.recipient()), context.at());
        Seen<C> leaving = leaving(context.trace(), seen, to, Objects.requireNonNull(draft.view()));
        requireLeaves(seen);
        requireFirst(rows.of(id), draft);
        Optional<Act> act = draft.replaces() == null
                ? OutwardActs.required(seen, Content.Outward.SENT)
                : OutwardActs.possible(seen, Content.Outward.SENT);
        UUID packet = UUID.randomUUID();
        PacketMaker.Letter letter = new PacketMaker.Letter(
                packet, to, draft, leaving.permitted(), attachments.chosen(context, leaving, wanted(draft)));
        RecordView<C> record = views.leaving(context.trace(), kind, leaving, new Trace.Outside(to.id(), packet));
        byte[] zip = maker.zip(context, letter, record);
        @Nullable Passphrase passphrase = to.key().isPresent() ? null : Passphrase.next();
        byte[] sealed = passphrase == null
                ? CmsEnvelope.seal(zip, to.key().orElseThrow().certificate())
                : CmsEnvelope.seal(zip, passphrase);
        PacketRow row = row(context, seen, letter, sealed);
        rows.add(row, sealed);
        context.trace().changed(changed(seen, kind, "send-outside", row));
        act.ifPresent(each -> along.take(context, seen, each, row.documentNumber()));
        return PacketView.of(row, to.nameZh(), passphrase);
    }

    /** What is not decided yet, or was taken back, stays inside, whatever the policy says of its kind. */
    private static void requireLeaves(Seen<?> seen) {
        if (!seen.content().mayLeave(seen.row().state())) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
    }

    /** What became of a packet; for the owner alone. */
    public <C extends Content> PacketView read(Caller caller, Trace trace, Kind<C> kind, UUID id, UUID packet) {
        Seen<C> seen = lookup.require(caller, trace, kind, id);
        requireOwn(caller, seen);
        PacketRow row = rows.require(id, packet);
        views.mention(trace, kind, seen);
        return PacketView.of(row, recipients.name(row.recipient()), null);
    }

    /**
     * The sealed bytes, for the sender's officer to convey. That he fetched them is no delivery.
     *
     * @throws ProblemException FORBIDDEN where policy or label keep it inside by now, the policy opens less than when it was sent, the label is
     *     stricter than that of the version which was sent, or the recipient or his certificate is no longer good; STATE_CONFLICT where it was returned or replaced, the record may not
     *     leave any more, or he has another certificate by now; ATTACHMENT_WITHDRAWN; ERASED; RATE_LIMITED
     */
    public <C extends Content> Download collect(WriteContext context, Kind<C> kind, UUID id, UUID packet) {
        return places.within(() -> fetched(context, kind, id, packet));
    }

    private <C extends Content> Download fetched(WriteContext context, Kind<C> kind, UUID id, UUID packet) {
        Seen<C> seen = own(context, kind, id);
        PacketRow row = rows.require(id, packet);
        OutsideRecipient to = recipients
                .good(row.recipient(), context.at())
                .orElseThrow(() -> new ProblemException(ProblemType.FORBIDDEN));
        Seen<C> leaving = leaving(context.trace(), seen, to, row.view());
        requireLeaves(seen);
        boolean received = row.receipt() != null && row.receipt().outcome() == PacketOutcome.RECEIVED;
        if ((!row.open() && !received) || !row.isSealedTo(to)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        byte[] sealed = rows.bytes(packet).orElseThrow(() -> new ProblemException(ProblemType.ERASED));
        requireStillOpened(context.trace(), leaving, row);
        Seen<C> sent = sent(context.trace(), kind, leaving, row.recordVersion());
        attachments.requireFree(context, leaving, row.attachments());
        views.noteLeaving(context.trace(), kind, sent, row.recordVersion(), new Trace.Outside(row.recipient(), packet));
        rows.collected(context, packet);
        return Download.of(MEDIA_TYPE, "packet-" + packet + ".p7m", sealed);
    }

    /** The sealed packet holds what the policy's row opened then: once it opens less, nothing of it goes out. */
    private static void requireStillOpened(Trace trace, Seen<?> leaving, PacketRow row) {
        if (!leaving.permitted().opened().containsAll(row.opened())) {
            trace.decided("outside:closed-since", leaving.permitted().policyVersion());
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    /** What is in the packet, unless the record was closed further since. */
    private <C extends Content> Seen<C> sent(Trace trace, Kind<C> kind, Seen<C> leaving, int version) {
        VersionReader.Labelled<C> sent = versions.labelled(kind, leaving.row().id(), version);
        if (leaving.row().label().isLoosenedBy(sent.label())) {
            trace.decided("label:closed-since", leaving.permitted().policyVersion());
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        return new Seen<>(leaving.row(), sent.content(), leaving.facts(), leaving.permitted());
    }

    /** A record of the caller's own unit, locked, with his right to send it. */
    <C extends Content> Seen<C> own(WriteContext context, Kind<C> kind, UUID id) {
        Seen<C> seen = writing.locked(context, kind, id);
        rights.require(context.caller(), context.trace(), seen, Rights.SEND_OUTSIDE);
        rights.requireOwner(context.caller(), seen);
        return seen;
    }

    static Trace.Changed changed(Seen<?> seen, Kind<?> kind, String action, PacketRow row) {
        return new Trace.Changed(
                row.record(),
                kind.code(),
                row.recordVersion(),
                seen.row().matter(),
                seen.row().ownerUnit(),
                action,
                seen.facts().label().level(),
                Digests.hex(row.digest().sha256()));
    }

    /** Packets are their sender's own business. */
    private static void requireOwn(Caller caller, Seen<?> seen) {
        if (!caller.unit().equals(seen.row().ownerUnit())) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
    }

    /** The record by the decision that lets it leave. */
    private <C extends Content> Seen<C> leaving(Trace trace, Seen<C> seen, OutsideRecipient to, View wanted) {
        Decision decision = policy.engine().outside(to.kind(), wanted, seen.facts());
        trace.decided(decision.rule(), decision.policyVersion());
        return switch (decision) {
            case Decision.Permitted permitted -> new Seen<>(seen.row(), seen.content(), seen.facts(), permitted);
            case Decision.Denied denied -> throw new ProblemException(ProblemType.FORBIDDEN);
        };
    }

    /** One open packet for a recipient under a number; another takes its place only by saying so. */
    private static void requireFirst(List<PacketRow> known, PacketDraft draft) {
        if (draft.replaces() != null) {
            PacketRow replaced = known.stream()
                    .filter(row -> row.id().equals(draft.replaces())
                            && row.recipient().equals(draft.recipient())
                            && row.documentNumber().equals(draft.documentNumber()))
                    .findFirst()
                    .orElseThrow(() -> fault("/replaces", "UNKNOWN"));
            if (!replaced.open()) {
                throw new ProblemException(ProblemType.STATE_CONFLICT);
            }
            return;
        }
        boolean sent = known.stream()
                .anyMatch(row -> row.replacedBy() == null
                        && row.recipient().equals(draft.recipient())
                        && row.documentNumber().equals(draft.documentNumber()));
        if (sent) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
    }

    private static List<UUID> wanted(PacketDraft draft) {
        return draft.attachments() == null ? List.of() : draft.attachments();
    }

    private static PacketRow row(WriteContext context, Seen<?> seen, PacketMaker.Letter letter, byte[] sealed) {
        return new PacketRow(
                letter.id(),
                seen.row().id(),
                seen.row().version(),
                letter.to().id(),
                context.caller().unit(),
                DraftRules.signer(context),
                context.at(),
                context.exchange(),
                Objects.requireNonNull(letter.draft().view()),
                letter.permitted().rule(),
                letter.permitted().opened(),
                Objects.requireNonNull(letter.draft().purpose()),
                Objects.requireNonNull(letter.draft().documentNumber()),
                letter.attachments().stream().map(AttachmentRow::id).toList(),
                letter.to().key().map(key -> key.keyId()).orElse(null),
                sealed.length,
                new BodyDigest(Digests.sha256(sealed), Digests.sm3(sealed)),
                letter.draft().replaces(),
                null,
                null,
                null,
                null,
                null);
    }

    static ProblemException fault(String field, String rule) {
        return new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault(field, rule));
    }
}
