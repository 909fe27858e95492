package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** Which unit is to come into a matter, or to be taken out of it again. */
public record InvitationDraft(
        @ZhName("单位编号") @NotNull @Size(min = 1, max = 64) @Nullable
        String unit) {}
