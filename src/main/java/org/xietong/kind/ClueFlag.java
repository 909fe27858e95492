package org.xietong.kind;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** A trait that makes a clue weigh more (咸中法〔2021〕10号 art. 7), with the officer's reason for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClueFlag(
        @ZhName("特征") @NotNull @Code("clue-flags") @Nullable String code,
        @ZhName("理由") @NotBlank @Size(max = 500) @Nullable String reason) {}
