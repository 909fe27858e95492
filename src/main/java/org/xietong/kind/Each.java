package org.xietong.kind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xietong.matter.OfStated;
import org.xietong.record.Done;

/** Elements of a content that acts decide one participant at a time. */
final class Each {
    private Each() {}

    /** The elements with the change made to those whom the act concerns. */
    static <T extends OfStated> @Nullable List<T> concerned(
            @Nullable List<T> elements, Done done, UnaryOperator<T> change) {
        return elements == null
                ? null
                : elements.stream()
                        .map(element -> done.concerns(element.participantId()) ? change.apply(element) : element)
                        .toList();
    }

    /** Whom the elements speak of that meet the condition. */
    static <T extends OfStated> Set<UUID> where(@Nullable List<T> elements, Predicate<T> condition) {
        return elements == null
                ? Set.of()
                : elements.stream()
                        .filter(condition)
                        .map(OfStated::participantId)
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** What each decided, by whom it speaks of; nothing where it has not, nor of the whole case. */
    static <T extends OfStated> Map<UUID, String> outcomes(
            @Nullable List<T> elements, Function<T, @Nullable String> decided) {
        Map<UUID, String> outcomes = new HashMap<>();
        for (T element : elements == null ? List.<T>of() : elements) {
            String outcome = decided.apply(element);
            if (outcome != null && element.participant() != null) {
                outcomes.put(element.participantId(), outcome);
            }
        }
        return outcomes;
    }

    static <T> boolean all(@Nullable List<T> elements, Predicate<T> condition) {
        return elements != null && !elements.isEmpty() && elements.stream().allMatch(condition);
    }

    static <T> boolean none(@Nullable List<T> elements, Predicate<T> condition) {
        return elements == null || elements.stream().noneMatch(condition);
    }
}
