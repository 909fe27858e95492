package org.xietong.record;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/**
 * An officer's order that starts a deadline 期限起算: of a rule that no act of this service starts, such as the days of a seizure.
 *
 * @param recordId of the caller's own unit
 * @param rule one whose {@code starts} name the act {@code start-by-order}
 * @param on the day on which it starts, which is not counted; today's where none is given
 * @param documentNumber of the decision that it rests on
 */
public record DeadlineStartDraft(
        @ZhName("记录编号") @NotNull @Nullable UUID recordId,

        @ZhName("期限编号") @NotBlank @Size(max = 40) @Nullable String rule,

        @ZhName("命令日期") @Nullable LocalDate on,

        @ZhName("文号") @NotBlank @Size(max = 100) @Nullable String documentNumber) {}
