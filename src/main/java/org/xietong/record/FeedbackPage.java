package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * What became of a case that was handed over 移送案件反馈 (咸中法〔2021〕10号 art. 7): how it stands now, and what its sender was told, newest
 * first. The officer's words stand in the record.
 *
 * @param standing what the policy shows the sender now, as far as the reader sees it, too
 * @param next cursor of the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedbackPage(
        @ZhName("当前进展") List<FeedbackLine> standing,
        @ZhName("已作反馈") List<Given> items,
        @ZhName("下一页游标") @Nullable String next) {

    /**
     * One feedback, as it was given.
     *
     * @param complete whether nothing was left to be told
     */
    public record Given(
            @ZhName("编号") UUID id,
            @ZhName("反馈时间") OffsetDateTime at,
            @ZhName("反馈单位") String byUnit,
            @ZhName("是否办结") boolean complete,
            @ZhName("反馈时进展") List<FeedbackLine> progress) {}
}
