package org.xietong.label;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * When the level ends 解除条件: on a day, or when a milestone stands for everybody whom the record concerns. Exactly one of the
 * two. It takes effect by itself, since both officers signed it with the label ({@link Label#inForce}); where the milestone is
 * revoked, the label holds again.
 *
 * @param on a day in Asia/Shanghai
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Declassify(
        @ZhName("解除日期") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        LocalDate on,

        @ZhName("解除节点") @Nullable Milestone milestone) {

    boolean isDue(LocalDate today, Predicate<Milestone> reached) {
        return on != null && !today.isBefore(on) || milestone != null && reached.test(milestone);
    }

    /** Whether it may end what {@code other} (null: never) would not have ended yet; two milestones cannot be compared. */
    boolean endsBefore(@Nullable Declassify other) {
        if (equals(other)) {
            return false;
        }
        return other == null || on == null || other.on == null || on.isBefore(other.on);
    }
}
