package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.xietong.agency.Caller;
import org.xietong.crypto.BodyDigest;
import org.xietong.label.Caveat;
import org.xietong.policy.Decision.Permitted;
import org.xietong.policy.View;
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
    /** They bind the receiver, and close nothing to his eyes. */
    private static final Set<Caveat> BINDING = Set.of(Caveat.NO_FORWARD, Caveat.NO_EXPORT);

    private final AttachmentConfig config;
    private final Lookup lookup;
    private final Rights rights;
    private final RecordViews views;
    private final RecordWriting writing;
    private final AttachmentRows rows;
    private final AttachmentStore store;
    private final AttachmentInspection inspection;
    private final Quarantine quarantine;

    Attachments(
            AttachmentConfig config,
            Lookup lookup,
            Rights rights,
            RecordViews views,
            RecordWriting writing,
            AttachmentRows rows,
            AttachmentStore store,
            AttachmentInspection inspection,
            Quarantine quarantine) {
        this.config = config;
        this.lookup = lookup;
        this.rights = rights;
        this.views = views;
        this.writing = writing;
        this.rows = rows;
        this.store = store;
        this.inspection = inspection;
        this.quarantine = quarantine;
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
                null);
        rows.announce(context, row);
        changed(context, seen, row, "announce-attachment");
        return row.view();
    }

    /** A page of those that the caller may see, newest first. */
    public <C extends Content> AttachmentPage list(
            Caller caller, Trace trace, Kind<C> kind, UUID record, Optional<String> after, int limit) {
        Seen<C> seen = whole(caller, trace, kind, record);
        views.disclose(caller, trace, kind, seen);
        List<AttachmentRow> found =
                rows.page(sight(caller, seen), after.map(Cursor::decode).orElse(Cursor.NEWEST), limit + 1);
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
        Seen<C> seen = whole(caller, trace, kind, record);
        AttachmentRow row = find(caller, seen, attachment);
        views.disclose(caller, trace, kind, seen);
        return row.view();
    }

    /**
     * The bytes, not yet read.
     *
     * @throws ProblemException FORBIDDEN where record or attachment bear 不得导出 (NO_EXPORT) and the caller is not the owner;
     *     UNAVAILABLE where the store has lost them
     */
    public <C extends Content> Download download(
            Caller caller, Trace trace, Kind<C> kind, UUID record, UUID attachment) {
        Seen<C> seen = whole(caller, trace, kind, record);
        AttachmentRow row = find(caller, seen, attachment);
        if (row.storedAt() == null) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        boolean bound = row.caveats().contains(Caveat.NO_EXPORT)
                || seen.row().label().caveats().contains(Caveat.NO_EXPORT);
        if (bound && !isOwn(caller, seen)) {
            trace.decided("label:caveat:" + Caveat.NO_EXPORT, seen.permitted().policyVersion());
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        if (store.length(row.place()) != row.size()) {
            throw new ProblemException(ProblemType.UNAVAILABLE);
        }
        views.disclose(caller, trace, kind, seen);
        return new Download(
                row.mediaType(),
                row.size(),
                row.digest(),
                AttachmentRules.disposition(row),
                () -> store.open(row.place()));
    }

    /**
     * Receives the bytes of an announced attachment, outside any transaction: right and announcement are asked before the first
     * byte is read, and asked again in the transaction that makes them visible. The same bytes again change nothing.
     *
     * @throws ProblemException CONTENT_DIGEST_MISMATCH for bytes that are not those that were signed; ATTACHMENT_REFUSED for bytes
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
            WriteContext context, Kind<C> kind, UUID record, UUID attachment, Quarantine.Held held) throws IOException {
        Seen<C> seen = writing.locked(context, kind, record);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        AttachmentRow row = find(context.caller(), seen, attachment);
        if (row.storedAt() != null) {
            return row.view();
        }
        rows.lockBytes(row.place());
        store.keep(held.file(), row.place());
        rows.stored(context, attachment);
        changed(context, seen, row, "store-attachment");
        return find(context.caller(), seen, attachment).view();
    }

    private <C extends Content> AttachmentRow writable(
            WriteContext context, Kind<C> kind, UUID record, UUID attachment) {
        Seen<C> seen = lookup.require(context.caller(), context.trace(), kind, record);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        return find(context.caller(), seen, attachment);
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

    /**
     * The record, for whom it is whole: nothing of it masked that its attachments would tell. Whose sight is limited to some
     * participants, and who so learns no state, sees the attachments that name those alone.
     */
    private <C extends Content> Seen<C> whole(Caller caller, Trace trace, Kind<C> kind, UUID record) {
        Seen<C> seen = lookup.require(caller, trace, kind, record);
        Permitted p = seen.permitted();
        if (!isOwn(caller, seen)
                && (!p.view().shows(View.FULL)
                        || !p.opened().contains(Caveat.PI)
                        || !Set.of("state", "version").containsAll(p.hidden()))) {
            throw new ProblemException(ProblemType.NOT_FOUND);
        }
        return seen;
    }

    private AttachmentRow find(Caller caller, Seen<?> seen, UUID attachment) {
        return rows.find(sight(caller, seen), attachment)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
    }

    private static AttachmentRows.Sight sight(Caller caller, Seen<?> seen) {
        boolean own = isOwn(caller, seen);
        EnumSet<Caveat> open = EnumSet.copyOf(BINDING);
        open.addAll(own ? Arrays.asList(Caveat.values()) : seen.permitted().opened());
        Optional<Collection<UUID>> limit =
                own ? Optional.empty() : seen.permitted().participants().map(only -> only);
        return new AttachmentRows.Sight(seen.row().id(), own, open, limit);
    }

    private static boolean isOwn(Caller caller, Seen<?> seen) {
        return caller.unit().equals(seen.row().ownerUnit());
    }

    private static void changed(WriteContext context, Seen<?> seen, AttachmentRow row, String action) {
        RecordRow record = seen.row();
        context.trace()
                .changed(new Trace.Changed(
                        record.id(),
                        record.kind(),
                        record.version(),
                        record.matter(),
                        record.ownerUnit(),
                        action,
                        record.label().level(),
                        row.place()));
    }
}
