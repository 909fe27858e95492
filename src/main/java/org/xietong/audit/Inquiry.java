package org.xietong.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Jcs;
import org.xietong.ledger.ExchangeRow;
import org.xietong.ledger.ExchangeScope;
import org.xietong.ledger.Touched;

/**
 * An inquiry 审计事项 as it is stored: what two officers of an auditing unit agreed to look into.
 *
 * @param digest over the terms and the proposer, as it was when proposed
 * @param approval none while it waits for the second officer
 */
record Inquiry(
        Terms terms,
        String digest,
        Instant expiresAt,
        @Nullable Approval approval,
        @Nullable Closing closing) {

    /** What was proposed, by whom; never changes. */
    record Terms(
            UUID id,
            String unit,
            String documentNumber,
            List<String> agencies,
            List<UUID> matters,
            Instant from,
            Instant until,
            String reason,
            String officer,
            String keyId,
            Instant at) {

        Terms {
            agencies = List.copyOf(agencies);
            matters = List.copyOf(matters);
        }

        /** SHA-256 over the canonical JSON (RFC 8785) of what is proposed, lower-hex. */
        String digest() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("id", id.toString());
            json.put("unit", unit);
            json.put("documentNumber", documentNumber);
            agencies.forEach(json.withArray("agencies")::add);
            matters.forEach(matter -> json.withArray("matterIds").add(matter.toString()));
            json.put("from", from.toString());
            json.put("until", until.toString());
            json.put("reason", reason);
            json.put("proposedBy", officer);
            return Digests.hex(Digests.sha256(Jcs.canonical(json)));
        }
    }

    /** The second officer's word. */
    record Approval(String officer, String keyId, Instant at, UUID exchange, Instant openUntil) {}

    /** Its end before its time. */
    record Closing(String officer, Instant at) {}

    InquiryView.State state(Instant now) {
        if (closing != null) {
            return InquiryView.State.CLOSED;
        }
        if (approval != null) {
            return now.isBefore(approval.openUntil()) ? InquiryView.State.OPEN : InquiryView.State.ENDED;
        }
        return now.isBefore(expiresAt) ? InquiryView.State.PROPOSED : InquiryView.State.LAPSED;
    }

    /** What of the journal it opens. */
    ExchangeScope.Within scope() {
        return new ExchangeScope.Within(terms.agencies(), terms.matters(), terms.from(), terms.until());
    }

    /** Whether it opens the exchange: by agency, time, and the matters that it touched. */
    boolean covers(ExchangeRow row, List<Touched> touched) {
        return terms.agencies().contains(row.agency())
                && !row.time().isBefore(terms.from())
                && row.time().isBefore(terms.until())
                && (terms.matters().isEmpty() || touched.stream().anyMatch(this::covers));
    }

    boolean covers(Touched touched) {
        return terms.matters().isEmpty() || terms.matters().contains(touched.thread());
    }

    Inquiry approved(Approval by) {
        return new Inquiry(terms, digest, expiresAt, by, closing);
    }

    Inquiry closed(Closing by) {
        return new Inquiry(terms, digest, expiresAt, approval, by);
    }
}
