package org.xietong.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.agency.Caller;
import org.xietong.agency.Directory;
import org.xietong.agency.Purpose;
import org.xietong.agency.Role;
import org.xietong.label.Level;
import org.xietong.ledger.ExchangeCursor;
import org.xietong.problem.FieldFault;
import org.xietong.problem.ProblemException;
import org.xietong.problem.ProblemType;
import org.xietong.record.Confirmation;
import org.xietong.record.Trace;
import org.xietong.record.WriteContext;

/**
 * Inquiries 审计事项: what an auditing unit may look into, proposed by one officer and approved by another, each with his own key
 * (I11). Only within an approved one that is open and that his purpose names does an auditor open parts or ask who saw what; to him
 * who has none, the log holds nothing (I4).
 */
@ApplicationScoped
public class Inquiries {
    private static final String PURPOSE = "audit";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final InquiryRows rows;
    private final Directory directory;
    private final InquiryConfig config;

    Inquiries(InquiryRows rows, Directory directory, InquiryConfig config) {
        this.rows = rows;
        this.directory = directory;
        this.config = config;
    }

    /** @throws ProblemException FORBIDDEN unless an auditor's system asks, for an officer, in order to audit */
    public static void requireAuditor(Caller caller) {
        boolean forAudit =
                caller.purpose().filter(p -> p.code().equals(PURPOSE)).isPresent();
        if (!isAuditor(caller) || !forAudit || caller.officer().isEmpty()) {
            throw new ProblemException(ProblemType.FORBIDDEN);
        }
    }

    public static boolean isAuditor(Caller caller) {
        return caller.roles().contains(Role.AUDITOR);
    }

