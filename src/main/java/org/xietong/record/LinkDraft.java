package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.matter.LinkType;

/** How the matter at hand stands to another one: it is the civil side of {@code to}, the appeal of it … */
public record LinkDraft(
        @ZhName("关联类型") @NotNull @Nullable LinkType type,

        @ZhName("关联到的案件") @NotNull @Nullable UUID to) {}
