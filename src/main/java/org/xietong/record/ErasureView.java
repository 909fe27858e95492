package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * An erasure, for the owner's unit alone. All but the id is absent in the answer to a repetition.
 *
 * @param target a record, a participant or an attachment; of a release the spill
 * @param digest SHA-256 over what is proposed, and by whom; the second officer confirms it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasureView(
        @ZhName("删除编号") UUID id,
        @ZhName("删除对象种类") @Nullable String target,
        @ZhName("对象编号") @Nullable UUID targetId,
        @ZhName("状态") @Nullable Status status,
        @ZhName("是否一并删除自由文本") @Nullable Boolean freeText,
        @ZhName("删除依据") @Nullable String basis,
        @ZhName("文书文号") @Nullable String documentNumber,
        @ZhName("理由") @Nullable String reason,
        @ZhName("提议摘要") @Nullable String digest,
        @ZhName("提议人") @Nullable String proposedBy,
        @ZhName("提议时间") @Nullable OffsetDateTime proposedAt,
        @ZhName("失效时间") @Nullable OffsetDateTime expiresAt,
        @ZhName("批准人") @Nullable String approvedBy,
        @ZhName("批准时间") @Nullable OffsetDateTime approvedAt,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {
    /** Under which it is remembered by its idempotency key. */
    public static final String KIND = "erasure";

    /** Where an erasure stands. */
    public enum Status {
        /** Waits for the second officer. */
        PROPOSED,
        DONE,
        /** Nobody approved it in time. */
        LAPSED
    }

    static ErasureView of(Erasure erasure, Instant now) {
        Erasure.Approval approved = erasure.approved();
        return new ErasureView(
                erasure.id(),
                erasure.kind().name(),
                erasure.target(),
                approved != null ? Status.DONE : now.isBefore(erasure.expiresAt()) ? Status.PROPOSED : Status.LAPSED,
                erasure.freeText(),
                erasure.kind() == Erasure.Kind.RELEASE ? null : erasure.basis(),
                erasure.documentNumber(),
                erasure.reason(),
                erasure.digest(),
                erasure.proposedBy(),
                RecordViews.shanghai(erasure.proposedAt()),
                RecordViews.shanghai(erasure.expiresAt()),
                approved == null ? null : approved.by(),
                approved == null ? null : RecordViews.shanghai(approved.at()),
                null,
                null);
    }

    /** The answer to a repeated write: what the first one did. */
    public static ErasureView repeated(UUID id, UUID firstExchange) {
        return new ErasureView(
                id, null, null, null, null, null, null, null, null, null, null, null, null, null, true, firstExchange);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
