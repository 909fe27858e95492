package org.xietong.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.record.Committed;

/**
 * An inquiry, for the auditing unit alone. Of a repeated request only id and first exchange are told.
 *
 * @param digest SHA-256 over what is proposed and by whom; the second officer approves it
 * @param expiresAt by when it must be approved
 * @param openUntil when it ends by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InquiryView(
        @ZhName("审计事项编号") UUID id,
        @ZhName("审计事项状态") @Nullable State status,
        @ZhName("审计文号") @Nullable String documentNumber,
        @ZhName("所涉机关") @Nullable List<String> agencies,
        @ZhName("所涉案件") @Nullable List<UUID> matterIds,
        @ZhName("起始时间") @Nullable OffsetDateTime from,
        @ZhName("截止时间") @Nullable OffsetDateTime until,
        @ZhName("理由") @Nullable String reason,
        @ZhName("提议摘要") @Nullable String digest,
        @ZhName("提议人") @Nullable String proposedBy,
        @ZhName("提议时间") @Nullable OffsetDateTime proposedAt,
        @ZhName("失效时间") @Nullable OffsetDateTime expiresAt,
        @ZhName("批准人") @Nullable String approvedBy,
        @ZhName("批准时间") @Nullable OffsetDateTime approvedAt,
        @ZhName("有效期至") @Nullable OffsetDateTime openUntil,
        @ZhName("结束人") @Nullable String closedBy,
        @ZhName("结束时间") @Nullable OffsetDateTime closedAt,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {

    /** What the journal calls it. */
    public static final String KIND = "INQUIRY";

    /** Where an inquiry stands. */
    public enum State {
        /** Waits for the second officer; opens nothing. */
        PROPOSED,
        OPEN,
        CLOSED,
        /** Its time is over. */
        ENDED,
        /** Nobody approved it in time. */
        LAPSED
    }

    /** The name is no property of the answer: {@link Committed} asks for it. */
    @Override
    public String kind() {
        return KIND;
    }

    static InquiryView of(Inquiry inquiry, Instant now) {
        Inquiry.Terms terms = inquiry.terms();
        Optional<Inquiry.Approval> approval = Optional.ofNullable(inquiry.approval());
        Optional<Inquiry.Closing> closing = Optional.ofNullable(inquiry.closing());
        return new InquiryView(
                terms.id(),
                inquiry.state(now),
                terms.documentNumber(),
                terms.agencies(),
                terms.matters(),
                utc(terms.from()),
                utc(terms.until()),
                terms.reason(),
                inquiry.digest(),
                terms.officer(),
                utc(terms.at()),
                utc(inquiry.expiresAt()),
                approval.map(Inquiry.Approval::officer).orElse(null),
                approval.map(a -> utc(a.at())).orElse(null),
                approval.map(a -> utc(a.openUntil())).orElse(null),
                closing.map(Inquiry.Closing::officer).orElse(null),
                closing.map(c -> utc(c.at())).orElse(null),
                null,
                null);
    }

    /** The answer to a repeated write. */
    public static InquiryView repeated(UUID id, UUID firstExchange) {
        return new InquiryView(
                id,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                true,
                firstExchange);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
