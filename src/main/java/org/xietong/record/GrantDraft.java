package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;
import org.xietong.policy.View;

/**
 * What the first officer proposes to open beyond the matrix, and to whom: either a unit or an officer, who must then sign with
 * his own key.
 *
 * @param caveats that it opens; INFORMANT to an officer only
 * @param until when it ends
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record GrantDraft(
        @ZhName("被授权单位") @Nullable @Size(min = 1, max = 64) String unit,
        @ZhName("被授权人员") @Nullable @Size(min = 1, max = 64) String officer,

        @ZhName("用途") @NotNull @Code("purposes") @Size(min = 1, max = 64) @Nullable
        String purpose,

        @ZhName("查看级别") @NotNull @Nullable View view,
        @ZhName("开放标注") @Nullable Set<@NotNull Caveat> caveats,
        @ZhName("截止时间") @NotNull @Nullable OffsetDateTime until,

        @ZhName("理由") @NotNull @Size(min = 1, max = 500) @Nullable
        String reason,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
