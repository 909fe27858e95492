package org.xietong.matter;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** Whose right is concerned 权利人, as the register states it; often a unit, for copyright also a natural person. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RightHolder(
        @ZhName("权利人名称") @NotBlank @Size(max = 200) @Nullable
        String name,

        @ZhName("权利人类型") @NotNull @Nullable ParticipantType type) {}
