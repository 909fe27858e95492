package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** Who is one and the same on both sides of a link, by his opaque id in each matter: a suspect dealt with in another case 另案处理. */
public record SamePerson(
        @ZhName("自案件参与人标识") @NotNull @Nullable UUID from,

        @ZhName("至案件参与人标识") @NotNull @Nullable UUID to) {}
