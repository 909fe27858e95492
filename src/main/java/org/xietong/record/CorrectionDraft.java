package org.xietong.record;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * A request to correct a record 更正申请.
 *
 * @param fields JSON pointers of fields that the caller sees, e.g. {@code /content/title}
 * @param noStateSecret the sender's declaration 不涉及国家秘密 (I7)
 */
public record CorrectionDraft(
        @ZhName("申请更正的字段") @NotEmpty @Size(max = 32) @Nullable
        List<@NotNull @Size(min = 1, max = 100) String> fields,

        @ZhName("理由") @NotNull @Size(min = 1, max = 4000) @Nullable
        String reason,

        @ZhName("不涉及国家秘密声明") @Nullable Boolean noStateSecret) {}
