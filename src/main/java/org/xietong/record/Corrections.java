package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.xietong.agency.Caller;
import org.xietong.crypto.Digests;
import org.xietong.label.Declaration;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Requests for correction 更正申请 and replies: whoever sees a record may say what is wrong in the fields that he sees; the owner
 * answers. Two contents beside the record, each of a signed exchange of its own, known to requester and owner alone. Neither
 * edits the record: what is accepted the owner amends (I5).
 */
@ApplicationScoped
public class Corrections {
    private final Lookup lookup;
    private final RecordWriting writing;
    private final RecordViews views;
    private final CorrectionRows rows;
    private final ChangeRows changes;
    private final StoredJson json;

    Corrections(
            Lookup lookup,
            RecordWriting writing,
            RecordViews views,
            CorrectionRows rows,
            ChangeRows changes,
            StoredJson json) {
        this.lookup = lookup;
        this.writing = writing;
        this.views = views;
        this.rows = rows;
        this.changes = changes;
        this.json = json;
    }

    /** Asks the owner to correct fields in sight; one that is masked fails like one that does not exist (I4). */
    public <C extends Content> Written request(WriteContext context, Kind<C> kind, UUID id, CorrectionDraft draft) {
        Seen<C> seen = writing.locked(context, kind, id);
        RecordRow record = seen.row();
        if (record.ownerUnit().equals(context.caller().unit())) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        Declaration.require(draft.noStateSecret());
        requireShown(
                views.shownFields(context.caller(), kind, seen), draft.fields() == null ? List.of() : draft.fields());
        UUID correction = UUID.randomUUID();
        rows.add(context, correction, record, draft);
        changes.tellOfCorrection(record.ownerUnit(), id, kind.code());
        return written(context, Written.Kind.CORRECTION, correction, seen, json.write(draft));
    }

    /** The owner's answer, once. */
    public <C extends Content> Written reply(
            WriteContext context, Kind<C> kind, UUID id, UUID correction, CorrectionReply draft) {
        Seen<C> seen = writing.locked(context, kind, id);
        RecordRow record = seen.row();
        String unit = context.caller().unit();
        String requester = rows.requester(correction, id)
                .filter(by -> by.equals(unit) || record.ownerUnit().equals(unit))
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND));
        if (!record.ownerUnit().equals(unit)) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
        Declaration.require(draft.noStateSecret());
        if (!rows.answer(context, correction, id, draft)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        changes.tellOfCorrection(requester, id, kind.code());
        return written(context, Written.Kind.CORRECTION_REPLY, correction, seen, json.write(draft));
    }

    /** Those that concern the caller's unit, newest first. */
    public <C extends Content> CorrectionPage list(
            Caller caller, Trace trace, Kind<C> kind, UUID id, Optional<String> after, int limit) {
        Seen<C> seen = lookup.require(caller, trace, kind, id);
        views.mention(trace, kind, seen);
        List<CorrectionPage.Correction> found = rows.page(id, caller.unit(), after.map(Cursor::decode), limit + 1);
        if (found.size() <= limit) {
            return new CorrectionPage(found, null);
        }
        CorrectionPage.Correction last = found.get(limit - 1);
        return new CorrectionPage(
                List.copyOf(found.subList(0, limit)), new Cursor(last.at().toInstant(), last.id()).encode());
    }

    private static void requireShown(Set<String> shown, List<String> fields) {
        List<FieldFault> faults = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!shown.contains(fields.get(i))) {
                faults.add(new FieldFault("/fields/" + i, "UNKNOWN"));
            }
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, faults);
        }
    }

    private static Written written(WriteContext context, Written.Kind kind, UUID id, Seen<?> seen, String content) {
        context.trace()
                .changed(new Trace.Changed(
                        id,
                        kind.name(),
                        1,
                        seen.row().matter(),
                        seen.row().ownerUnit(),
                        kind.name(),
                        seen.facts().label().level(),
                        Digests.hex(Digests.sha256(content.getBytes(StandardCharsets.UTF_8)))));
        return Written.of(kind, id);
    }
}
