package org.xietong.record;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.xietong.deadline.DeadlineOrder;
import org.xietong.identifier.ZhName;

/**
 * An officer's order upon one deadline 期限命令: extended, varied, suspended, resumed, restarted, or ended.
 *
 * @param code of the rule's extensions or variants, for EXTEND and VARY
 * @param on the day from which it counts; today's where none is given
 * @param documentNumber of the decision that it rests on
 */
public record DeadlineOrderDraft(
        @ZhName("期限命令") @NotNull @Nullable DeadlineOrder order,

        @ZhName("期限代码") @Size(max = 40) @Nullable String code,

        @ZhName("命令日期") @Nullable LocalDate on,

        @ZhName("文号") @NotBlank @Size(max = 100) @Nullable String documentNumber) {}
