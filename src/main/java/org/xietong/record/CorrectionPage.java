package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** Requests for correction of a record, newest first: all of them for its owner, for others those of their own unit. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CorrectionPage(
        @ZhName("更正申请") List<Correction> items,
        @ZhName("下一页游标") @Nullable String next) {

    /**
     * A request and, once it is there, the owner's reply.
     *
     * @param state a code of {@code correction-states}
     * @param exchangeId the signed exchange that brought the request
     * @param replyExchangeId the signed exchange that brought the reply
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Correction(
            @ZhName("申请编号") UUID id,
            @ZhName("状态") @Code("correction-states") String state,
            @ZhName("申请单位") String unit,
            @ZhName("申请更正的字段") List<String> fields,
            @ZhName("理由") String reason,
            @ZhName("申请时间") OffsetDateTime at,
            @ZhName("申请交换编号") UUID exchangeId,
            @ZhName("答复结果") CorrectionReply.@Nullable Outcome outcome,
            @ZhName("答复内容") @Nullable String reply,
            @ZhName("答复时间") @Nullable OffsetDateTime repliedAt,
            @ZhName("答复交换编号") @Nullable UUID replyExchangeId) {}
}
