package org.xietong.record;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;

/**
 * An attachment 附件 as its owner announces it, before its bytes: what they are, and by which digests they will be known. The
 * bytes follow by PUT, and must be these.
 *
 * @param name file name, plain text, with an ending that fits the type
 * @param mediaType one of {@link AttachmentType}
 * @param sha256 of the bytes, lower-hex
 * @param sm3 of the bytes, lower-hex
 * @param seal what is sealed or signed on it
 * @param keptAt where the original is kept
 * @param provenance how it was obtained 来源
 * @param caveats what closes it to those for whom the policy does not open it, beside what closes the record
 * @param participants whom it concerns; none means all participants of the record
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7), of the bytes too
 */
public record AttachmentDraft(
        @ZhName("文件名") @NotNull @Size(min = 1, max = 200) String name,

        @ZhName("文件类型") @NotNull @Size(min = 1, max = 100) String mediaType,

        @ZhName("字节数") @NotNull @Min(1) @Max(AttachmentDraft.MOST)
        Long size,

        @ZhName("SHA-256 摘要") @NotNull @Pattern(regexp = AttachmentDraft.HEX)
        String sha256,

        @ZhName("SM3 摘要") @NotNull @Pattern(regexp = AttachmentDraft.HEX)
        String sm3,

        @ZhName("原件形式") @NotNull OriginalForm original,
        @ZhName("印章或签名") @Nullable @Size(min = 1, max = 200) String seal,
        @ZhName("卷号") @Nullable @Size(min = 1, max = 64) String volume,
        @ZhName("页码") @Nullable @Size(min = 1, max = 64) String pages,
        @ZhName("原件存放处") @Nullable @Size(min = 1, max = 200) String keptAt,
        @ZhName("来源说明") @Nullable @Size(min = 1, max = 500) String provenance,
        @ZhName("标注") @Nullable @Size(max = 11) List<@NotNull Caveat> caveats,
        @ZhName("涉及的参与人") @Nullable @Size(max = 200) List<@NotNull UUID> participants,
        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {
    static final String HEX = "^[0-9a-f]{64}$";
    /** Whatever is configured, no more. */
    static final long MOST = 1L << 30;
}
