package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/**
 * What the first officer proposes to erase: exactly one of record, participant and attachment, of his own unit.
 *
 * @param participantId a data subject: what each of the unit's records states of him goes, what they state of others stays
 * @param freeText whether the records' free texts go with him, since no machine can tell what of them is about whom; required with
 *     {@code participantId}
 * @param documentNumber the paper that decided it
 * @param reason why, without naming the data subject: it stays
 * @param noStateSecret the sender's declaration 不涉及国家秘密 about this request (I7)
 */
public record ErasureDraft(
        @ZhName("记录编号") @Nullable UUID recordId,
        @ZhName("参与人标识") @Nullable UUID participantId,
        @ZhName("附件编号") @Nullable UUID attachmentId,
        @ZhName("是否一并删除自由文本") @Nullable Boolean freeText,

        @ZhName("删除依据") @NotNull @Code("erasure-bases") @Nullable
        String basis,

        @ZhName("文书文号") @NotNull @Size(min = 1, max = 128) @Nullable
        String documentNumber,

        @ZhName("理由") @NotNull @Size(min = 1, max = 500) @Nullable
        String reason,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
