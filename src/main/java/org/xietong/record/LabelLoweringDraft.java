package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.LabelDraft;

/**
 * What the first officer proposes: the label that shall hold instead.
 *
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record LabelLoweringDraft(
        @ZhName("拟改标签") @NotNull @Nullable LabelDraft label,

        @ZhName("理由") @NotNull @Size(min = 1, max = 500) @Nullable
        String reason,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
