package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.crypto.Digests;
import org.xietong.crypto.Passphrase;
import org.xietong.identifier.ZhName;
import org.xietong.policy.View;

/**
 * A packet as its sender sees it. All but the id is absent in the answer to a repetition.
 *
 * @param sealedTo key id of the certificate that it is sealed to
 * @param passphrase told once, in the answer that made the packet, and stored nowhere
 * @param sha256 of the sealed file, lower-hex
 * @param collectedAt when the sender first fetched the sealed file to convey it, which is no delivery
 * @param replacedBy the packet that took its place
 * @param receipt the one that counts: a signed one before a scan
 * @param scannedReceipt the scan that was entered before a signed receipt
 * @param repeated the request was a repetition; nothing was done again, and no passphrase is told again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PacketView(
        @ZhName("数据包编号") UUID id,
        @ZhName("所属记录") @Nullable UUID recordId,
        @ZhName("接收单位编号") @Nullable String recipient,
        @ZhName("接收单位名称") @Nullable String recipientName,
        @ZhName("查看范围") @Nullable View view,
        @ZhName("用途说明") @Nullable String purpose,
        @ZhName("文号") @Nullable String documentNumber,
        @ZhName("随送附件") @Nullable List<UUID> attachments,
        @ZhName("封装方式") @Nullable PacketSealing sealing,
        @ZhName("加密所用证书") @Nullable String sealedTo,
        @ZhName("一次性口令") @Nullable String passphrase,
        @ZhName("字节数") @Nullable Long size,
        @ZhName("SHA-256 摘要") @Nullable String sha256,
        @ZhName("SM3 摘要") @Nullable String sm3,
        @ZhName("发出时间") @Nullable OffsetDateTime at,
        @ZhName("发出人员") @Nullable String officer,
        @ZhName("首次取出时间") @Nullable OffsetDateTime collectedAt,
        @ZhName("替换的数据包") @Nullable UUID replaces,
        @ZhName("被何数据包替换") @Nullable UUID replacedBy,
        @ZhName("回执") @Nullable Receipt receipt,
        @ZhName("此前的扫描回执") @Nullable Receipt scannedReceipt,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {
    /** Under which it is remembered by its idempotency key. */
    public static final String KIND = "PACKET";

    /**
     * The recipient's answer.
     *
     * @param verified signed by the registered certificate; false of a scan, which nobody checked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Receipt(
            @ZhName("回执结果") PacketOutcome outcome,
            @ZhName("是否经签名核验") boolean verified,
            @ZhName("退回理由") @Nullable String reason,
            @ZhName("签收日期") @Nullable LocalDate receivedOn,
            @ZhName("回执扫描件") @Nullable UUID scan,
            @ZhName("登记时间") OffsetDateTime at,
            @ZhName("登记人员") String officer) {}

    static PacketView of(PacketRow row, String name, @Nullable Passphrase passphrase) {
        return new PacketView(
                row.id(),
                row.record(),
                row.recipient(),
                name,
                row.view(),
                row.purpose(),
                row.documentNumber(),
                row.attachments(),
                row.sealing(),
                row.sealedTo(),
                passphrase == null ? null : passphrase.reveal(),
                row.size(),
                Digests.hex(row.digest().sha256()),
                Digests.hex(row.digest().sm3()),
                RecordViews.shanghai(row.at()),
                row.officer(),
                row.collectedAt() == null ? null : RecordViews.shanghai(row.collectedAt()),
                row.replaces(),
                row.replacedBy(),
                row.receipt() == null ? null : receipt(row.receipt()),
                row.scanned() == null ? null : receipt(row.scanned()),
                null,
                null);
    }

    private static Receipt receipt(PacketRow.Receipt receipt) {
        return new Receipt(
                receipt.outcome(),
                receipt.verified(),
                receipt.reason(),
                receipt.receivedOn(),
                receipt.scan(),
                RecordViews.shanghai(receipt.at()),
                receipt.officer());
    }

    /** The answer to a repeated sending: what the first one did, without content and without the passphrase. */
    public static PacketView repeated(UUID id, UUID firstExchange) {
        return new PacketView(
                id,
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
                null,
                null,
                null,
                null,
                null,
                true,
                firstExchange);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** A passphrase is in nobody's log. */
    @Override
    public String toString() {
        return KIND + ' ' + id;
    }
}
