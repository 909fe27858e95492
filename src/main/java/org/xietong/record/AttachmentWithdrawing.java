package org.xietong.record;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.xietong.label.Declaration;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;

/**
 * Withdrawing an attachment 撤回附件: the owner's act, with a reason, under an officer's own signature, once. Nothing is erased: it
 * stays listed, as withdrawn, to whoever sees it; the journal keeps who fetched it; its bytes are handed out to nobody any more.
 */
@ApplicationScoped
public class AttachmentWithdrawing {
    private final RecordWriting writing;
    private final Rights rights;
    private final AttachmentLookup attachments;
    private final AttachmentRows rows;

    AttachmentWithdrawing(RecordWriting writing, Rights rights, AttachmentLookup attachments, AttachmentRows rows) {
        this.writing = writing;
        this.rights = rights;
        this.attachments = attachments;
        this.rows = rows;
    }

    /** @throws ProblemException STATE_CONFLICT where it was withdrawn before, or is a paper that the content names */
    public <C extends Content> AttachmentView withdraw(
            WriteContext context, Kind<C> kind, UUID record, UUID attachment, AttachmentWithdrawalDraft draft) {
        Seen<C> seen = writing.locked(context, kind, record);
        rights.require(context.caller(), context.trace(), seen, Rights.AMEND);
        AttachmentRow row = attachments.find(context.caller(), seen, attachment);
        row.requireNotErased();
        // What the record says goes with it stays, until it says so no more
        if (seen.content().attachmentsNeeded().contains(attachment)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        Declaration.require(draft.noStateSecret());
        if (!rows.withdraw(context, attachment, DraftRules.signer(context), draft.reason())) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        context.trace().changed(row.changed(seen.row(), "withdraw-attachment"));
        return attachments.find(context.caller(), seen, attachment).view();
    }
}
