package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * Why a record that was reported as a spill is none.
 *
 * @param documentNumber the paper that decided it
 * @param noStateSecret the sender's declaration 不涉及国家秘密, about the record (I7)
 */
public record ReleaseDraft(
        @ZhName("文书文号") @NotNull @Size(min = 1, max = 128) @Nullable
        String documentNumber,

        @ZhName("理由") @NotNull @Size(min = 1, max = 500) @Nullable
        String reason,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
