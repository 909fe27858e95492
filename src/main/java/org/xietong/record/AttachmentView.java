package org.xietong.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;

/**
 * An attachment as shown to whoever sees its record in full, the participants and caveats that it bears included. All but the id
 * is absent in the answer to a repetition.
 *
 * @param stored the bytes are there; else it is announced only, and nobody but the owner knows of it
 * @param withdrawnAt since when its bytes are handed out no more; absent where they are
 * @param sha256 of the bytes, lower-hex
 * @param erasedAt since when nothing of it is left but this; all else but record and unit is absent then
 * @param repeated the request was a repetition; nothing was done again
 * @param firstExchange the exchange that did it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttachmentView(
        @ZhName("附件编号") UUID id,
        @ZhName("所属记录") @Nullable UUID recordId,
        @ZhName("是否已入库") @Nullable Boolean stored,
        @ZhName("文件名") @Nullable String name,
        @ZhName("文件类型") @Nullable String mediaType,
        @ZhName("字节数") @Nullable Long size,
        @ZhName("SHA-256 摘要") @Nullable String sha256,
        @ZhName("SM3 摘要") @Nullable String sm3,
        @ZhName("原件形式") @Nullable OriginalForm original,
        @ZhName("印章或签名") @Nullable String seal,
        @ZhName("卷号") @Nullable String volume,
        @ZhName("页码") @Nullable String pages,
        @ZhName("原件存放处") @Nullable String keptAt,
        @ZhName("来源说明") @Nullable String provenance,
        @ZhName("标注") @Nullable List<Caveat> caveats,
        @ZhName("涉及的参与人") @Nullable List<UUID> participants,
        @ZhName("提交单位") @Nullable String unit,
        @ZhName("登记时间") @Nullable OffsetDateTime announcedAt,
        @ZhName("入库时间") @Nullable OffsetDateTime storedAt,
        @ZhName("撤回时间") @Nullable OffsetDateTime withdrawnAt,
        @ZhName("撤回理由") @Nullable String withdrawalReason,
        @ZhName("依法删除时间") @Nullable OffsetDateTime erasedAt,
        @ZhName("重复请求") @Nullable Boolean repeated,
        @ZhName("首次交换编号") @Nullable UUID firstExchange)
        implements Committed {
    /** Under which an announcement is remembered by its idempotency key. */
    public static final String KIND = "attachment";

    /** The answer to a repeated announcement: what the first one did, without content. */
    public static AttachmentView repeated(UUID id, UUID firstExchange) {
        return new AttachmentView(
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
                null,
                true,
                firstExchange);
    }

    /** What shows of an attachment that was erased. */
    static AttachmentView erased(UUID id, UUID record, String unit, OffsetDateTime at) {
        return new AttachmentView(
                id, record, null, null, null, null, null, null, null, null, null, null, null, null, null, null, unit,
                null, null, null, null, at, null, null);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public @Nullable Integer version() {
        return null;
    }
}
