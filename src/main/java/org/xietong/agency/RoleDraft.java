package org.xietong.agency;

import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.Code;
import org.xietong.identifier.ZhName;

/** The role that an officer shall administer with; from then on he reads no case. */
public record RoleDraft(
        @ZhName("管理角色") @NotNull @Code("admin-roles") @Nullable
        String role) implements DirectoryDraft {}
