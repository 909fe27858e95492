package org.xietong.matter;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.label.Caveat;
import org.xietong.policy.Maskable;

/** Whose right is concerned 权利人, as the register states it; often a unit, for copyright also a natural person. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RightHolder(
        @ZhName("权利人名称") @NotBlank @Size(max = 200) @Nullable
        String name,

        @ZhName("权利人类型") @NotNull @Nullable ParticipantType type)
        implements Maskable<RightHolder> {

    /** A natural person by masked name. */
    @Override
    public RightHolder masked(Set<Caveat> opened) {
        boolean open = type == ParticipantType.UNIT || opened.contains(Caveat.PI);
        return open || name == null ? this : new RightHolder(Names.mask(name), type);
    }
}