    /**
     * The inquiry that the purpose names, for an auditor who signs.
     *
     * @throws ProblemException NOT_FOUND where there is none, or it is not approved, closed, at its end, or another unit's: the same
     *     for all
     */
    public OpenInquiry require(Caller caller, Trace trace, Instant now) {
        requireAuditor(caller);
        if (!caller.officerSigned()) {
            throw new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED);
        }
        Inquiry inquiry = caller.purpose()
                .flatMap(Purpose::caseNumber)
                .flatMap(number -> rows.open(caller.unit(), number, now))
                .orElseThrow(Inquiries::notFound);
        trace.within(inquiry.terms().id());
        return new OpenInquiry(inquiry);
    }

    /** The first officer's proposal; nothing opens by it. */
    public InquiryView propose(WriteContext context, @Nullable String keyId, InquiryDraft draft) {
        requireAuditor(context.caller());
        OffsetDateTime from = Objects.requireNonNull(draft.from());
        OffsetDateTime until = Objects.requireNonNull(draft.until());
        if (!from.isBefore(until)
                || from.toInstant().isBefore(EARLIEST)
                || until.toInstant().isAfter(LATEST)) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/until", "RANGE"));
        }
        Inquiry.Terms terms = new Inquiry.Terms(
                UUID.randomUUID(),
                context.caller().unit(),
                Objects.requireNonNull(draft.documentNumber()),
                Objects.requireNonNull(draft.agencies()).stream()
                        .distinct()
                        .sorted()
                        .toList(),
                Optional.ofNullable(draft.matterIds()).orElse(List.of()).stream()
                        .distinct()
                        .sorted()
                        .toList(),
                from.toInstant().truncatedTo(ChronoUnit.MILLIS),
                until.toInstant().truncatedTo(ChronoUnit.MILLIS),
                Objects.requireNonNull(draft.reason()),
                signer(context),
                key(keyId),
                context.at().truncatedTo(ChronoUnit.MILLIS));
        Inquiry inquiry = new Inquiry(terms, terms.digest(), terms.at().plus(config.life()), null, null);
        rows.add(inquiry, context.exchange());
        return written(context, inquiry, "propose", 1);
    }

    /** The second officer's approval, over the digest of what stands in the store; it is open from here on. */
    public InquiryView approve(WriteContext context, @Nullable String keyId, UUID id, Confirmation confirmation) {
        requireAuditor(context.caller());
        Inquiry inquiry = own(context.caller(), id);
        Inquiry.Terms terms = inquiry.terms();
        String officer = signer(context);
        String key = key(keyId);
        if (officer.equals(terms.officer()) || key.equals(terms.keyId())) {
            throw new ProblemException(ProblemType.SECOND_OFFICER_REQUIRED);
        }
        if (inquiry.closing() != null || inquiry.approval() != null) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        if (inquiry.state(context.at()) != InquiryView.State.PROPOSED
                || !inquiry.digest().equals(terms.digest())
                || !proposerStillMay(terms, context.at())) {
            throw new ProblemException(ProblemType.PROPOSAL_STALE);
        }
        if (!inquiry.digest().equals(confirmation.digest())) {
            throw new ProblemException(ProblemType.INVALID_CONTENT, new FieldFault("/digest", "DIFFERS"));
        }
        Inquiry.Approval approval = new Inquiry.Approval(
                officer,
                key,
                context.at(),
                context.exchange(),
                context.at().plus(config.open()).truncatedTo(ChronoUnit.SECONDS));
        if (!rows.approve(id, approval)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        return written(context, inquiry.approved(approval), "approve", 2);
    }

    /** Ends an inquiry, or a proposal of one; one officer suffices to close. */
    public InquiryView close(WriteContext context, UUID id) {
        requireAuditor(context.caller());
        Inquiry inquiry = own(context.caller(), id);
        Inquiry.Closing closing = new Inquiry.Closing(context.caller().officer().orElseThrow(), context.at());
        if (!rows.close(id, closing)) {
            throw new ProblemException(ProblemType.STATE_CONFLICT);
        }
        return written(context, inquiry.closed(closing), "close", inquiry.approval() == null ? 2 : 3);
    }

    /** For the unit that made it. */
    public InquiryView read(Caller caller, Trace trace, UUID id, Instant now) {
        requireAuditor(caller);
        trace.decided("INQUIRY_READ", "-");
        return InquiryView.of(own(caller, id), now);
    }

    /** The unit's own, newest first. */
    public InquiryPage list(Caller caller, Trace trace, Optional<String> after, int limit, Instant now) {
        requireAuditor(caller);
        trace.decided("INQUIRY_LIST", "-");
        List<Inquiry> found = rows.page(caller.unit(), after.map(ExchangeCursor::parse), limit + 1);
        List<Inquiry> page = found.subList(0, Math.min(limit, found.size()));
        return new InquiryPage(
                page.stream().map(inquiry -> InquiryView.of(inquiry, now)).toList(),
                found.size() <= limit
                        ? null
                        : new ExchangeCursor(
                                        page.getLast().terms().at(),
                                        page.getLast().terms().id())
                                .text());
    }

    private boolean proposerStillMay(Inquiry.Terms terms, Instant at) {
        return directory
                .current()
                .usableOfficerKey(terms.keyId(), at)
                .filter(usable -> usable.officer().id().equals(terms.officer()))
                .filter(usable -> usable.unit().id().equals(terms.unit()))
                .isPresent();
    }

    private Inquiry own(Caller caller, UUID id) {
        return rows.find(caller.unit(), id).orElseThrow(Inquiries::notFound);
    }

    private static InquiryView written(WriteContext context, Inquiry inquiry, String action, int version) {
        context.trace().concerns(InquiryView.KIND);
        context.trace().decided("INQUIRY_" + action.toUpperCase(java.util.Locale.ROOT), "-");
        context.trace()
                .changed(new Trace.Changed(
                        inquiry.terms().id(),
                        InquiryView.KIND,
                        version,
                        null,
                        inquiry.terms().unit(),
                        action,
                        Level.INTERNAL,
                        inquiry.digest()));
        return InquiryView.of(inquiry, context.at());
    }

    private static String signer(WriteContext context) {
        return context.caller().signingOfficer().orElseThrow(Inquiries::unsigned);
    }

    private static String key(@Nullable String keyId) {
        return Optional.ofNullable(keyId).orElseThrow(Inquiries::unsigned);
    }

    private static ProblemException unsigned() {
        return new ProblemException(ProblemType.OFFICER_SIGNATURE_REQUIRED);
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemType.NOT_FOUND);
    }
}
