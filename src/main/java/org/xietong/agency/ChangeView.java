package org.xietong.agency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * A change of the directory, proposed or done. Of a repeated request only id and first exchange are told.
 *
 * @param id of the exchange that started it
 * @param unit whose it is
 * @param content RFC 8785 text of exactly what is changed
 * @param digest SHA-256 of the content, lower-hex; an approval states it
 * @param decidedIn the exchange that decided
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeView(
        @ZhName("变更编号") UUID id,
        @ZhName("动作") @Nullable @Code("admin-acts") String act,
        @ZhName("对象编号") @Nullable String subject,
        @ZhName("单位编号") @Nullable String unit,
        @ZhName("状态") @Nullable @Code("admin-states") String state,
        @ZhName("内容") @Nullable String content,
        @ZhName("内容摘要") @Nullable String digest,
        @ZhName("提出人") @Nullable String proposedBy,
        @ZhName("提出时间") @Nullable OffsetDateTime proposedAt,
        @ZhName("失效时间") @Nullable OffsetDateTime expiresAt,
        @ZhName("决定人") @Nullable String decidedBy,
        @ZhName("决定时间") @Nullable OffsetDateTime decidedAt,
        @ZhName("决定所在交换") @Nullable UUID decidedIn,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange) {

    /** What the journal calls it. */
    public static final String KIND = "directory-change";

    /** The answer to a repeated request: that it was done, and where. */
    public static ChangeView repeated(UUID id, UUID firstExchange) {
        return new ChangeView(
                id, null, null, null, null, null, null, null, null, null, null, null, null, true, firstExchange);
    }
}
