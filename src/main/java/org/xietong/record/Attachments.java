package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.xietong.agency.Caller;
import org.xietong.crypto.BodyDigest;
import org.xietong.label.Caveat;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Attachments 附件 of records. They show to whoever sees the record in full with its personal data, whole, and has every caveat
 * opened that the attachment bears; to all others they do not exist (I4). The record's owner alone adds to them (I5): announces
 * one, then sends its bytes.
 */
@ApplicationScoped
public class Attachments {
    private final AttachmentConfig config;
    private final Lookup lookup;
    private final Rights rights;
    private final RecordViews views;
    private final RecordWriting writing;
    private final AttachmentLookup attachments;
    private final AttachmentRows rows;
    private final AttachmentStore store;
    private final AttachmentInspection inspection;
    private final Quarantine quarantine;
    private final OutgoingBytes outgoing;

    Attachments(
            AttachmentConfig config,
            Lookup lookup,
            Rights rights,
            RecordViews views,
            RecordWriting writing,
            AttachmentLookup attachments,
            AttachmentRows rows,
            AttachmentStore store,
            AttachmentInspection inspection,
            Quarantine quarantine,
            OutgoingBytes outgoing) {
        this.config = config;
        this.lookup = lookup;
        this.rights = rights;
        this.views = views;
        this.writing = writing;
        this.attachments = attachments;
        this.rows = rows;
        this.store = store;
        this.inspection = inspection;
        this.quarantine = quarantine;
        this.outgoing = outgoing;
    }

    /**
     * A body as its signed head announces it.
     *
     * @param agrees whether the signed Content-Digest is of these digests
     */
    public record Upload(Optional<String> contentType, Predicate<BodyDigest> agrees, InputStream body) {}

    /** Announces an attachment; nobody but the owner knows of it before its bytes are there. */
    public <C extends Content> AttachmentView announce(
            WriteContext context, Kind<C> kind, UUID record, AttachmentDraft draft) {
        Seen<C> seen = writing.locked(context, kind, record);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        AttachmentRules.check(draft, config.maxSize(), Lookup.participants(seen.content()));
        AttachmentRow row = new AttachmentRow(
                UUID.randomUUID(),
                record,
                context.caller().unit(),
                context.at(),
                draft.name(),
                draft.mediaType(),
                draft.size(),
                new BodyDigest(
                        HexFormat.of().parseHex(draft.sha256()), HexFormat.of().parseHex(draft.sm3())),
                draft.original(),
                draft.seal(),
                draft.volume(),
                draft.pages(),
                draft.keptAt(),
                draft.provenance(),
                draft.caveats() == null
                        ? List.of()
                        : draft.caveats().stream().distinct().sorted().toList(),
                draft.participants() == null
                        ? List.of()
                        : draft.participants().stream().distinct().toList(),
                null,
                null,
                null,
                null);
        rows.announce(context, row);
        context.trace().changed(row.changed(seen.row(), "announce-attachment"));
        return row.view();
    }

    /** A page of those that the caller may see, newest first. */
    public <C extends Content> AttachmentPage list(
            Caller caller, Trace trace, Kind<C> kind, UUID record, Optional<String> after, int limit) {
        Seen<C> seen = attachments.whole(caller, trace, kind, record);
        views.disclose(caller, trace, kind, seen);
        List<AttachmentRow> found = rows.page(
                AttachmentLookup.sight(caller, seen), after.map(Cursor::decode).orElse(Cursor.NEWEST), limit + 1);
        List<AttachmentRow> shown = found.subList(0, Math.min(limit, found.size()));
        return new AttachmentPage(
                shown.stream().map(AttachmentRow::view).toList(),
                found.size() > limit
                        ? new Cursor(
                                        shown.getLast().announcedAt(),
                                        shown.getLast().id())
                                .encode()
                        : null);
    }

    public <C extends Content> AttachmentView read(
            Caller caller, Trace trace, Kind<C> kind, UUID record, UUID attachment) {
        Seen<C> seen = attachments.whole(caller, trace, kind, record);
        AttachmentRow row = attachments.find(caller, seen, attachment);
        views.disclose(caller, trace, kind, seen);
        return row.view();
    }

