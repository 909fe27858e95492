package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Label;

/**
 * A proposal to lower a label, for the owner's unit alone.
 *
 * @param digest SHA-256 over record, start, label, reason and proposer; the second officer confirms it
 * @param startsFrom SHA-256 of the label that it shall replace
 * @param open whether it can still be confirmed, if the label has not changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LabelLoweringView(
        @ZhName("提议编号") UUID id,
        @ZhName("记录种类") String kind,
        @ZhName("记录编号") @Nullable UUID recordId,
        @ZhName("拟改标签") @Nullable Label label,
        @ZhName("理由") @Nullable String reason,
        @ZhName("原标签摘要") @Nullable String startsFrom,
        @ZhName("提议摘要") @Nullable String digest,
        @ZhName("提议人") @Nullable String proposedBy,
        @ZhName("提议时间") @Nullable OffsetDateTime proposedAt,
        @ZhName("失效时间") @Nullable OffsetDateTime expiresAt,
        @ZhName("是否待确认") @Nullable Boolean open,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {

    /** The answer to a repeated proposal. */
    public static LabelLoweringView repeated(String kind, UUID id, UUID firstExchange) {
        return new LabelLoweringView(
                id, kind, null, null, null, null, null, null, null, null, null, true, firstExchange);
    }
}
