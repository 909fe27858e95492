package org.xietong.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** Why it was decided so. A refusal names its reason from the list (国务院令310号 §8: 说明理由). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FilingReason(
        @ZhName("理由代码") @Code("refusal-reasons") @Nullable String code,
        @ZhName("理由说明") @Size(max = 2000) @Nullable String text) {}
