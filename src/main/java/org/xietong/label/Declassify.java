package org.xietong.label;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * When the level is due to end 解密条件: on a day, or when a milestone is set. Exactly one of the two. It is a due date, not a
 * key: nothing opens by itself; the owner lowers the label, with a second person.
 *
 * @param on a day in Asia/Shanghai
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Declassify(
        @ZhName("解除日期") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        LocalDate on,

        @ZhName("解除节点") @Nullable Milestone milestone) {}
