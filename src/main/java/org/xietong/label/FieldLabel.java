package org.xietong.label;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * Caveats of one field, beside those of its kind: a field label only closes.
 *
 * @param field top-level field of the record's content
 */
public record FieldLabel(
        @ZhName("字段") @Nullable String field, @ZhName("标注") Set<Caveat> caveats) {

    public FieldLabel {
        EnumSet<Caveat> sorted = EnumSet.noneOf(Caveat.class);
        sorted.addAll(caveats == null ? Set.of() : caveats);
        caveats = Collections.unmodifiableSet(sorted);
    }

    /** Caveats by field; a field that stands twice has all of both. */
    static Map<String, Set<Caveat>> byField(Collection<FieldLabel> labels) {
        Map<String, Set<Caveat>> byField = new TreeMap<>();
        for (FieldLabel label : labels) {
            String field = label.field();
            if (field != null) {
                byField.computeIfAbsent(field, f -> EnumSet.noneOf(Caveat.class))
                        .addAll(label.caveats());
            }
        }
        return byField;
    }

    /** One label for each field, by name. */
    static List<FieldLabel> inOrder(Collection<FieldLabel> labels) {
        return byField(labels).entrySet().stream()
                .map(each -> new FieldLabel(each.getKey(), each.getValue()))
                .toList();
    }
}
