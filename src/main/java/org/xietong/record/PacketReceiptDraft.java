package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A recipient's answer 回执, entered by an officer of the sender: signed, or scanned; exactly one of both.
 *
 * @param reason why it was returned; with RETURNED only
 * @param receivedOn the day on the paper, where there is one
 * @param signature base64 of the signature over {@link PacketReceipts#text}, by the certificate that the recipient is registered with
 * @param scan id of the record's attachment that shows the receipt; nobody checks what it shows
 */
public record PacketReceiptDraft(
        @ZhName("回执结果") @NotNull @Nullable PacketOutcome outcome,

        @ZhName("退回理由") @Size(min = 1, max = 1000) @Nullable String reason,

        @ZhName("签收日期") @Nullable LocalDate receivedOn,

        @ZhName("回执签名") @Size(min = 1, max = 45_000) @Nullable
        String signature,

        @ZhName("回执扫描件") @Nullable UUID scan,
        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
