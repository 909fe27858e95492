package org.xietong.record;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;
import org.xietong.matter.LinkType;

/**
 * How the matter at hand stands to another one: it is the civil side of {@code to}, the appeal of it …
 *
 * @param persons who of this matter ({@code from}) is whom in the other one; shown to who sees both
 */
public record LinkDraft(
        @ZhName("关联类型") @NotNull @Nullable LinkType type,

        @ZhName("关联到的案件") @NotNull @Nullable UUID to,

        @ZhName("同一参与人") @Size(max = 32) @Nullable List<@NotNull @Valid SamePerson> persons) {}
