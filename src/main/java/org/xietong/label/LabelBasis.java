package org.xietong.label;

import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * Why a record bears its level.
 *
 * @param code a code of {@code law/label-basis.yaml}
 * @param text the reason in this case, in the marking officer's words
 */
public record LabelBasis(
        @ZhName("依据代码") @Nullable String code,
        @ZhName("理由") @Nullable String text) {}
