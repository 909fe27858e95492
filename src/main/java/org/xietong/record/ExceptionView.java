package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * One line of a list of what may have been lost.
 *
 * @param deadline that passed, where the list is of such
 * @param order upon it, where the list is of such
 * @param prompt to consider a transfer, where the list is of such
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExceptionView(
        @ZhName("记录种类") String kind,
        @ZhName("记录编号") UUID recordId,
        @ZhName("案件编号") UUID matterId,
        @ZhName("归属单位") String owner,
        @ZhName("状态") @Nullable String state,
        @ZhName("文号") @Nullable String documentNumber,
        @ZhName("期限") @Nullable DeadlineView deadline,
        @ZhName("期限命令") DeadlineView.@Nullable Ordered order,
        @ZhName("移送提示") @Nullable PromptView prompt) {

    static ExceptionView of(
            Seen<?> seen,
            @Nullable DeadlineView deadline,
            DeadlineView.@Nullable Ordered order,
            @Nullable PromptView prompt) {
        RecordRow row = seen.row();
        boolean common = seen.permitted().showsCommon();
        return new ExceptionView(
                row.kind(),
                row.id(),
                row.matter(),
                row.ownerUnit(),
                common ? row.state() : null,
                common ? row.documentNumber() : null,
                deadline,
                order,
                prompt);
    }
}
