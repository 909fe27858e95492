package org.xietong.label;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * What a caller may write about confidentiality. Who marked and who reviewed is not among it: that comes from the keys that
 * signed (I5, I11). {@link LabelRules#mark} turns a draft into a {@link Label} or refuses it.
 */
public record LabelDraft(
        @ZhName("标签等级") @Nullable Level level,
        @ZhName("标注") Set<Caveat> caveats,
        @ZhName("知悉范围") Scope scope,
        @ZhName("依据") @Nullable LabelBasis basis,
        @ZhName("解除条件") @Nullable Declassify declassify,
        @ZhName("字段标注") List<FieldLabel> fields) {

    public LabelDraft {
        caveats = caveats == null ? Set.of() : Set.copyOf(caveats);
        scope = scope == null ? Scope.EVERYONE : scope;
        fields = fields == null ? List.of() : List.copyOf(fields);
    }

    /** A draft without field labels. */
    public LabelDraft(
            @Nullable Level level,
            Set<Caveat> caveats,
            Scope scope,
            @Nullable LabelBasis basis,
            @Nullable Declassify declassify) {
        this(level, caveats, scope, basis, declassify, List.of());
    }
}
