package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;
import org.xietong.policy.View;

/**
 * A grant, for the owner's unit alone.
 *
 * @param digest SHA-256 over record, terms, reason and proposer; the second officer approves it
 * @param expiresAt by when it must be approved
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantView(
        @ZhName("授权编号") UUID id,
        @ZhName("记录种类") String kind,
        @ZhName("记录编号") @Nullable UUID recordId,
        @ZhName("授权状态") @Nullable Status status,
        @ZhName("被授权单位") @Nullable String unit,
        @ZhName("被授权人员") @Nullable String officer,
        @ZhName("用途") @Nullable String purpose,
        @ZhName("查看级别") @Nullable View view,
        @ZhName("开放标注") @Nullable Set<Caveat> caveats,
        @ZhName("截止时间") @Nullable OffsetDateTime until,
        @ZhName("理由") @Nullable String reason,
        @ZhName("提议摘要") @Nullable String digest,
        @ZhName("提议人") @Nullable String proposedBy,
        @ZhName("提议时间") @Nullable OffsetDateTime proposedAt,
        @ZhName("失效时间") @Nullable OffsetDateTime expiresAt,
        @ZhName("批准人") @Nullable String approvedBy,
        @ZhName("撤销人") @Nullable String revokedBy,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {

    /** Where a grant stands. */
    public enum Status {
        /** Waits for the second officer. */
        PROPOSED,
        STANDING,
        REVOKED,
        /** Its time is over. */
        ENDED,
        /** Nobody approved it in time. */
        LAPSED
    }

    static GrantView of(String kind, GrantEntity grant, Instant now) {
        return new GrantView(
                grant.id,
                kind,
                grant.record,
                grant.status(now),
                grant.person ? null : grant.grantee,
                grant.person ? grant.grantee : null,
                grant.purpose,
                grant.view,
                Arrays.stream(grant.caveats).map(Caveat::valueOf).collect(Collectors.toCollection(TreeSet::new)),
                RecordViews.shanghai(grant.until),
                grant.reason,
                grant.digest,
                grant.proposedBy,
                RecordViews.shanghai(grant.proposedAt),
                RecordViews.shanghai(grant.expiresAt),
                grant.approvedBy,
                grant.revokedBy,
                null,
                null);
    }

    /** The answer to a repeated write. */
    public static GrantView repeated(String kind, UUID id, UUID firstExchange) {
        return new GrantView(
                id,
                kind,
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
}
