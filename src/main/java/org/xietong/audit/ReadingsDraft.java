package org.xietong.audit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.xietong.identifier.ZhName;

/** Which of its officers read what was delivered to the reporting system. All is taken or nothing. */
public record ReadingsDraft(
        @ZhName("阅读列表") @NotEmpty @Size(max = 200) @Nullable List<@NotNull @Valid Reading> items) {

    /**
     * One officer who read what one exchange delivered.
     *
     * @param recordIds that it disclosed to the system and that he read
     */
    public record Reading(
            @ZhName("交换编号") @NotNull @Nullable UUID exchangeId,

            @ZhName("办案人员") @NotNull @Size(min = 1, max = 80) @Nullable
            String officer,

            @ZhName("阅读时间") @NotNull @Nullable OffsetDateTime at,

            @ZhName("记录编号列表") @NotEmpty @Size(max = 200) @Nullable
            List<@NotNull UUID> recordIds) {}
}