    /**
     * The bytes, not yet read.
     *
     * @throws ProblemException ATTACHMENT_WITHDRAWN, for the owner too; FORBIDDEN where record or attachment bear 不得导出 (NO_EXPORT) and the caller is not the owner;
     *     RATE_LIMITED; UNAVAILABLE where the store has lost them
     */
    public <C extends Content> Download download(
            Caller caller, Trace trace, Kind<C> kind, UUID record, UUID attachment) {
        Seen<C> seen = attachments.whole(caller, trace, kind, record);
        AttachmentRow row = attachments.find(caller, seen, attachment);
        if (row.storedAt() == null) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        row.requireStanding();
        boolean bound = row.caveats().contains(Caveat.NO_EXPORT)
                || seen.row().label().caveats().contains(Caveat.NO_EXPORT);
        if (bound && !AttachmentLookup.isOwn(caller, seen)) {
            trace.decided("label:caveat:" + Caveat.NO_EXPORT, seen.permitted().policyVersion());
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        if (store.length(row.place()) != row.size()) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        outgoing.admit(caller.system());
        views.disclose(caller, trace, kind, seen);
        return new Download(
                row.mediaType(),
                row.size(),
                row.digest(),
                AttachmentRules.disposition(row),
                () -> outgoing.hold(caller.system(), store.open(row.place())));
    }

    /**
     * Receives the bytes of an announced attachment, outside any transaction: right and announcement are asked before the first
     * byte is read, and asked again in the transaction that makes them visible. The same bytes again change nothing; where the store
     * has lost them, they stand there again.
     *
     * @throws ProblemException ATTACHMENT_WITHDRAWN; CONTENT_DIGEST_MISMATCH for bytes that are not those that were signed; ATTACHMENT_REFUSED for bytes
     *     of another type; INVALID_CONTENT where the head does not agree with the announcement
     */
    public <C extends Content> Prepared<AttachmentView> receive(
            WriteContext context, Kind<C> kind, UUID record, UUID attachment, Upload upload) {
        AttachmentRow row = writable(context, kind, record, attachment);
        agree(row, upload);
        Quarantine.Held held = quarantine.receive(context.caller().system(), upload.body(), row.size());
        boolean right = false;
        try {
            if (held.length() != row.size() || !held.digest().isSameAs(row.digest())) {
                throw new ProblemException(ProblemType.CONTENT_DIGEST_MISMATCH);
            }
            inspection.require(held.file(), row.type());
            right = true;
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        } finally {
            if (!right) {
                held.close();
            }
        }
        return new Prepared<>(() -> keep(context, kind, record, attachment, held), held::close);
    }

    private <C extends Content> AttachmentView keep(
            WriteContext context, Kind<C> kind, UUID record, UUID attachment, Quarantine.Held held) {
        Seen<C> seen = writing.locked(context, kind, record);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        AttachmentRow row = attachments.find(context.caller(), seen, attachment);
        row.requireStanding();
        if (row.storedAt() != null && store.length(row.place()) == row.size()) {
            return row.view();
        }
        rows.lockBytes(row.place());
        try {
            store.keep(held.file(), row.place());
        } catch (IOException e) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        if (row.storedAt() != null) {
            return row.view();
        }
        rows.stored(context, attachment, storedAt(context, seen.row()));
        context.trace().changed(row.changed(seen.row(), "store-attachment"));
        return attachments.find(context.caller(), seen, attachment).view();
    }

    /** Behind what was done to the record while the bytes came in, so that nobody has signed what was not there. */
    private static Instant storedAt(WriteContext context, RecordRow record) {
        Instant next = record.changedAt().plus(1, ChronoUnit.MICROS);
        return next.isAfter(context.at()) ? next : context.at();
    }

    private <C extends Content> AttachmentRow writable(
            WriteContext context, Kind<C> kind, UUID record, UUID attachment) {
        Seen<C> seen = lookup.require(context.caller(), context.trace(), kind, record);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        AttachmentRow row = attachments.find(context.caller(), seen, attachment);
        row.requireStanding();
        return row;
    }

    private static void agree(AttachmentRow row, Upload upload) {
        if (!upload.contentType().equals(Optional.of(row.mediaType()))) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, new FieldFault("content-type", "DIFFERS_FROM_ANNOUNCEMENT"));
        }
        if (!upload.agrees().test(row.digest())) {
            throw new ProblemException(
                    ProblemType.INVALID_CONTENT, new FieldFault("content-digest", "DIFFERS_FROM_ANNOUNCEMENT"));
        }
    }
}
