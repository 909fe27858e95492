package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** That a record holds what must not stand here 涉密误传. Says which and of what class; never what. */
public record SpillDraft(
        @ZhName("记录编号") @NotNull @Nullable UUID recordId,

        @ZhName("误传类别") @NotNull @Code("spill-reasons") @Nullable
        String reason) {}
