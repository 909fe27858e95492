package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * Versions of a record by pages, oldest first, each as the caller may see it now. Full views only. A page ends where it would grow
 * too large, too.
 *
 * @param withdrawnAttachments of those that the caller may see, the latest; on the first page only. All stand in the list of
 *     attachments
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordHistory<C extends Content>(
        @ZhName("记录编号") UUID id,
        @ZhName("各版本") List<Entry<C>> versions,
        @ZhName("已撤回的附件") @Nullable List<AttachmentView> withdrawnAttachments,
        @ZhName("下一页游标") @Nullable String next) {

    /**
     * One version and the act that made it.
     *
     * @param state not of a version that concerned others, whom the reader may not know of
     * @param exchangeId the signed exchange that made it; shown to the units that took part in it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry<C extends Content>(
            @ZhName("版本") int version,
            @ZhName("动作") String act,
            @ZhName("办理单位") String unit,
            @ZhName("登记时间") OffsetDateTime at,
            @ZhName("状态") @Nullable String state,
            @ZhName("动作内容") @Nullable ActDraft<C> actContent,
            @ZhName("内容") @Nullable C content,
            @ZhName("交换编号") @Nullable UUID exchangeId) {}
}
