package org.xietong.record;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** A number held on paper: document number 文号 or case number 案号, in whatever brackets and widths. */
public record ResolveDraft(
        @ZhName("号码") @NotNull @Size(min = 2, max = 128) @Nullable
        String number) {}
