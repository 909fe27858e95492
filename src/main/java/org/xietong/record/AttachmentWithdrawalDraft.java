package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * Why an attachment is withdrawn 撤回附件; shown to whoever sees the attachment.
 *
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record AttachmentWithdrawalDraft(
        @ZhName("撤回理由") @NotNull @Size(min = 1, max = 500) String reason,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
