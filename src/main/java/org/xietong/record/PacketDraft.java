package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.PaperNumber;
import org.xietong.identifier.ZhName;
import org.xietong.policy.View;

/**
 * A packet for an outside recipient 外送数据包.
 *
 * @param view SUMMARY or FULL, as far as the policy lets this kind leave to this kind of recipient
 * @param documentNumber 文号 of the letter that it goes with
 * @param attachments ids of those of the record's that go with it; with FULL only
 * @param replaces the packet whose place it takes, for the same recipient and under the same number; one that nobody has answered
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record PacketDraft(
        @ZhName("接收单位编号") @NotNull @Size(min = 1, max = 64) @Nullable
        String recipient,

        @ZhName("查看范围") @NotNull @Nullable View view,

        @ZhName("用途说明") @NotNull @Size(min = 1, max = 200) @Nullable
        String purpose,

        @ZhName("文号") @NotNull @Size(min = 1, max = 100) @Nullable
        String documentNumber,

        @ZhName("随送附件") @Size(max = 50) @Nullable List<@NotNull UUID> attachments,
        @ZhName("替换的数据包") @Nullable UUID replaces,
        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {

    /** The number in its normal form, as a record and its acts have it. */
    public PacketDraft {
        documentNumber = documentNumber == null ? null : PaperNumber.stored(documentNumber);
    }
}
