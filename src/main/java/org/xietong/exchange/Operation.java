package org.xietong.exchange;

import static org.xietong.exchange.Operation.Need.*;

import java.util.EnumSet;
import java.util.Set;

/** Every operation of the service and what a request for it must bring. What is not listed does not exist (I1, I2). */
public enum Operation {
    TOKEN_ISSUE(WITHOUT_TOKEN),
    RECORD_CREATE(WRITES, IDEMPOTENCY_KEY, OFFICER),
    RECORD_UPSERT(WRITES, OFFICER),
    RECORD_READ(),
    RECORD_LIST(),
    RECORD_HISTORY(),
    RECORD_AMEND(WRITES, IF_MATCH, OFFICER),
    RECORD_ACT(WRITES, IDEMPOTENCY_KEY, IF_MATCH, OFFICER),
    LABEL_REVIEW(WRITES, IDEMPOTENCY_KEY, IF_MATCH, OFFICER, OFFICER_SIGNATURE),
    LABEL_LOWERING_PROPOSE(WRITES, IDEMPOTENCY_KEY, IF_MATCH, OFFICER, OFFICER_SIGNATURE),
    LABEL_LOWERING_LIST(),
    LABEL_LOWERING_READ(),
    LABEL_LOWERING_CONFIRM(WRITES, IDEMPOTENCY_KEY, IF_MATCH, OFFICER, OFFICER_SIGNATURE),
    GRANT_PROPOSE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE),
    GRANT_APPROVE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE),
    GRANT_REVOKE(WRITES, IDEMPOTENCY_KEY, OFFICER),
    GRANT_LIST(),
    CORRECTION_REQUEST(WRITES, IDEMPOTENCY_KEY, OFFICER),
    CORRECTION_REPLY(WRITES, IDEMPOTENCY_KEY, OFFICER),
    CORRECTION_LIST(),
    RECORD_BULK(STREAMED, OFFICER),
    ATTACHMENT_ANNOUNCE(WRITES, IDEMPOTENCY_KEY, OFFICER),
    ATTACHMENT_STORE(WRITES, STREAMED, OFFICER),
    ATTACHMENT_WITHDRAW(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE),
    ATTACHMENT_LIST(),
    ATTACHMENT_READ(),
    ATTACHMENT_DOWNLOAD(),
    MATTER_READ(),
    MATTER_TIMELINE(),
    MATTER_RESOLVE(),
    MATTER_INVITE(WRITES, IDEMPOTENCY_KEY, OFFICER),
    MATTER_TAKE_OUT(WRITES, IDEMPOTENCY_KEY, OFFICER),
    MATTER_LINK(WRITES, IDEMPOTENCY_KEY, OFFICER),
    MATTER_UNLINK(WRITES, IDEMPOTENCY_KEY, OFFICER),
    MATTER_INVITATIONS(),
    MATTER_INVITED(),
    CHANGES_READ(),
    POLICY_READ(),
    POLICY_EXPLAIN(),
    EXCHANGE_LIST(),
    EXCHANGE_READ(),
    INQUIRY_PROPOSE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE),
    INQUIRY_APPROVE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE),
    INQUIRY_CLOSE(WRITES, IDEMPOTENCY_KEY, OFFICER),
    INQUIRY_LIST(OFFICER),
    INQUIRY_READ(OFFICER),
    DISCLOSURE_SEARCH(OFFICER),
    READING_REPORT(WRITES, IDEMPOTENCY_KEY),
    ADMIN_LIST(OFFICER, OFFICER_SIGNATURE, ADMINISTRATION),
    ADMIN_READ(OFFICER, OFFICER_SIGNATURE, ADMINISTRATION),
    ADMIN_PROPOSE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE, ADMINISTRATION),
    ADMIN_NARROW(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE, ADMINISTRATION),
    ADMIN_APPROVE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE, ADMINISTRATION),
    ADMIN_REFUSE(WRITES, IDEMPOTENCY_KEY, OFFICER, OFFICER_SIGNATURE, ADMINISTRATION);

    /** What a request must bring beyond signature and purpose. */
    public enum Need {
        /** The only one that comes before a token can exist. */
        WITHOUT_TOKEN,
        /** Runs in a transaction; its journal entry is part of it. */
        WRITES,
        /** The body may be large: it is read after the caller is known, and never as a whole. Its digest is signed. */
        STREAMED,
        IDEMPOTENCY_KEY,
        IF_MATCH,
        /** An officer is named: somebody answers for every change. */
        OFFICER,
        /** The officer signs with his own key (I11). */
        OFFICER_SIGNATURE,
        /** A console of administrators calls, for an officer with a role; see {@link Duties}. */
        ADMINISTRATION
    }

    private final Set<Need> needs;

    Operation(Need... needs) {
        EnumSet<Need> set = EnumSet.noneOf(Need.class);
        set.addAll(Set.of(needs));
        this.needs = set;
    }

    public boolean needs(Need need) {
        return needs.contains(need);
    }

    public boolean writes() {
        return needs(WRITES);
    }
}
